package org.vipdrift.model.config.nginx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.nginx.Listen;
import org.vipdrift.model.nginx.ServerName;
import org.vipdrift.model.nginx.Upstream;
import org.vipdrift.model.nginx.VariableMap;
import org.vipdrift.model.nginx.WebHost;
import org.vipdrift.model.nginx.WebLocation;

/** Reads the {@code http} block. */
final class HttpBlockReader {
  private final ProblemLog log;
  private final Templates templates;
  private final MapReader maps;
  private final ListenReader listenReader;
  private final UpstreamReader upstreams;
  private final LocationReader locations;
  private final List<WebHost> hosts = new ArrayList<>();
  private final List<VariableMap> variableMaps = new ArrayList<>();
  private final Map<String, Boolean> defaults = new LinkedHashMap<>();
  private final Set<String> taken = new LinkedHashSet<>();

  HttpBlockReader(ProblemLog log, HostNames names) {
    this.log = log;
    this.templates = new Templates(log, false);
    this.maps = new MapReader(log, templates);
    this.listenReader = new ListenReader(log, names, false);
    this.upstreams = new UpstreamReader(log, names, templates, false);
    this.locations = new LocationReader(log, templates, new ProxyReader(log, templates, upstreams));
  }

  List<WebHost> hosts() {
    return hosts;
  }

  List<Upstream> upstreams() {
    return upstreams.upstreams();
  }

  List<VariableMap> maps() {
    return variableMaps;
  }

  void read(NginxStatement http) {
    Scope scope = new Scope(http.body(), null);
    for (NginxStatement line : http.body()) {
      switch (line.name()) {
        case "upstream" -> upstreams.read(line);
        case "map" -> maps.read(line).ifPresent(variableMaps::add);
        case "geo", "split_clients" -> {
          templates.define(line.words().getLast().text().replace("$", ""));
          log.note(
              "accepted-not-modelled",
              "\"" + line.name() + "\" is accepted, but its variable is empty in the simulation",
              line.span());
        }
        default -> {
          // Looked up by the blocks inside.
        }
      }
    }
    for (NginxStatement line : http.body()) {
      if (line.name().equals("server")) {
        server(line, scope.inside(line.body()));
      }
    }
    templates.reportUnknown();
  }

  private void server(NginxStatement line, Scope scope) {
    List<Listen> listens = listens(line, scope);
    List<ServerName> names = names(scope);
    checkNames(listens, names, line);
    List<String> certificates =
        scope.all("ssl_certificate").stream().map(s -> s.argument(1)).toList();
    for (NginxStatement listen : scope.own("listen")) {
      if (listen.arguments().contains("ssl") && certificates.isEmpty()) {
        log.error(
            "no-certificate",
            "no \"ssl_certificate\" is defined for the \"listen ... ssl\" directive",
            listen.span());
      }
    }
    WebLocation location = locations.server(line.body(), scope);
    hosts.add(new WebHost(listens, names, location, certificates, timeouts(scope)));
  }

  private static WebHost.ClientTimeouts timeouts(Scope scope) {
    return new WebHost.ClientTimeouts(
        ProxyReader.time(scope, "keepalive_timeout", Duration.ofSeconds(75)),
        scope.last("keepalive_requests").flatMap(s -> Values.integer(s.argument(1))).orElse(1_000),
        ProxyReader.time(scope, "keepalive_time", Duration.ofHours(1)),
        ProxyReader.time(scope, "client_header_timeout", Duration.ofSeconds(60)));
  }

  private List<Listen> listens(NginxStatement server, Scope scope) {
    List<Listen> listens = new ArrayList<>();
    for (NginxStatement line : scope.own("listen")) {
      for (Listen listen : listenReader.read(line)) {
        if (listens.stream().anyMatch(listen::isSameSocket)) {
          log.error("duplicate-listen", "a duplicate listen " + listen.text(), line.span());
          continue;
        }
        listens.add(listen);
        if (listen.defaultServer() && defaults.putIfAbsent(listen.text(), true) != null) {
          log.error(
              "duplicate-default", "a duplicate default server for " + listen.text(), line.span());
        }
      }
    }
    if (scope.own("listen").isEmpty()) {
      boolean tls = scope.isOn("ssl", false);
      listens.add(new Listen(ListenReader.ANY_V4, 80, false, tls, Listen.DEFAULT_BACKLOG, false));
    }
    return listens;
  }

  private List<ServerName> names(Scope scope) {
    List<ServerName> names = new ArrayList<>();
    for (NginxStatement line : scope.own("server_name")) {
      line.words().stream().skip(1).forEach(word -> name(word).ifPresent(names::add));
    }
    return names;
  }

  private Optional<ServerName> name(NginxWord word) {
    String text = word.text();
    if (text.startsWith("~")) {
      return Patterns.read(text.substring(1), word.span(), templates, log)
          .map(ServerName.Regex::new);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    boolean suffix = lower.startsWith("*.") || lower.startsWith(".");
    boolean prefix = lower.endsWith(".*");
    boolean whole = lower.length() < 3 || lower.indexOf('*', 1) < 0 || prefix || !suffix;
    if (lower.equals("*")
        || lower.startsWith("*") && !suffix
        || lower.equals(".")
        || lower.equals("*.")
        || !whole) {
      log.error("invalid-server-name", "server name \"" + text + "\" is invalid", word.span());
      return Optional.empty();
    }
    if (text.contains("/")) {
      log.warning(
          "suspicious-server-name",
          "server name \"" + text + "\" has suspicious symbols",
          word.span());
    }
    if (suffix) {
      return Optional.of(
          new ServerName.Suffix(
              lower.startsWith("*") ? lower.substring(1) : lower, lower.startsWith(".")));
    }
    return Optional.of(
        prefix
            ? new ServerName.Prefix(lower.substring(0, lower.length() - 1))
            : new ServerName.Exact(lower));
  }

  private void checkNames(List<Listen> listens, List<ServerName> names, NginxStatement server) {
    List<ServerName> all = names.isEmpty() ? List.of(new ServerName.Exact("")) : names;
    for (Listen listen : listens) {
      for (ServerName name : all) {
        if (name instanceof ServerName.Exact(String text)
            && !taken.add(listen.text() + " " + text)) {
          log.warning(
              "conflicting-server-name",
              "conflicting server name \"" + text + "\" on " + listen.text() + ", ignored",
              server.span());
        }
      }
    }
  }
}
