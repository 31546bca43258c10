package org.vipdrift.model.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.vipdrift.model.balance.BackendSnapshot;
import org.vipdrift.model.balance.ServerSnapshot;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.Termination.Cause;
import org.vipdrift.model.haproxy.sample.Sample;
import org.vipdrift.model.haproxy.settings.BindSettings;
import org.vipdrift.model.haproxy.settings.HaproxyConfiguration;
import org.vipdrift.model.haproxy.settings.ProxyOption;
import org.vipdrift.model.haproxy.settings.ProxySettings;
import org.vipdrift.model.haproxy.settings.ServerAddress;
import org.vipdrift.model.haproxy.settings.SourceAddress;
import org.vipdrift.model.haproxy.settings.StickTableSettings;

/**
 * HAProxy 2.6's data plane: everything one process knows of its clients and servers.
 *
 * <p>Whoever drives it accepts connections, tells of them by the {@link LinkListener} that {@link
 * #accept} returns, and performs what it asks of its {@link ProxyEnvironment}.
 */
public final class ProxyProcess {
  /** What HAProxy derives from a limit of 8192 file descriptors and more; enough for any test. */
  private static final int DEFAULT_MAXCONN = 524_287;

  final ProxyEnvironment environment;
  final int maxconn;
  final RunningFigures figures;
  final StatisticsPage statistics;
  private final HaproxyConfiguration configuration;
  private final Function<String, Optional<IpAddress>> names;
  private final Map<String, Backend> backends = new LinkedHashMap<>();
  private final Map<String, Frontend> frontends = new LinkedHashMap<>();
  private final Map<ProxySettings, ProxyRules> rules = new LinkedHashMap<>();
  private final Map<String, StickTable> tables = new TreeMap<>();
  private final Set<ClientSession> sessions = new LinkedHashSet<>();
  private long sequence;
  private int connections;

  /**
   * @param names resolves the names of servers
   */
  public ProxyProcess(
      HaproxyConfiguration configuration,
      ProxyEnvironment environment,
      Function<String, Optional<IpAddress>> names) {
    this.configuration = configuration;
    this.environment = environment;
    this.names = names;
    this.maxconn = configuration.global().maxconn().orElse(DEFAULT_MAXCONN);
    this.figures = new RunningFigures(this);
    this.statistics = new StatisticsPage();
    List<StickTableSettings> tableSettings = new ArrayList<>();
    for (ProxySettings proxy : configuration.proxies()) {
      proxy.stickTable().ifPresent(tableSettings::add);
    }
    configuration.peers().forEach(peers -> tableSettings.addAll(peers.tables()));
    tableSettings.forEach(t -> tables.put(t.name(), new StickTable(t)));
    for (ProxySettings proxy : configuration.proxies()) {
      if (proxy.disabled()) {
        continue;
      }
      rules.put(proxy, new ProxyRules(proxy));
      proxy
          .backend()
          .ifPresent(
              b -> backends.put(proxy.name(), new Backend(this, proxy, b, fullConnections(proxy))));
      proxy.frontend().ifPresent(f -> frontends.put(proxy.name(), new Frontend(this, proxy, f)));
    }
  }

  private int fullConnections(ProxySettings backend) {
    return fullConnections(configuration, backend);
  }

  /** A tenth of the maxconn of all frontends that may use a backend. */
  public static int fullConnections(HaproxyConfiguration configuration, ProxySettings backend) {
    int maxconn = configuration.global().maxconn().orElse(DEFAULT_MAXCONN);
    long total = 0;
    for (ProxySettings proxy : configuration.proxies()) {
      boolean uses =
          proxy.isFrontend()
              && (proxy.name().equals(backend.name())
                  || proxy
                      .frontend()
                      .flatMap(f -> f.defaultBackend())
                      .filter(backend.name()::equals)
                      .isPresent()
                  || proxy.frontend().orElseThrow().backendRules().stream()
                      .anyMatch(r -> r.name().literal().map(backend.name()::equals).orElse(true)));
      if (uses) {
        total += proxy.frontend().orElseThrow().maxconn().orElse(maxconn);
      }
    }
    return (int) Math.max(1, (total + 9) / 10);
  }

