package org.vipdrift.simulator.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.model.nginx.Listen;
import org.vipdrift.model.nginx.NginxConfiguration;
import org.vipdrift.model.nginx.ServerName;
import org.vipdrift.model.nginx.StreamServer;
import org.vipdrift.model.nginx.Upstream;
import org.vipdrift.model.nginx.VariableMap;
import org.vipdrift.model.nginx.WebHost;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;

/** What one worker process of nginx does with its connections. */
final class NginxWorker {
  private static final String FULL = " worker_connections are not enough";

  private final NginxEnvironment environment;
  private final NginxConfiguration configuration;
  private final NginxFaults faults;
  private final SplitRandom faultRandom;
  private final HttpServer.Counters counters = new HttpServer.Counters();
  private final CompiledPatterns patterns = new CompiledPatterns();
  private final LocationFinder locations = new LocationFinder(patterns);
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final Map<String, UpstreamGroup> upstreams = new LinkedHashMap<>();
  private final Map<String, UpstreamGroup> streamUpstreams = new LinkedHashMap<>();
  private final Map<String, CompiledMap> maps = new LinkedHashMap<>();
  private final Outgoing outgoing = new Outgoing();
  private int streamConnections;

  /** Connections to upstreams. */
  static final class Outgoing {
    int count;
  }

  /** What answers at one listening address. */
  private record Endpoint(
      Listen listen,
      Optional<HttpServer> http,
      Optional<VirtualHosts> hosts,
      Optional<StreamServer> stream) {}

  NginxWorker(
      NginxEnvironment environment,
      NginxConfiguration configuration,
      NginxFaults faults,
      int generation) {
    this.environment = environment;
    this.configuration = configuration;
    this.faults = faults;
    this.faultRandom = environment.random().split("faults").split("" + generation);
    for (Upstream upstream : configuration.upstreams()) {
      upstreams.put(upstream.name(), group(upstream, "upstream", generation));
    }
    for (Upstream upstream : configuration.streamUpstreams()) {
      streamUpstreams.put(upstream.name(), group(upstream, "stream", generation));
    }
    for (VariableMap map : configuration.maps()) {
      maps.put(map.name(), new CompiledMap(map));
    }
    for (WebHost host : configuration.hosts()) {
      host.listens().forEach(this::addHttp);
    }
    for (StreamServer stream : configuration.streams()) {
      for (Listen listen : stream.listens()) {
        endpoints.add(
            new Endpoint(listen, Optional.empty(), Optional.empty(), Optional.of(stream)));
      }
    }
  }

  private UpstreamGroup group(Upstream upstream, String kind, int generation) {
    return new UpstreamGroup(
        environment,
        upstream,
        outgoing,
        environment.random().split(kind).split(upstream.name()).split("" + generation));
  }

  private void addHttp(Listen listen) {
    if (endpoints.stream().anyMatch(e -> e.listen().isSameSocket(listen))) {
      return;
    }
    List<WebHost> hosts =
        configuration.hosts().stream()
            .filter(h -> h.listens().stream().anyMatch(listen::isSameSocket))
            .toList();
    VirtualHosts choice = new VirtualHosts(hosts, listen);
    WebHost.ClientTimeouts timeouts = choice.fallback().timeouts();
    boolean tls = isTls(hosts, listen);
    HttpServer server =
        new HttpServer(
            environment.timers(),
            new HttpServer.Settings(
                timeouts.keepalive(),
                timeouts.keepaliveRequests(),
                timeouts.keepaliveTime(),
                Optional.of(timeouts.header())),
            counters,
            new HttpServer.Handler() {
              @Override
              public void requested(HttpExchange exchange) {
                long wait = faults.slowness.toNanos();
                if (wait > 0) {
                  environment.timers().after(wait, () -> serve(exchange, choice, tls));
                } else {
                  serve(exchange, choice, tls);
                }
              }

              @Override
              public Optional<WebAnswer> malformed(HttpReader.Found.Malformed found) {
                return Optional.of(StatusPages.page(400, StatusPages.SERVER));
              }
            });
    endpoints.add(new Endpoint(listen, Optional.of(server), Optional.of(choice), Optional.empty()));
  }

