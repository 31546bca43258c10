package org.vipdrift.model.config.keepalived;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Every keyword keepalived 2.2.7 knows, by context. */
final class KeywordCatalogue {
  /**
   * Per context: words separated by blanks. Marks after a word: {@code +} modelled, {@code *}
   * refuses to run without a parameter, {@code >NAME} opens a block of that context.
   */
  private static final String TOP =
      """
      global_defs+>GLOBAL_DEFS vrrp_instance+>VRRP_INSTANCE vrrp_sync_group+>VRRP_SYNC_GROUP
      vrrp_script+*>VRRP_SCRIPT track_file+*>TRACK_FILE vrrp_track_file+*>TRACK_FILE
      vrrp_track_process+*>VRRP_TRACK_PROCESS interface_up_down_delays+>LIST
      linkbeat_interfaces>LIST static_ipaddress+>LIST static_routes+>LIST static_rules+>LIST
      track_group*>TRACK_GROUP garp_group>GARP_GROUP bfd_instance*>BFD_INSTANCE
      virtual_server+*>VIRTUAL_SERVER virtual_server_group+*>LIST SSL>SSL linkbeat_use_polling
      net_namespace* net_namespace_ipvs* namespace_with_ipsets instance* use_pid_dir
      child_wait_time*
      """;

  private static final String GLOBAL_DEFS =
      """
      router_id+ vrrp_version+* vrrp_garp_master_delay+* vrrp_garp_master_repeat+*
      vrrp_garp_lower_prio_delay+* vrrp_garp_lower_prio_repeat+* vrrp_garp_master_refresh+*
      vrrp_garp_master_refresh_repeat+* vrrp_garp_interval+* vrrp_gna_interval+* vrrp_min_garp+
      vrrp_strict+ vrrp_skip_check_adv_addr+ vrrp_check_unicast_src+ vrrp_lower_prio_no_advert+
      vrrp_higher_prio_send_advert+ vrrp_down_timer_adverts+* vrrp_startup_delay+*
      vrrp_mcast_group4+* vrrp_mcast_group6+* default_interface+ dynamic_interfaces+ script_user+
      enable_script_security+ max_auto_priority+ vrrp_notify_priority_changes+
      notification_email+>LIST notification_email_from+ smtp_server+* notify_fifo+
      notify_fifo_script+ vrrp_notify_fifo+ vrrp_notify_fifo_script+ random_seed+*
      vrrp_garp_extra_if vrrp_vmac_garp_intvl smtp_helo_name+ smtp_connect_timeout+* smtp_alert+
      smtp_alert_vrrp+ smtp_alert_checker no_email_faults+ checker_log_all_failures+
      tmp_config_directory config_save_dir* process_names process_name* vrrp_process_name*
      checker_process_name* lvs_process_name* bfd_process_name* startup_script
      startup_script_timeout shutdown_script shutdown_script_timeout lvs_sync_daemon+ lvs_timeouts+
      lvs_flush+ lvs_flush_on_stop+ lvs_flush_onstop+ vrrp_iptables nftables nftables_priority*
      nftables_counters nftables_ifindex nftables_ipvs nftables_ipvs_priority*
      nftables_ipvs_start_fwmark* disable_local_igmp min_auto_priority_delay vrrp_priority+
      checker_priority bfd_priority vrrp_no_swap+ checker_no_swap bfd_no_swap vrrp_cpu_affinity+
      checker_cpu_affinity bfd_cpu_affinity vrrp_rt_priority+ checker_rt_priority bfd_rt_priority
      vrrp_rlimit_rttime+* checker_rlimit_rttime* bfd_rlimit_rttime* vrrp_rlimit_rtime+*
      checker_rlimit_rtime* bfd_rlimit_rtime* snmp_socket enable_snmp_vrrp enable_snmp_keepalived
      enable_snmp_checker enable_snmp_rfc enable_snmp_rfcv2 enable_snmp_rfcv3 enable_traps
      enable_dbus dbus_service_name lvs_notify_fifo lvs_notify_fifo_script
      fifo_write_vrrp_states_on_reload+ vrrp_netlink_cmd_rcv_bufs vrrp_netlink_cmd_rcv_bufs_force
      vrrp_netlink_monitor_rcv_bufs vrrp_netlink_monitor_rcv_bufs_force lvs_netlink_cmd_rcv_bufs
      lvs_netlink_cmd_rcv_bufs_force lvs_netlink_monitor_rcv_bufs
      lvs_netlink_monitor_rcv_bufs_force process_monitor_rcv_bufs process_monitor_rcv_bufs_force
      vrrp_rx_bufs_policy vrrp_rx_bufs_multiplier rs_init_notifies no_checker_emails umask*
      log_unknown_vrids vmac_prefix+* vmac_addr_prefix+* reload_check_config include_check
      reload_time_file reload_repeat reload_file data_use_instance
      """;

