package org.vipdrift.netio.endurance;

import java.time.Duration;
import java.util.Locale;
import java.util.function.IntUnaryOperator;

/** Texts of keepalived.conf. */
final class Configuration {
  private Configuration() {}

  /** Instances of version 3 with virtual routers 1, 2 and so on, one address each. */
  static String of(int instances, Duration interval, IntUnaryOperator priority) {
    StringBuilder text =
        new StringBuilder(
            """
            global_defs {
              vrrp_version 3
              vrrp_garp_master_delay 0
              vrrp_garp_master_repeat 1
            }
            """);
    for (int vrid = 1; vrid <= instances; vrid++) {
      text.append(
          String.format(
              Locale.ROOT,
              """
              vrrp_instance VI_%d {
                state BACKUP
                interface eth0
                virtual_router_id %d
                priority %d
                advert_int %.2f
                virtual_ipaddress {
                  %s/16
                }
              }
              """,
              vrid,
              vrid,
              priority.applyAsInt(vrid),
              interval.toMillis() / 1e3,
              address(vrid)));
    }
    return text.toString();
  }

  static String address(int vrid) {
    return "10.9.100." + vrid;
  }
}
