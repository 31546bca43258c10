package org.vipdrift.model.config.nginx;

/** The directives of nginx 1.22.1's stream modules, in the form of {@link HttpDirectives}. */
final class StreamDirectives {
  static final String TEXT =
      """
      stream | 1 | positive | variables_hash_max_size variables_hash_bucket_size
      stream | 0{* | any | server
      stream-server | 1+* | any | listen
      stream stream-server | 1+* | any | error_log resolver access_log proxy_ssl_protocols
      stream stream-server | 1+* | any | ssl_protocols ssl_alpn
      stream stream-server | 1 | time | resolver_timeout proxy_protocol_timeout preread_timeout
      stream stream-server | 1 | time | proxy_connect_timeout proxy_timeout
      stream stream-server | 1 | time | proxy_next_upstream_timeout ssl_handshake_timeout
      stream stream-server | flag | any | tcp_nodelay proxy_socket_keepalive proxy_next_upstream
      stream stream-server | flag | any | proxy_protocol proxy_half_close proxy_ssl
      stream stream-server | flag | any | proxy_ssl_session_reuse proxy_ssl_server_name
      stream stream-server | flag | any | proxy_ssl_verify ssl_prefer_server_ciphers
      stream stream-server | flag | any | ssl_session_tickets limit_conn_dry_run ssl_preread
      stream stream-server | 1 | size | preread_buffer_size proxy_buffer_size
      stream stream-server | 1 | size | proxy_downstream_buffer proxy_upstream_buffer
      stream stream-server | 1 | size | proxy_upload_rate proxy_download_rate
      stream | 2+* | any | log_format
      stream stream-server | 1,2,3,4* | any | open_log_file_cache
      stream-server | 1 | any | proxy_pass
      stream stream-server | 1,2 | any | proxy_bind
      stream stream-server | 1 | number | proxy_requests proxy_responses proxy_next_upstream_tries
      stream stream-server | 1 | number | proxy_ssl_verify_depth ssl_verify_depth
      stream stream-server | 1 | any | proxy_ssl_ciphers proxy_ssl_name
      stream stream-server | 1 | any | proxy_ssl_trusted_certificate proxy_ssl_crl
      stream stream-server | 1 | any | proxy_ssl_certificate proxy_ssl_certificate_key
      stream stream-server | 1 | any | proxy_ssl_password_file ssl_password_file ssl_dhparam
      stream stream-server | 1 | any | ssl_ecdh_curve ssl_ciphers ssl_client_certificate
      stream stream-server | 1 | any | ssl_trusted_certificate ssl_crl
      stream stream-server | 2* | any | proxy_ssl_conf_command ssl_conf_command limit_conn
      stream | 1{* | any | upstream
      stream-upstream | 1+* | any | server
      stream stream-server | 1* | any | ssl_certificate ssl_certificate_key ssl_session_ticket_key
      stream stream-server | 1* | any | set_real_ip_from allow deny
      stream stream-server | 1 | on/off/optional/optional_no_ca | ssl_verify_client
      stream stream-server | 1,2* | any | ssl_session_cache
      stream stream-server | 1 | seconds | ssl_session_timeout
      stream | 2* | any | limit_conn_zone
      stream stream-server | 1 | info/notice/warn/error | limit_conn_log_level
      stream | 1,2{* | any | geo
      stream | 2{* | any | map split_clients
      stream | 1 | number | map_hash_max_size map_hash_bucket_size
      stream-server | 1* | any | return
      stream-server | 2* | any | set
      stream-upstream | 1,2* | any | hash zone
      stream-upstream | 0* | any | least_conn
      stream-upstream | 0,1,2* | any | random
      """;

  private StreamDirectives() {}
}
