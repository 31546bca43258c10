package org.vipdrift.model.config.keepalived;

import java.util.List;

/** The complaints about global values that are accepted but not modelled. */
final class GlobalChecks {
  private static final List<String> FLAGS =
      List.of("smtp_alert_checker", "rs_init_notifies", "no_checker_emails");

  private static final List<String> NEED_VALUE =
      List.of(
          "checker_rt_priority",
          "bfd_rt_priority",
          "checker_priority",
          "bfd_priority",
          "checker_cpu_affinity",
          "bfd_cpu_affinity",
          "vrrp_rx_bufs_policy",
          "vrrp_rx_bufs_multiplier",
          "startup_script",
          "shutdown_script",
          "dbus_service_name",
          "vrrp_garp_extra_if",
          "min_auto_priority_delay",
          "snmp_socket",
          "reload_time_file");

  private GlobalChecks() {}

  static void check(Statement s, Values values) {
    String keyword = s.keyword();
    if (NEED_VALUE.contains(keyword) && s.parameters() == 0) {
      values.log().warning("value-missing", keyword + " needs a value; it is ignored", s.span());
    } else if (FLAGS.contains(keyword)) {
      values.flag(s);
    } else if (keyword.equals("min_auto_priority_delay")) {
      values.number(s, 1, 10_000_000);
    } else if (keyword.endsWith("_rt_priority")) {
      values.number(s, 1, 99);
    } else if (keyword.endsWith("_priority") && !keyword.startsWith("nftables")) {
      values.number(s, -20, 19);
    } else if (keyword.equals("include_check") && s.parameters() > 0) {
      values
          .log()
          .warning(
              "unknown-option",
              "keepalived 2.2.7 knows no include_check options, whatever its manual says",
              s.word(1).span());
    } else if (keyword.equals("vrrp_iptables") || keyword.equals("vrrp_vmac_garp_intvl")) {
      values
          .log()
          .warning("deprecated", keyword + " is deprecated or not built into keepalived", s.span());
    }
  }
}