  ProxyRules rulesOf(ProxySettings proxy) {
    return rules.getOrDefault(proxy, new ProxyRules(proxy));
  }

  HaproxyConfiguration configuration() {
    return configuration;
  }

  Optional<IpAddress> address(ServerAddress address) {
    return switch (address) {
      case ServerAddress.Ip(IpAddress ip) -> Optional.of(ip);
      case ServerAddress.Name(String host) -> names.apply(host);
      case ServerAddress.Unix _ -> Optional.empty();
    };
  }

  Optional<IpAddress> sourceOf(Server server) {
    return server
        .settings
        .source()
        .or(() -> server.backend.settings.source())
        .map(SourceAddress::address);
  }

  Optional<Backend> backend(String name) {
    return Optional.ofNullable(backends.get(name));
  }

  Optional<Frontend> frontend(String name) {
    return Optional.ofNullable(frontends.get(name));
  }

  List<Backend> backends() {
    return List.copyOf(backends.values());
  }

  List<Frontend> frontends() {
    return List.copyOf(frontends.values());
  }

  /** The backend named as default; without one, a {@code listen} section's own servers. */
  Optional<Backend> defaultBackend(Frontend frontend) {
    Optional<String> named = frontend.settings.defaultBackend();
    return backend(named.orElse(frontend.name()));
  }

  Optional<StickTable> stickTable(String name) {
    return Optional.ofNullable(tables.get(name));
  }

  long nextSequence() {
    return sequence++;
  }

  /** Runs something after what is being done now. */
  void soon(Runnable action) {
    environment.schedule(environment.monotonicNanos(), action);
  }

  int connections() {
    return connections;
  }

  boolean isFull() {
    return connections >= maxconn;
  }

  void connectionBegan() {
    connections++;
    if (connections == maxconn) {
      frontends.values().forEach(Frontend::adjust);
    }
  }

  void connectionEnded() {
    connections--;
    if (connections == maxconn - 1) {
      frontends.values().forEach(Frontend::adjust);
    }
  }

  /** A counter of a {@code track-sc} rule follows a key for the rest of the session. */
  void track(ClientSession client, int counter, String table, Sample key) {
    stickTable(table)
        .flatMap(t -> t.obtain(key, environment.monotonicNanos()))
        .ifPresent(entry -> client.track(counter, entry));
  }

  // ---- what the driver calls ----

  /** The frontends and their binds, in the order of the configuration. */
  public List<BindSettings> binds(String frontend) {
    return frontend(frontend).map(f -> f.settings.binds()).orElse(List.of());
  }

  /** The names of the frontends, in the order of the configuration. */
  public List<String> frontendNames() {
    return List.copyOf(frontends.keySet());
  }

  /**
   * A client's connection is there, its TLS handshake over.
   *
   * @return who hears of it from now on
   */
  public LinkListener accept(String frontendName, String listener, Link link, long cause) {
    Frontend frontend =
        frontend(frontendName)
            .orElseThrow(() -> new IllegalArgumentException("no frontend " + frontendName));
    ClientSession session =
        frontend.proxy.isHttp()
            ? new HttpSession(this, frontend, listener, link)
            : new TcpSession(this, frontend, listener, link);
    sessions.add(session);
    frontend.connectionBegan(environment.monotonicNanos());
    if (!frontend.rules.admits(new ConnectionContext(session))) {
      frontend.counter.deniedRequests++;
      link.abort(cause);
      session.over();
      return session;
    }
    session.begin(cause);
    return session;
  }

  /**
   * A client came no further than the PROXY header or the TLS handshake.
   *
   * @param listener the bind line's name, or its number
   * @param acceptedNanos when it came, of the monotonic time
   * @param silently whether it left without a word, which {@code option dontlognull} keeps quiet
   */
  public void lost(
      String frontendName,
      String listener,
      Link link,
      long acceptedNanos,
      String why,
      boolean silently,
      long cause) {
    frontend(frontendName)
        .filter(f -> !silently || !f.proxy.options().has(ProxyOption.DONTLOGNULL))
        .ifPresent(f -> LogLine.writeLost(f, listener, link, acceptedNanos, why, cause));
  }