  private static final String VRRP_INSTANCE =
      """
      state+* interface+* virtual_router_id+* priority+* advert_int+* version+*
      authentication+>AUTHENTICATION virtual_ipaddress+>LIST virtual_ipaddress_excluded+>LIST
      unicast_src_ip+* mcast_src_ip+* mcast_dst_ip+* track_src_ip+ unicast_peer+>LIST unicast_ttl+*
      check_unicast_src+ unicast_fault_no_peer+ old_unicast_checksum+ track_interface+>LIST
      track_script+>LIST track_file+>LIST track_process+>LIST track_bfd>LIST nopreempt+ preempt+
      preempt_delay+* dont_track_primary+ native_ipv6+ accept+ no_accept+ strict_mode+
      skip_check_adv_addr+ lower_prio_no_advert+ higher_prio_send_advert+ down_timer_adverts+*
      garp_master_delay+* garp_master_repeat+* garp_lower_prio_delay+* garp_lower_prio_repeat+*
      garp_master_refresh+* garp_master_refresh_repeat+* garp_extra_if+ vmac_garp_intvl+ notify+*
      notify_master+* notify_backup+* notify_fault+* notify_stop+* notify_deleted+
      notify_master_rx_lower_pri+* notify_priority_changes+ virtual_routes+>LIST virtual_rules+>LIST
      use_vmac+ use_vmac_addr+ vmac_xmit_base+ use_ipvlan+ vrf* promote_secondaries debug* smtp_alert+
      kernel_rx_buf_size linkbeat_use_polling lvs_sync_daemon_interface*
      """;

  private static final String VRRP_SYNC_GROUP =
      """
      group+>LIST track_interface+>LIST track_script+>LIST track_file+>LIST track_process+>LIST
      track_bfd>LIST notify+* notify_master+* notify_backup+* notify_fault+* notify_stop+*
      notify_priority_changes+ smtp_alert+ global_tracking+ sync_group_tracking_weight+
      """;

  private static final String VIRTUAL_SERVER =
      """
      lvs_sched+* lb_algo+* lvs_method+* lb_kind+* flag-1+ flag-2+ flag-3 sh-port+ sh-fallback+ mh-port+
      mh-fallback+ ops+ hashed+ persistence_engine* persistence_timeout+ persistence_granularity+*
      protocol+* ha_suspend+ smtp_alert virtualhost+ snmp_name alpha+ omega+ quorum+* hysteresis+*
      quorum_up+* quorum_down+* ip_family+* sorry_server+* sorry_server_inhibit+ sorry_server_lvs_method+
      connect_timeout+* retry+* delay_before_retry+* warmup+* delay_loop+* weight+* inhibit_on_failure+
      real_server+*>REAL_SERVER
      """;

  private static final String REAL_SERVER =
      """
      weight+* lvs_method+* notify_up+* notify_down+* uthreshold+* lthreshold+* smtp_alert virtualhost+
      snmp_name alpha+ connect_timeout+* retry+* delay_before_retry+* warmup+* delay_loop+*
      inhibit_on_failure+ HTTP_GET+>HTTP_CHECK SSL_GET+>HTTP_CHECK TCP_CHECK+>SIMPLE_CHECK
      SMTP_CHECK+>SMTP_CHECK DNS_CHECK+>DNS_CHECK MISC_CHECK+>MISC_CHECK BFD_CHECK>BFD_CHECK
      UDP_CHECK+>UDP_CHECK PING_CHECK+>SIMPLE_CHECK FILE_CHECK>FILE_CHECK
      """;

