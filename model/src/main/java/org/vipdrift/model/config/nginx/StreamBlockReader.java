package org.vipdrift.model.config.nginx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.nginx.Listen;
import org.vipdrift.model.nginx.StreamServer;
import org.vipdrift.model.nginx.Template;
import org.vipdrift.model.nginx.Upstream;

/** Reads the {@code stream} block. */
final class StreamBlockReader {
  private final ProblemLog log;
  private final Templates templates;
  private final MapReader maps;
  private final ListenReader listenReader;
  private final UpstreamReader upstreams;
  private final LocationReader locations;
  private final List<StreamServer> servers = new ArrayList<>();
  private final Set<String> taken = new LinkedHashSet<>();

  StreamBlockReader(ProblemLog log, HostNames names) {
    this.log = log;
    this.templates = new Templates(log, true);
    this.maps = new MapReader(log, templates);
    this.listenReader = new ListenReader(log, names, true);
    this.upstreams = new UpstreamReader(log, names, templates, true);
    this.locations = new LocationReader(log, templates, new ProxyReader(log, templates, upstreams));
  }

  List<StreamServer> servers() {
    return servers;
  }

  List<Upstream> upstreams() {
    return upstreams.upstreams();
  }

  void read(NginxStatement stream) {
    Scope scope = new Scope(stream.body(), null);
    for (NginxStatement line : stream.body()) {
      switch (line.name()) {
        case "upstream" -> upstreams.read(line);
        case "map", "geo", "split_clients" -> {
          if (line.name().equals("map")) {
            maps.read(line);
          } else {
            templates.define(line.words().getLast().text().replace("$", ""));
          }
          log.note(
              "accepted-not-modelled",
              "\"" + line.name() + "\" is accepted, but not modelled in stream",
              line.span());
        }
        default -> {
          // Looked up by the blocks inside.
        }
      }
    }
    for (NginxStatement line : stream.body()) {
      if (line.name().equals("server")) {
        server(line, scope.inside(line.body()));
      }
    }
    templates.reportUnknown();
  }

  private void server(NginxStatement line, Scope scope) {
    List<Listen> listens = new ArrayList<>();
    for (NginxStatement listen : scope.own("listen")) {
      for (Listen each : listenReader.read(listen)) {
        if (!taken.add(each.text() + (each.udp() ? " udp" : ""))) {
          log.error(
              "duplicate-listen",
              "duplicate \"" + each.text() + "\" address and port pair",
              listen.span());
        } else {
          listens.add(each);
        }
      }
    }
    if (scope.own("listen").isEmpty()) {
      log.error("no-listen", "no \"listen\" is defined for server", line.span());
    }
    Optional<Template> returned =
        scope.own("return").stream().findFirst().map(s -> templates.read(s.words().get(1)));
    Optional<String> upstream = scope.own("proxy_pass").stream().findFirst().flatMap(this::target);
    if (returned.isEmpty() && scope.own("proxy_pass").isEmpty()) {
      log.error("no-handler", "no handler for server", line.span());
    }
    if (scope.isOn("proxy_ssl", false) || scope.isOn("ssl_preread", false)) {
      log.note(
          "accepted-not-modelled",
          "TLS of stream is passed through as it comes in the simulation",
          line.span());
    }
    servers.add(
        new StreamServer(
            listens,
            upstream,
            returned,
            ProxyReader.time(scope, "proxy_connect_timeout", Duration.ofSeconds(60)),
            ProxyReader.time(scope, "proxy_timeout", Duration.ofMinutes(10)),
            scope.isOn("proxy_next_upstream", true),
            scope
                .last("proxy_next_upstream_tries")
                .flatMap(s -> Values.integer(s.argument(1)))
                .orElse(0),
            ProxyReader.time(scope, "proxy_next_upstream_timeout", Duration.ZERO),
            locations.access(scope),
            scope.last("proxy_bind").flatMap(s -> IpAddress.parse(s.argument(1)))));
  }

  private Optional<String> target(NginxStatement line) {
    NginxWord word = line.words().get(1);
    if (!templates.read(word).isPlain()) {
      log.note(
          "accepted-not-modelled",
          "a variable upstream of stream: nobody answers in the simulation",
          word.span());
      return Optional.empty();
    }
    String address = word.text();
    if (!upstreams.isDefined(address)) {
      upstreams.implicit(address, word.span(), 0);
    }
    return Optional.of(address);
  }
}