  /** How long a client of a frontend may take to send a PROXY header or for its TLS handshake. */
  public Optional<Duration> patience(String frontendName) {
    return frontend(frontendName).flatMap(f -> f.proxy.timeouts().client());
  }

  void sessionOver(ClientSession session) {
    sessions.remove(session);
  }

  /** How many clients are connected. */
  public int sessionCount() {
    return sessions.size();
  }

  /** Ends everything at once: SIGTERM. */
  public void shutDown(long cause) {
    for (ClientSession session : List.copyOf(sessions)) {
      session.shutDown(cause);
    }
    sessions.clear();
    for (Backend backend : backends.values()) {
      backend.servers.forEach(server -> server.idle.closeAll(cause));
    }
  }

  /** Finishes what runs, and takes no more: SIGUSR1, or another process took over. */
  public void drain(long cause) {
    for (ClientSession session : List.copyOf(sessions)) {
      session.drain(cause);
    }
  }

  // ---- what the control plane says ----

  /** What is known of a backend's servers from now on. */
  public void publish(BackendSnapshot snapshot) {
    backend(snapshot.backend()).ifPresent(b -> b.balanced.apply(snapshot));
  }

  /**
   * What a change of a server came to.
   *
   * @param active its sessions when it was published
   * @param requeued requests given to another queue or to the server
   * @param queued requests that still wait in the backend
   */
  public record Changed(int active, int requeued, int queued) {}

  /** As {@link #publish}, for a server that went down or came up. */
  public Changed publishChange(BackendSnapshot snapshot, int index, boolean up, long cause) {
    publish(snapshot);
    Optional<Backend> found = backend(snapshot.backend());
    if (found.isEmpty()) {
      return new Changed(0, 0, 0);
    }
    Backend backend = found.get();
    Server server = backend.servers.get(index);
    int active = server.load().served();
    int requeued = up ? backend.serveQueues(server, cause) : backend.requeue(server, cause);
    if (!up) {
      server.idle.closeAll(cause);
    }
    return new Changed(active, requeued, backend.queued());
  }

  /** Ends the sessions of a server that was marked down. */
  public void shutdownSessions(String backend, int server, long cause) {
    backend(backend)
        .ifPresent(
            b -> {
              for (Stream stream : List.copyOf(b.servers.get(server).streams)) {
                stream.killed(Cause.DOWN, cause);
              }
            });
  }

  /** Ends the sessions of all backup servers: an active one is up again. */
  public void shutdownBackupSessions(String backend, long cause) {
    backend(backend)
        .ifPresent(
            b -> {
              for (Server server : b.servers) {
                if (server.settings.backup()) {
                  List.copyOf(server.streams).forEach(s -> s.killed(Cause.KILLED, cause));
                }
              }
            });
  }

  /** Another connection limit of a server. */
  public void limitServer(String backend, int server, int maxConnections, long cause) {
    backend(backend)
        .ifPresent(
            b -> {
              b.balanced.limit(server, maxConnections);
              b.serveQueues(b.servers.get(server), cause);
            });
  }

  /** Stops accepting on a frontend, or accepts again. */
  public void enableFrontend(String frontend, boolean enabled) {
    frontend(frontend).ifPresent(f -> f.setEnabled(enabled));
  }

  /** All that has been counted. */
  public ProxyFigures count() {
    long now = environment.monotonicNanos();
    TreeMap<String, ProxyFigures.Counters> ofFrontends = new TreeMap<>();
    frontends.forEach((name, f) -> ofFrontends.put(name, f.counter.snapshot(now)));
    TreeMap<String, ProxyFigures.BackendCounters> ofBackends = new TreeMap<>();
    backends.forEach(
        (name, b) ->
            ofBackends.put(
                name,
                new ProxyFigures.BackendCounters(
                    b.counter.snapshot(now),
                    b.servers.stream().map(s -> s.counter.snapshot(now)).toList())));
    return new ProxyFigures(ofFrontends, ofBackends);
  }

  /** What is published of a server now. */
  public Optional<ServerSnapshot> serverSnapshot(String backend, String server) {
    return backend(backend).flatMap(b -> b.server(server)).map(s -> s.load().snapshot());
  }
}
