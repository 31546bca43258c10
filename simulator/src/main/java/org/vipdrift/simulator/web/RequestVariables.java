package org.vipdrift.simulator.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.http.Cookies;
import org.vipdrift.model.http.HttpDate;
import org.vipdrift.model.http.HttpRequest;
import org.vipdrift.model.nginx.Template;

/** The variables of one request. */
final class RequestVariables {
  private static final int DEEPEST_MAP = 8;

  private final WebRequest request;
  private final Map<String, String> set = new LinkedHashMap<>(2);
  private @Nullable Matcher captures;
  private int depth;

  RequestVariables(WebRequest request) {
    this.request = request;
  }

  void set(String name, String value) {
    set.put(name, value);
  }

  void captured(Matcher matcher) {
    captures = matcher;
    for (String name : matcher.namedGroups().keySet()) {
      set.put(name, Optional.ofNullable(matcher.group(name)).orElse(""));
    }
  }

  String evaluate(Template template) {
    return template.isPlain() ? template.evaluate(name -> "") : template.evaluate(this::value);
  }

  String value(String name) {
    char first = name.charAt(0);
    if (name.length() == 1 && first >= '1' && first <= '9') {
      Matcher matcher = captures;
      int group = first - '0';
      return matcher != null && group <= matcher.groupCount()
          ? Optional.ofNullable(matcher.group(group)).orElse("")
          : "";
    }
    String own = set.get(name);
    if (own != null) {
      return own;
    }
    Optional<CompiledMap> map = request.worker().map(name);
    return map.isPresent() ? mapped(map.get()) : builtIn(name);
  }

  private String mapped(CompiledMap map) {
    if (depth >= DEEPEST_MAP) {
      return "";
    }
    depth++;
    String value = evaluate(map.valueOf(evaluate(map.source())));
    depth--;
    return value;
  }

  private String builtIn(String name) {
    HttpRequest http = request.http();
    return switch (name) {
      case "host" -> request.hostName();
      case "hostname" -> request.worker().environment().hostName();
      case "uri", "document_uri" -> request.path();
      case "args", "query_string" -> request.args();
      case "is_args" -> request.args().isEmpty() ? "" : "?";
      case "request_uri" -> http.target();
      case "request_method" -> http.method();
      case "request" -> http.method() + " " + http.target() + " " + http.version().text();
      case "server_protocol" -> http.version().text();
      case "scheme" -> request.scheme();
      case "https" -> request.scheme().equals("https") ? "on" : "";
      case "remote_addr" -> request.connection().remoteAddress().toString();
      case "remote_port" -> Integer.toString(request.connection().remotePort());
      case "server_addr" -> request.connection().localAddress().toString();
      case "server_port" -> Integer.toString(request.connection().localPort());
      case "server_name" -> request.host().firstName();
      case "proxy_host" -> request.proxyHost();
      case "proxy_add_x_forwarded_for" -> forwardedFor(http);
      case "document_root" -> evaluate(request.location().files().root());
      case "request_filename" -> request.fileName(request.path());
      case "content_length" -> http.headers().first("Content-Length").orElse("");
      case "content_type" -> http.headers().first("Content-Type").orElse("");
      case "request_body" ->
          new String(http.body().toByteArray(), java.nio.charset.StandardCharsets.ISO_8859_1);
      case "nginx_version" -> "1.22.1";
      case "status" -> Integer.toString(request.status());
      case "upstream_addr" -> request.upstreamAddresses();
      case "upstream_status" -> request.upstreamStatuses();
      case "connections_active" -> Integer.toString(request.worker().counters().active());
      case "msec" -> {
        long millis = request.worker().environment().timers().wallNanos() / 1_000_000;
        yield millis / 1_000 + "." + String.format(Locale.ROOT, "%03d", millis % 1_000);
      }
      case "date_gmt", "date_local", "time_local", "time_iso8601" ->
          HttpDate.format(request.worker().environment().timers().wallNanos());
      default -> prefixed(name, http);
    };
  }

  private static String prefixed(String name, HttpRequest http) {
    if (name.startsWith("http_")) {
      return header(http, name.substring("http_".length()));
    }
    if (name.startsWith("cookie_")) {
      return Cookies.first(http.headers(), name.substring("cookie_".length())).orElse("");
    }
    if (name.startsWith("arg_")) {
      String key = name.substring("arg_".length()) + "=";
      for (String argument : http.query().orElse("").split("&")) {
        if (argument.regionMatches(true, 0, key, 0, key.length())) {
          return argument.substring(key.length());
        }
      }
    }
    return "";
  }

  private static String header(HttpRequest http, String name) {
    List<String> values = new ArrayList<>(http.headers().all(name.replace('_', '-')));
    return String.join(name.equals("cookie") ? "; " : ", ", values);
  }

  private String forwardedFor(HttpRequest http) {
    String before = String.join(", ", http.headers().all("X-Forwarded-For"));
    String client = request.connection().remoteAddress().toString();
    return before.isEmpty() ? client : before + ", " + client;
  }
}
