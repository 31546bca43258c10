package org.vipdrift.model.config.nginx;

/**
 * The directives of nginx 1.22.1 as Debian builds it: main, events and http: contexts, numbers of
 * arguments, kinds, names.
 */
final class HttpDirectives {
  static final String TEXT =
      """
      main | flag | any | daemon master_process pcre_jit
      main | 1 | time | timer_resolution worker_shutdown_timeout
      main | 1 | any | pid lock_file worker_priority working_directory ssl_engine
      main | 1 | number | worker_processes worker_rlimit_nofile
      main | 1 | stop/abort | debug_points
      main | 1,2 | any | user
      main | 1+* | any | worker_cpu_affinity error_log
      main | 1 | offset | worker_rlimit_core
      main | 1* | any | env load_module
      any | 1* | any | include
      main | 0{ | any | events http stream
      events | 1 | positive | worker_connections
      events | 1 | epoll/poll/select | use
      events | flag | any | multi_accept accept_mutex
      events | 1 | time | accept_mutex_delay
      events | 1* | any | debug_connection
      events | 1 | number | epoll_events worker_aio_requests
      main | 2,3* | any | thread_pool
      http server | 1 | number | max_headers http2_max_concurrent_streams
      http server | 1 | number | http2_max_concurrent_pushes ssl_verify_depth
      http | 1 | positive | variables_hash_max_size variables_hash_bucket_size
      http | 1 | number | server_names_hash_max_size server_names_hash_bucket_size
      http | 1 | number | map_hash_max_size map_hash_bucket_size
      http | 0{* | any | server
      http server | 1 | size | connection_pool_size request_pool_size client_header_buffer_size
      http server | 1 | size | http2_pool_size http2_body_preread_size ssl_buffer_size
      http server | 1 | time | client_header_timeout
      http server | 2* | any | large_client_header_buffers ssl_conf_command
      http server | flag | any | ignore_invalid_headers merge_slashes underscores_in_headers ssl
      http server | flag | any | ssl_prefer_server_ciphers ssl_session_tickets ssl_ocsp
      http server | flag | any | ssl_stapling ssl_stapling_verify ssl_early_data
      http server | flag | any | ssl_reject_handshake
      server location | 1,2{* | any | location
      server | 1+* | any | listen server_name
      http server location | 1 | number | types_hash_max_size types_hash_bucket_size
      http server location | 1 | number | keepalive_requests max_ranges open_file_cache_min_uses
      http server location | 1 | number | userid_service min_delete_depth
      http server location | 1 | number | proxy_headers_hash_max_size
      http server location | 1 | number | proxy_headers_hash_bucket_size proxy_cache_min_uses
      http server location | 1 | number | proxy_next_upstream_tries proxy_ssl_verify_depth
      http server location | 1 | number | fastcgi_cache_min_uses fastcgi_next_upstream_tries
      http server location | 1 | number | uwsgi_cache_min_uses uwsgi_next_upstream_tries
      http server location | 1 | number | uwsgi_ssl_verify_depth scgi_cache_min_uses
      http server location | 1 | number | scgi_next_upstream_tries grpc_next_upstream_tries
      http server location | 1 | number | grpc_ssl_verify_depth memcached_next_upstream_tries
      http server location | 1 | number | memcached_gzip_flag
      http server location | 0{* | any | types
      http server location | 1 | any | default_type aio directio gzip_comp_level gzip_window
      http server location | 1 | any | gzip_hash add_before_body add_after_body userid_name
      http server location | 1 | any | userid_domain userid_path userid_expires userid_p3p
      http server location | 1 | any | userid_mark http2_chunk_size auth_request limit_conn_status
      http server location | 1 | any | limit_req_status real_ip_header proxy_store proxy_set_body
      http server location | 1 | any | proxy_method proxy_cache proxy_cache_key proxy_ssl_ciphers
      http server location | 1 | any | proxy_ssl_name proxy_ssl_trusted_certificate proxy_ssl_crl
      http server location | 1 | any | proxy_ssl_certificate proxy_ssl_certificate_key
      http server location | 1 | any | proxy_ssl_password_file fastcgi_index
      http server location | 1 | any | fastcgi_split_path_info fastcgi_store fastcgi_cache
      http server location | 1 | any | fastcgi_cache_key uwsgi_modifier1 uwsgi_modifier2
      http server location | 1 | any | uwsgi_store uwsgi_cache uwsgi_cache_key uwsgi_string
      http server location | 1 | any | uwsgi_ssl_ciphers uwsgi_ssl_name
      http server location | 1 | any | uwsgi_ssl_trusted_certificate uwsgi_ssl_crl
      http server location | 1 | any | uwsgi_ssl_certificate uwsgi_ssl_certificate_key
      http server location | 1 | any | uwsgi_ssl_password_file scgi_store scgi_cache
      http server location | 1 | any | scgi_cache_key grpc_ssl_ciphers grpc_ssl_name
      http server location | 1 | any | grpc_ssl_trusted_certificate grpc_ssl_crl
      http server location | 1 | any | grpc_ssl_certificate grpc_ssl_certificate_key
      http server location | 1 | any | grpc_ssl_password_file secure_link secure_link_md5
      http server location | 1 | any | secure_link_secret
      http server location location-if | 1 | any | root limit_rate limit_rate_after post_action
      http server location location-if | 1 | any | charset source_charset
      location | 1 | any | alias
      location | 1+{* | any | limit_except
      http server location | 1 | offset | client_max_body_size directio_alignment
      http server location | 1 | offset | proxy_cache_max_range_offset
      http server location | 1 | offset | fastcgi_cache_max_range_offset
      http server location | 1 | offset | uwsgi_cache_max_range_offset scgi_cache_max_range_offset
      http server location | 1 | size | client_body_buffer_size sendfile_max_chunk
      http server location | 1 | size | subrequest_output_buffer_size read_ahead send_lowat
      http server location | 1 | size | postpone_output postpone_gzipping gzip_min_length
      http server location | 1 | size | ssi_min_file_chunk ssi_value_length slice proxy_send_lowat
      http server location | 1 | size | proxy_buffer_size proxy_busy_buffers_size proxy_limit_rate
      http server location | 1 | size | proxy_max_temp_file_size proxy_temp_file_write_size
      http server location | 1 | size | fastcgi_send_lowat fastcgi_buffer_size
      http server location | 1 | size | fastcgi_busy_buffers_size fastcgi_limit_rate
      http server location | 1 | size | fastcgi_max_temp_file_size fastcgi_temp_file_write_size
      http server location | 1 | size | uwsgi_buffer_size uwsgi_busy_buffers_size uwsgi_limit_rate
      http server location | 1 | size | uwsgi_max_temp_file_size uwsgi_temp_file_write_size
      http server location | 1 | size | scgi_buffer_size scgi_busy_buffers_size scgi_limit_rate
      http server location | 1 | size | scgi_max_temp_file_size scgi_temp_file_write_size
      http server location | 1 | size | grpc_buffer_size memcached_buffer_size mp4_buffer_size
      http server location | 1 | size | mp4_max_buffer_size
      http server location | 1 | time | client_body_timeout send_timeout keepalive_time auth_delay
      http server location | 1 | time | lingering_time lingering_timeout resolver_timeout
      http server location | 1 | time | proxy_connect_timeout proxy_send_timeout
      http server location | 1 | time | proxy_read_timeout proxy_cache_lock_timeout
      http server location | 1 | time | proxy_cache_lock_age proxy_next_upstream_timeout
      http server location | 1 | time | fastcgi_connect_timeout fastcgi_send_timeout
      http server location | 1 | time | fastcgi_read_timeout fastcgi_cache_lock_timeout
      http server location | 1 | time | fastcgi_cache_lock_age fastcgi_next_upstream_timeout
      http server location | 1 | time | uwsgi_connect_timeout uwsgi_send_timeout
      http server location | 1 | time | uwsgi_read_timeout uwsgi_cache_lock_timeout
      http server location | 1 | time | uwsgi_cache_lock_age uwsgi_next_upstream_timeout
      http server location | 1 | time | scgi_connect_timeout scgi_send_timeout scgi_read_timeout
      http server location | 1 | time | scgi_cache_lock_timeout scgi_cache_lock_age
      http server location | 1 | time | scgi_next_upstream_timeout grpc_connect_timeout
      http server location | 1 | time | grpc_send_timeout grpc_read_timeout
      http server location | 1 | time | grpc_next_upstream_timeout memcached_connect_timeout
      http server location | 1 | time | memcached_send_timeout memcached_read_timeout
      http server location | 1 | time | memcached_next_upstream_timeout
      http server location | 1,2,3,4* | any | client_body_temp_path open_log_file_cache
      http server location | 1,2,3,4* | any | proxy_cookie_flags proxy_temp_path fastcgi_temp_path
      http server location | 1,2,3,4* | any | uwsgi_temp_path scgi_temp_path
      http server location | 1 | on/off/clean | client_body_in_file_only
      http server location | flag | any | client_body_in_single_buffer aio_write tcp_nopush
      http server location | flag | any | tcp_nodelay reset_timedout_connection absolute_redirect
      http server location | flag | any | server_name_in_redirect port_in_redirect msie_padding
      http server location | flag | any | msie_refresh log_not_found log_subrequest
      http server location | flag | any | recursive_error_pages chunked_transfer_encoding etag
      http server location | flag | any | open_file_cache_errors open_file_cache_events gzip_vary
      http server location | flag | any | gzip_no_buffer ssi_silent_errors
      http server location | flag | any | ssi_ignore_recycled_buffers ssi_last_modified
      http server location | flag | any | sub_filter_once sub_filter_last_modified gunzip
      http server location | flag | any | http2_push_preload create_full_put_path autoindex
      http server location | flag | any | autoindex_localtime autoindex_exact_size
      http server location | flag | any | mirror_request_body limit_conn_dry_run limit_req_dry_run
      http server location | flag | any | real_ip_recursive proxy_buffering
      http server location | flag | any | proxy_request_buffering proxy_ignore_client_abort
      http server location | flag | any | proxy_socket_keepalive proxy_intercept_errors
      http server location | flag | any | proxy_pass_request_headers proxy_pass_request_body
      http server location | flag | any | proxy_force_ranges proxy_cache_lock
      http server location | flag | any | proxy_cache_revalidate proxy_cache_convert_head
      http server location | flag | any | proxy_cache_background_update proxy_ssl_session_reuse
      http server location | flag | any | proxy_ssl_server_name proxy_ssl_verify fastcgi_buffering
      http server location | flag | any | fastcgi_request_buffering fastcgi_ignore_client_abort
      http server location | flag | any | fastcgi_socket_keepalive fastcgi_pass_request_headers
      http server location | flag | any | fastcgi_pass_request_body fastcgi_intercept_errors
      http server location | flag | any | fastcgi_force_ranges fastcgi_cache_lock
      http server location | flag | any | fastcgi_cache_revalidate fastcgi_cache_background_update
      http server location | flag | any | fastcgi_keep_conn uwsgi_buffering
      http server location | flag | any | uwsgi_request_buffering uwsgi_ignore_client_abort
      http server location | flag | any | uwsgi_socket_keepalive uwsgi_pass_request_headers
      http server location | flag | any | uwsgi_pass_request_body uwsgi_intercept_errors
      http server location | flag | any | uwsgi_force_ranges uwsgi_cache_lock
      http server location | flag | any | uwsgi_cache_revalidate uwsgi_ssl_session_reuse
      http server location | flag | any | uwsgi_ssl_server_name uwsgi_ssl_verify scgi_buffering
      http server location | flag | any | scgi_request_buffering scgi_ignore_client_abort
      http server location | flag | any | scgi_socket_keepalive scgi_pass_request_headers
      http server location | flag | any | scgi_pass_request_body scgi_intercept_errors
      http server location | flag | any | scgi_force_ranges scgi_cache_lock scgi_cache_revalidate
      http server location | flag | any | scgi_cache_background_update grpc_socket_keepalive
      http server location | flag | any | grpc_intercept_errors grpc_ssl_session_reuse
      http server location | flag | any | grpc_ssl_server_name grpc_ssl_verify
      http server location | flag | any | memcached_socket_keepalive mp4_start_key_frame
      http server location location-if | flag | any | sendfile gzip ssi override_charset
      http server location | 1,2 | time | keepalive_timeout
      http server location | 1,2 | any | keepalive_disable open_file_cache proxy_redirect
      http server location | 1,2 | any | proxy_cookie_domain proxy_cookie_path proxy_bind
      http server location | 1,2 | any | fastcgi_bind uwsgi_bind scgi_bind grpc_bind
      http server location | 1,2 | any | memcached_bind modern_browser
      http server location | 1 | all/any | satisfy
      location | 0* | any | internal empty_gif flv mp4
      http server location | 1 | on/off/always | lingering_close gzip_static
      http server location | 1 | on/off/build | server_tokens
      http server location | 1 | off/exact/before | if_modified_since
      http server location location-if | 2+* | any | error_page
      http server location | 1+* | any | error_log resolver gzip_proxied gzip_disable gzip_types
      http server location | 1+* | any | ssi_types charset_types sub_filter_types addition_types
      http server location | 1+* | any | dav_methods index proxy_cache_bypass proxy_no_cache
      http server location | 1+* | any | proxy_cache_valid proxy_cache_use_stale
      http server location | 1+* | any | proxy_cache_methods proxy_next_upstream
      http server location | 1+* | any | proxy_ignore_headers proxy_ssl_protocols
      http server location | 1+* | any | fastcgi_cache_bypass fastcgi_no_cache fastcgi_cache_valid
      http server location | 1+* | any | fastcgi_cache_use_stale fastcgi_cache_methods
      http server location | 1+* | any | fastcgi_next_upstream fastcgi_ignore_headers
      http server location | 1+* | any | uwsgi_cache_bypass uwsgi_no_cache uwsgi_cache_valid
      http server location | 1+* | any | uwsgi_cache_use_stale uwsgi_cache_methods
      http server location | 1+* | any | uwsgi_next_upstream uwsgi_ignore_headers
      http server location | 1+* | any | uwsgi_ssl_protocols scgi_cache_bypass scgi_no_cache
      http server location | 1+* | any | scgi_cache_valid scgi_cache_use_stale scgi_cache_methods
      http server location | 1+* | any | scgi_next_upstream scgi_ignore_headers grpc_next_upstream
      http server location | 1+* | any | grpc_ignore_headers grpc_ssl_protocols
      http server location | 1+* | any | memcached_next_upstream ancient_browser
      http server location | 1 | seconds | open_file_cache_valid
      http server location | 1 | 1.0/1.1 | gzip_http_version proxy_http_version
      http server location | 1,2 | on/off | disable_symlinks
      http | 2+* | any | log_format proxy_cache_path fastcgi_cache_path uwsgi_cache_path
      http | 2+* | any | scgi_cache_path
      http server location location-if limit_except | 1+* | any | access_log
      http | 1{* | any | upstream
      upstream | 1+* | any | server
      http server location | 2* | any | gzip_buffers sub_filter gunzip_buffers output_buffers
      http server location | 2* | any | auth_request_set limit_conn proxy_set_header proxy_buffers
      http server location | 2* | any | proxy_ssl_conf_command fastcgi_buffers uwsgi_buffers
      http server location | 2* | any | uwsgi_ssl_conf_command scgi_buffers grpc_set_header
      http server location | 2* | any | grpc_ssl_conf_command
      http | 2{* | any | charset_map map split_clients
      http server location | 1 | on/off/v1/log | userid
      http server location | 1,2,3* | any | userid_flags dav_access limit_req proxy_store_access
      http server location | 1,2,3* | any | fastcgi_store_access uwsgi_store_access
      http server location | 1,2,3* | any | scgi_store_access
      http server location location-if | 1,2 | any | expires
      http server location location-if | 2,3* | any | add_header add_trailer
      http | 1 | size | http2_recv_buffer_size
      http server | 1* | any | http2_max_requests http2_max_field_size http2_max_header_size
      http server | 1* | any | http2_recv_timeout http2_idle_timeout ssl_certificate
      http server | 1* | any | ssl_certificate_key ssl_session_ticket_key
      http server | 1 | any | http2_streams_index_size ssl_password_file ssl_dhparam
      http server | 1 | any | ssl_ecdh_curve ssl_ciphers ssl_client_certificate
      http server | 1 | any | ssl_trusted_certificate ssl_crl ssl_ocsp_responder ssl_ocsp_cache
      http server | 1 | any | ssl_stapling_file ssl_stapling_responder
      http server location | 1* | any | http2_push mirror set_real_ip_from proxy_pass_header
      http server location | 1* | any | proxy_hide_header fastcgi_pass_header fastcgi_hide_header
      http server location | 1* | any | fastcgi_catch_stderr uwsgi_pass_header uwsgi_hide_header
      http server location | 1* | any | scgi_pass_header scgi_hide_header grpc_pass_header
      http server location | 1* | any | grpc_hide_header modern_browser_value
      http server location | 1* | any | ancient_browser_value
      http server location | 1 | html/json/jsonp/xml | autoindex_format
      location | flag | any | random_index
      server location | 2+* | any | try_files
      http server location limit_except | 1 | any | auth_basic auth_basic_user_file
      http server location limit_except | 1* | any | allow deny
      http | 2* | any | limit_conn_zone
      http server location | 1 | info/notice/warn/error | limit_conn_log_level limit_req_log_level
      http | 3* | any | limit_req_zone
      http | 1,2{* | any | geo
      server location | 1+* | any | valid_referers
      server location | 1 | number | referer_hash_max_size referer_hash_bucket_size
      server location server-if location-if | 2,3* | any | rewrite
      server location server-if location-if | 1,2* | any | return
      server location server-if location-if | 0* | any | break
      server location | 1+{* | any | if
      server location server-if location-if | 2* | any | set
      http server location server-if location-if | flag | any | rewrite_log
      http server location server-if location-if | flag | any | uninitialized_variable_warn
      http server | 1+* | any | ssl_protocols
      http server | 1 | on/off/optional/optional_no_ca | ssl_verify_client
      http server | 1,2* | any | ssl_session_cache
      http server | 1 | seconds | ssl_session_timeout
      location location-if limit_except | 1 | any | proxy_pass
      location location-if | 1 | any | fastcgi_pass uwsgi_pass scgi_pass grpc_pass memcached_pass
      http server location | 2,3* | any | fastcgi_param uwsgi_param scgi_param
      http server location | 1 | on/off | uwsgi_cache_background_update
      upstream | 1,2* | any | hash zone
      upstream | 0* | any | ip_hash least_conn
      upstream | 0,1,2* | any | random
      upstream | 1 | positive | keepalive
      upstream | 1 | time | keepalive_time keepalive_timeout
      upstream | 1 | number | keepalive_requests
      server location | 0,1* | any | stub_status
      """;

  private HttpDirectives() {}
}