  private void serve(HttpExchange exchange, VirtualHosts hosts, boolean tls) {
    if (!exchange.isOver()) {
      WebRequest request = new WebRequest(this, exchange, hosts, tls);
      if (faults.strikes(faultRandom)) {
        request.answering().page(faults.status);
      } else {
        request.begin();
      }
    }
  }

  private static boolean isTls(List<WebHost> hosts, Listen listen) {
    return hosts.stream()
        .flatMap(h -> h.listens().stream())
        .anyMatch(l -> l.isSameSocket(listen) && l.tls());
  }

  ConnectionHandler accept(Connection connection, long cause) {
    Endpoint endpoint = endpoint(connection);
    if (isFull()) {
      environment.log().accept(configuration.connections() + FULL, cause);
      connection.close(cause);
      return Deaf.INSTANCE;
    }
    if (endpoint == null) {
      connection.abort(cause);
      return Deaf.INSTANCE;
    }
    if (endpoint.stream().isPresent()) {
      return StreamSession.begin(this, endpoint.stream().get(), connection, cause);
    }
    HttpServer server = endpoint.http().orElseThrow();
    VirtualHosts hosts = endpoint.hosts().orElseThrow();
    return isTls(configuration.hosts(), endpoint.listen())
        ? TlsAcceptor.accept(
            server,
            connection,
            name -> certificateNames(hosts.choose(name.orElse("").toLowerCase(Locale.ROOT))),
            environment.timers())
        : server.accept(connection);
  }

  /** A certificate is taken to be for the names of its server. */
  private static List<String> certificateNames(WebHost host) {
    List<String> names = new ArrayList<>();
    for (ServerName name : host.names()) {
      switch (name) {
        case ServerName.Exact(String text) -> {
          if (!text.isEmpty()) {
            names.add(text);
          }
        }
        case ServerName.Suffix(String suffix, boolean bare) -> {
          names.add("*" + suffix);
          if (bare) {
            names.add(suffix.substring(1));
          }
        }
        case ServerName.Prefix _, ServerName.Regex _ -> {}
      }
    }
    return names.isEmpty() ? List.of("localhost") : names;
  }

  /** Whether {@code worker_connections} are used up, by clients and upstreams together. */
  boolean isFull() {
    return counters.active() + streamConnections + outgoing.count >= configuration.connections();
  }

  /** The address itself before a wildcard of its family. */
  private @Nullable Endpoint endpoint(Connection connection) {
    Endpoint wildcard = null;
    for (Endpoint endpoint : endpoints) {
      Listen listen = endpoint.listen();
      if (listen.port() == connection.localPort() && !listen.udp()) {
        IpAddress local = connection.localAddress();
        if (listen.address().equals(local)) {
          return endpoint;
        }
        if (listen.isWildcard() && listen.address().family() == local.family()) {
          wildcard = endpoint;
        }
      }
    }
    return wildcard;
  }

  /** Idle connections are closed, the others after what they are at. */
  void drain(long cause) {
    for (Endpoint endpoint : endpoints) {
      endpoint.http().ifPresent(server -> server.drain(cause));
    }
    upstreams.values().forEach(group -> group.closeIdle(cause));
  }

  NginxEnvironment environment() {
    return environment;
  }

  HttpServer.Counters counters() {
    return counters;
  }

  CompiledPatterns patterns() {
    return patterns;
  }

  LocationFinder locations() {
    return locations;
  }

  Optional<UpstreamGroup> upstream(String name) {
    return Optional.ofNullable(upstreams.get(name));
  }

  Optional<UpstreamGroup> streamUpstream(String name) {
    return Optional.ofNullable(streamUpstreams.get(name));
  }

  Optional<CompiledMap> map(String name) {
    return Optional.ofNullable(maps.get(name));
  }

  void streamBegun() {
    streamConnections += 2;
  }

  void streamEnded() {
    streamConnections -= 2;
  }

  /** For a connection that was refused. */
  private enum Deaf implements ConnectionHandler {
    INSTANCE;

    @Override
    public void connected(long cause) {}

    @Override
    public void received(org.vipdrift.model.frame.Octets data, long cause) {}

    @Override
    public void finished(long cause) {}

    @Override
    public void failed(Failure failure, long cause) {}
  }
}
