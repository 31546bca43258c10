package org.vipdrift.simulator.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vipdrift.model.http.HttpRequest;
import org.vipdrift.model.nginx.Listen;
import org.vipdrift.model.nginx.ServerName;
import org.vipdrift.model.nginx.WebHost;

/** The servers that share a listening address, and which of them a request is for. */
final class VirtualHosts {
  private final WebHost fallback;
  private final Map<String, WebHost> exact = new LinkedHashMap<>();
  private final List<Wildcard> suffixes = new ArrayList<>();
  private final List<Wildcard> prefixes = new ArrayList<>();
  private final List<Wildcard> patterns = new ArrayList<>();

  private record Wildcard(String text, boolean bare, Optional<Pattern> pattern, WebHost host) {}

  /**
   * @param hosts in the order of the file; not empty
   */
  VirtualHosts(List<WebHost> hosts, Listen listen) {
    this.fallback =
        hosts.stream()
            .filter(
                host ->
                    host.listens().stream()
                        .anyMatch(l -> l.isSameSocket(listen) && l.defaultServer()))
            .findFirst()
            .orElse(hosts.getFirst());
    for (WebHost host : hosts) {
      for (ServerName name : host.names()) {
        switch (name) {
          case ServerName.Exact(String text) -> exact.putIfAbsent(text, host);
          case ServerName.Suffix(String text, boolean bare) ->
              suffixes.add(new Wildcard(text, bare, Optional.empty(), host));
          case ServerName.Prefix(String text) ->
              prefixes.add(new Wildcard(text, false, Optional.empty(), host));
          case ServerName.Regex(String text) ->
              patterns.add(
                  new Wildcard(
                      text,
                      false,
                      Optional.of(Pattern.compile(text, Pattern.CASE_INSENSITIVE)),
                      host));
        }
      }
      if (host.names().isEmpty()) {
        exact.putIfAbsent("", host);
      }
    }
    suffixes.sort((a, b) -> b.text().length() - a.text().length());
    prefixes.sort((a, b) -> b.text().length() - a.text().length());
  }

  WebHost fallback() {
    return fallback;
  }

  WebHost choose(HttpRequest request) {
    return exact.size() + suffixes.size() + prefixes.size() + patterns.size() <= 1
            && fallback.names().isEmpty()
        ? fallback
        : choose(hostName(request));
  }

  /** By a name in lower case; empty for none. */
  WebHost choose(String name) {
    WebHost found = exact.get(name);
    if (found != null) {
      return found;
    }
    for (Wildcard suffix : suffixes) {
      if (name.endsWith(suffix.text())
          || suffix.bare() && name.equals(suffix.text().substring(1))) {
        return suffix.host();
      }
    }
    for (Wildcard prefix : prefixes) {
      if (name.startsWith(prefix.text())) {
        return prefix.host();
      }
    }
    for (Wildcard pattern : patterns) {
      if (!name.isEmpty() && pattern.pattern().orElseThrow().matcher(name).find()) {
        return pattern.host();
      }
    }
    return fallback;
  }

  /** The host a request names, in lower case and without port. */
  static String hostName(HttpRequest request) {
    String text = request.headers().first("Host").orElse("");
    String target = request.target();
    if (target.startsWith("http://")) {
      int slash = target.indexOf('/', 7);
      text = slash < 0 ? target.substring(7) : target.substring(7, slash);
    }
    int colon = text.startsWith("[") ? text.indexOf(':', text.indexOf(']')) : text.indexOf(':');
    String bare = colon < 0 ? text : text.substring(0, colon);
    String name = bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    return name.toLowerCase(Locale.ROOT);
  }
}
