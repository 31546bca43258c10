package org.vipdrift.model.config.nginx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every directive of nginx 1.22.1, and which of them mean something here. */
final class DirectiveCatalogue {
  private static final Map<String, List<Directive>> DIRECTIVES = read();

  /** What the simulation does something with. */
  private static final Set<String> MODELLED =
      words(
          """
          events http stream server location upstream include load_module listen server_name root
          alias index error_page return rewrite set break if try_files proxy_pass proxy_set_header
          proxy_http_version proxy_connect_timeout proxy_read_timeout proxy_send_timeout
          proxy_next_upstream proxy_next_upstream_tries proxy_next_upstream_timeout
          proxy_intercept_errors proxy_ignore_client_abort proxy_hide_header proxy_pass_header
          proxy_redirect proxy_method proxy_timeout keepalive keepalive_requests keepalive_time
          keepalive_timeout client_header_timeout add_header ssl_certificate ssl_certificate_key
          stub_status map least_conn ip_hash hash random zone internal default_type types
          server_tokens absolute_redirect port_in_redirect server_name_in_redirect
          worker_connections proxy_bind allow deny
          """);

  /** What changes nothing that the simulation shows: logs, processes, buffers, file access. */
  private static final Set<String> INDIFFERENT =
      words(
          """
          user worker_processes worker_priority worker_cpu_affinity worker_rlimit_nofile
          worker_rlimit_core worker_shutdown_timeout working_directory daemon master_process pid
          lock_file error_log env debug_points timer_resolution pcre_jit ssl_engine thread_pool use
          multi_accept accept_mutex accept_mutex_delay debug_connection epoll_events
          worker_aio_requests access_log log_format log_not_found log_subrequest rewrite_log
          open_log_file_cache uninitialized_variable_warn sendfile sendfile_max_chunk tcp_nopush
          tcp_nodelay aio aio_write directio directio_alignment read_ahead output_buffers
          postpone_output send_lowat types_hash_max_size types_hash_bucket_size
          server_names_hash_max_size server_names_hash_bucket_size variables_hash_max_size
          variables_hash_bucket_size map_hash_max_size map_hash_bucket_size
          proxy_headers_hash_max_size proxy_headers_hash_bucket_size connection_pool_size
          request_pool_size client_header_buffer_size large_client_header_buffers
          client_body_buffer_size client_body_temp_path client_body_in_file_only
          client_body_in_single_buffer proxy_buffering proxy_buffer_size proxy_buffers
          proxy_busy_buffers_size proxy_temp_path proxy_temp_file_write_size
          proxy_max_temp_file_size proxy_request_buffering open_file_cache open_file_cache_valid
          open_file_cache_min_uses open_file_cache_errors open_file_cache_events gzip gzip_vary
          gzip_proxied gzip_comp_level gzip_buffers gzip_http_version gzip_types gzip_min_length
          gzip_disable gzip_static charset source_charset override_charset reset_timedout_connection
          lingering_close lingering_time lingering_timeout keepalive_disable etag merge_slashes
          underscores_in_headers ignore_invalid_headers msie_padding msie_refresh
          subrequest_output_buffer_size server_tokens ssl_protocols ssl_ciphers
          ssl_prefer_server_ciphers ssl_session_cache ssl_session_timeout ssl_session_tickets
          ssl_dhparam ssl_ecdh_curve ssl_buffer_size proxy_socket_keepalive preread_buffer_size
          """);

  private DirectiveCatalogue() {}

  /** The forms of a directive; empty if there is none of this name. */
  static List<Directive> named(String name) {
    return DIRECTIVES.getOrDefault(name, List.of());
  }

  static Collection<String> namesIn(Context context) {
    List<String> names = new ArrayList<>();
    DIRECTIVES.forEach(
        (name, forms) -> {
          if (forms.stream().anyMatch(form -> form.isAllowedIn(context))) {
            names.add(name);
          }
        });
    return names;
  }

  /** Whether the simulation may ignore a directive without saying so. */
  static boolean isAccountedFor(String name) {
    return MODELLED.contains(name) || INDIFFERENT.contains(name);
  }

  private static Set<String> words(String text) {
    return Collections.unmodifiableSet(new TreeSet<>(List.of(text.strip().split("\\s+"))));
  }

  private static Map<String, List<Directive>> read() {
    Map<String, List<Directive>> all = new TreeMap<>();
    for (String line : (HttpDirectives.TEXT + StreamDirectives.TEXT).split("\n")) {
      String[] parts = line.split(" \\| ");
      for (String name : parts[3].strip().split(" ")) {
        all.computeIfAbsent(name, _ -> new ArrayList<>())
            .add(Directive.read(name, parts[0], parts[1], parts[2]));
      }
    }
    return all;
  }
}
