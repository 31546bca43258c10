package org.vipdrift.model.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.config.keepalived.KeepalivedParser;

class NodeConfigurationReaderTest {
  private static NodeConfiguration read(String address) {
    String text =
        """
        global_defs {
            vrrp_garp_interval 0.001
            vrrp_gna_interval 0.002
        }
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            virtual_ipaddress {
                %s
            }
        }
        """
            .formatted(address);
    return NodeConfigurationReader.read(KeepalivedParser.parse("a.conf", text).configuration());
  }

  private static Duration interval(String address) {
    return read(address).instances().getFirst().settings().garp().interval();
  }

  @Test
  void announcementsOfEachFamilyHaveTheirOwnInterval() {
    assertThat(interval("20.0.0.100")).isEqualTo(Duration.ofMillis(1));
    assertThat(interval("fe80::100")).isEqualTo(Duration.ofMillis(2));
  }
}
