package org.vipdrift.model.config.nginx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.nginx.Template;

/** Reads text with variables, and knows which variables there are. */
final class Templates {
  private static final List<String> PREFIXES =
      List.of(
          "http_",
          "sent_http_",
          "sent_trailer_",
          "upstream_http_",
          "upstream_trailer_",
          "upstream_cookie_",
          "cookie_",
          "arg_");

  private static final String HTTP =
      """
      ancient_browser args binary_remote_addr body_bytes_sent bytes_sent connection
      connection_requests connection_time connections_active connections_reading connections_waiting
      connections_writing content_length content_type date_gmt date_local document_root document_uri
      fastcgi_path_info fastcgi_script_name gzip_ratio host hostname http2 https invalid_referer
      is_args limit_conn_status limit_rate limit_req_status memcached_key modern_browser msec msie
      nginx_version pid pipe proxy_add_x_forwarded_for proxy_host proxy_port
      proxy_protocol_addr proxy_protocol_port proxy_protocol_server_addr proxy_protocol_server_port
      query_string realip_remote_addr realip_remote_port realpath_root remote_addr remote_port
      remote_user request request_body request_body_file request_completion request_filename
      request_id request_length request_method request_time request_uri scheme secure_link
      secure_link_expires server_addr server_name server_port server_protocol slice_range
      ssl_cipher ssl_ciphers ssl_client_cert ssl_client_escaped_cert ssl_client_fingerprint
      ssl_client_i_dn ssl_client_i_dn_legacy ssl_client_raw_cert ssl_client_s_dn
      ssl_client_s_dn_legacy ssl_client_serial ssl_client_v_end ssl_client_v_remain
      ssl_client_v_start ssl_client_verify ssl_curve ssl_curves ssl_early_data ssl_protocol
      ssl_server_name ssl_session_id ssl_session_reused status tcpinfo_rcv_space tcpinfo_rtt
      tcpinfo_rttvar tcpinfo_snd_cwnd time_iso8601 time_local uid_got uid_reset uid_set
      upstream_addr upstream_bytes_received upstream_bytes_sent upstream_cache_last_modified
      upstream_cache_etag upstream_cache_status upstream_connect_time upstream_header_time
      upstream_queue_time upstream_response_length upstream_response_time upstream_status uri
      """;

  private static final String STREAM =
      """
      binary_remote_addr bytes_received bytes_sent connection hostname limit_conn_status msec
      nginx_version pid protocol proxy_protocol_addr proxy_protocol_port
      proxy_protocol_server_addr proxy_protocol_server_port realip_remote_addr realip_remote_port
      remote_addr remote_port server_addr server_port session_time ssl_alpn_protocol ssl_cipher
      ssl_ciphers ssl_client_cert ssl_client_fingerprint ssl_client_i_dn ssl_client_raw_cert
      ssl_client_s_dn ssl_client_serial ssl_client_v_end ssl_client_v_remain ssl_client_v_start
      ssl_client_verify ssl_curve ssl_curves ssl_preread_alpn_protocols ssl_preread_protocol
      ssl_preread_server_name ssl_protocol ssl_server_name ssl_session_id ssl_session_reused status
      time_iso8601 time_local upstream_addr upstream_bytes_received upstream_bytes_sent
      upstream_connect_time upstream_first_byte_time upstream_session_time
      """;

  private final ProblemLog log;
  private final boolean stream;
  private final Set<String> known;
  private final Map<String, SourceSpan> used = new LinkedHashMap<>();

  Templates(ProblemLog log, boolean stream) {
    this.log = log;
    this.stream = stream;
    this.known = new TreeSet<>(List.of((stream ? STREAM : HTTP).strip().split("\\s+")));
  }

  /** A directive makes a variable of this name. */
  void define(String name) {
    known.add(name);
  }

  /** The word's text, taken apart; {@code $1} and the like are captures. */
  Template read(NginxWord word) {
    return read(word.text(), word.span());
  }

  Template read(String text, SourceSpan span) {
    if (text.indexOf('$') < 0) {
      return Template.of(text);
    }
    List<Template.Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '$') {
        plain.append(c);
        at++;
        continue;
      }
      boolean braced = at + 1 < text.length() && text.charAt(at + 1) == '{';
      int start = at + (braced ? 2 : 1);
      int end = nameEnd(text, start);
      boolean closed = !braced || end < text.length() && text.charAt(end) == '}';
      if (end == start || !closed) {
        log.error(
            "invalid-variable",
            closed
                ? "invalid variable name in \"" + text + "\""
                : "the closing bracket in \"" + text + "\" variable is missing",
            span);
        return Template.of(text);
      }
      if (!plain.isEmpty()) {
        parts.add(new Template.Part.Text(plain.toString()));
        plain.setLength(0);
      }
      String name = text.substring(start, end);
      parts.add(new Template.Part.Variable(name));
      used.putIfAbsent(name, span);
      at = end + (braced ? 1 : 0);
    }
    if (!plain.isEmpty()) {
      parts.add(new Template.Part.Text(plain.toString()));
    }
    return new Template(parts);
  }

  private static int nameEnd(String text, int start) {
    if (start < text.length() && text.charAt(start) >= '1' && text.charAt(start) <= '9') {
      return start + 1;
    }
    int end = start;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean allowed =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
      if (!allowed) {
        break;
      }
      end++;
    }
    return end;
  }

  /** Reports what nothing defines; nginx asks that when it has read everything. */
  void reportUnknown() {
    used.forEach(
        (name, span) -> {
          boolean capture = name.length() == 1 && Character.isDigit(name.charAt(0));
          boolean prefixed = !stream && PREFIXES.stream().anyMatch(name::startsWith);
          if (!capture && !prefixed && !known.contains(name)) {
            log.error(
                "unknown-variable",
                "unknown \"" + name + "\" variable",
                span,
                Suggestions.didYouMean(name, known));
          }
        });
  }
}