  private static final String COMMON_CHECK =
      """
      connect_ip+* connect_port+* bindto+* bind_if* bind_port* fwmark+* alpha+ connect_timeout+* retry+*
      delay_before_retry+* warmup+* delay_loop+* log_all_failures+
      """;

  private static final Map<Context, Map<String, Keyword>> KEYWORDS = build();

  private KeywordCatalogue() {}

  static Optional<Keyword> find(Context context, String word) {
    return Optional.ofNullable(keywords(context).get(word));
  }

  static Collection<String> names(Context context) {
    return keywords(context).keySet();
  }

  private static Map<String, Keyword> keywords(Context context) {
    return KEYWORDS.getOrDefault(context, Collections.emptyMap());
  }

  private static Map<Context, Map<String, Keyword>> build() {
    Map<Context, Map<String, Keyword>> all = new EnumMap<>(Context.class);
    for (Context context : Context.values()) {
      Map<String, Keyword> keywords = new LinkedHashMap<>();
      for (String text : words(context).strip().split("\\s+")) {
        if (!text.isEmpty()) {
          Keyword keyword = keyword(text);
          keywords.put(keyword.name(), keyword);
        }
      }
      all.put(context, Collections.unmodifiableMap(keywords));
    }
    return all;
  }

  private static Keyword keyword(String text) {
    int arrow = text.indexOf('>');
    String marked = arrow < 0 ? text : text.substring(0, arrow);
    return new Keyword(
        marked.replace("+", "").replace("*", ""),
        marked.contains("+"),
        marked.endsWith("*"),
        arrow < 0 ? Optional.empty() : Optional.of(Context.valueOf(text.substring(arrow + 1))));
  }

  private static String words(Context context) {
    return switch (context) {
      case TOP -> TOP;
      case GLOBAL_DEFS -> GLOBAL_DEFS;
      case VRRP_INSTANCE -> VRRP_INSTANCE;
      case AUTHENTICATION -> "auth_type+* auth_pass+*";
      case VRRP_SYNC_GROUP -> VRRP_SYNC_GROUP;
      case VRRP_SCRIPT -> "script+ interval+* timeout+* weight+* rise+* fall+* user+* init_fail+";
      case TRACK_FILE -> "file+ weight+ init_file+";
      case VRRP_TRACK_PROCESS ->
          "process+* param_match+* weight+ quorum+* quorum_max+* fork_delay+* terminate_delay+*"
              + " delay+* full_command+";
      case GARP_GROUP -> "garp_interval* gna_interval* interface* interfaces>LIST";
      case TRACK_GROUP -> "group>LIST";
      case BFD_INSTANCE ->
          "neighbor_ip* neighbour_ip* source_ip* min_rx* min_tx* idle_tx* multiplier* passive ttl*"
              + " hoplimit* max_hops* weight* vrrp checker";
      case VIRTUAL_SERVER -> VIRTUAL_SERVER;
      case REAL_SERVER -> REAL_SERVER;
      case HTTP_CHECK ->
          COMMON_CHECK
              + " nb_get_retry+* http_protocol+ fast_recovery+ virtualhost+ enable_sni+ url+>URL";
      case URL ->
          "path+* digest+* status_code+ virtualhost+ regex+ regex_no_match+ regex_options+"
              + " regex_stack regex_min_offset regex_max_offset";
      case SIMPLE_CHECK -> COMMON_CHECK;
      case SMTP_CHECK -> COMMON_CHECK + " helo_name+ host+>SMTP_HOST";
      case SMTP_HOST -> COMMON_CHECK;
      case DNS_CHECK -> COMMON_CHECK + " type+* name+*";
      case MISC_CHECK ->
          "misc_path+ misc_timeout+* misc_dynamic+ user+ alpha+ retry+* delay_before_retry+*"
              + " warmup+* delay_loop+* log_all_failures+";
      case UDP_CHECK ->
          COMMON_CHECK + " payload+ require_reply+ min_reply_length+* max_reply_length+*";
      case BFD_CHECK -> "name alpha";
      case FILE_CHECK -> "track_file* weight";
      case SSL -> "password ca certificate key";
      case LIST -> "";
    };
  }
}
