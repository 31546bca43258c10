package org.vipdrift.simulator.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.vipdrift.actors.port.ProxyPlane;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.Destination;
import org.vipdrift.model.haproxy.Link;
import org.vipdrift.model.haproxy.LinkListener;
import org.vipdrift.model.haproxy.ProxyEnvironment;
import org.vipdrift.model.haproxy.ProxyHeader;
import org.vipdrift.model.haproxy.ProxyProcess;
import org.vipdrift.model.haproxy.settings.BindAddress;
import org.vipdrift.model.haproxy.settings.BindSettings;
import org.vipdrift.model.haproxy.settings.HaproxyConfiguration;
import org.vipdrift.model.health.Observation;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;
import org.vipdrift.simulator.kernel.tcp.Listener;
import org.vipdrift.simulator.kernel.tcp.Sockets;
import org.vipdrift.simulator.kernel.tls.TlsConnection;
import org.vipdrift.simulator.web.ProcessTimers;

/** One HAProxy process that carries traffic. */
public final class SimulatedProxy implements ProxyEnvironment {
  /** What the signature of a TLS handshake takes on one core: RSA 2048, a middling server. */
  public static final Duration HANDSHAKE_COMPUTING = Duration.ofMillis(1);

  private final Surroundings surroundings;
  private final Sockets sockets;
  private final ProcessTimers timers;
  private final SplitRandom random;
  private final ProxyProcess process;
  private final Map<String, List<Listener>> listeners = new LinkedHashMap<>();
  private Consumer<ProxyPlane.Report> reports = _ -> {};
  private StatisticsSource statistics = (csv, _) -> csv.accept("");
  private long busyUntil;

  /** What the process is, and who hears of it. */
  public interface Surroundings {
    String hostName();

    /** The incarnation, as the kernel knows it. */
    String who();

    int processId();

    /** The address of a host's name. */
    Optional<IpAddress> resolve(String name);

    /** Whether an address may be bound that the host does not have. */
    boolean bindsForeignAddresses();

    void log(String proxy, int level, String line, long cause);
  }

  public SimulatedProxy(
      HaproxyConfiguration configuration,
      Surroundings surroundings,
      Sockets sockets,
      ProcessTimers timers,
      SplitRandom random) {
    this.surroundings = surroundings;
    this.sockets = sockets;
    this.timers = timers;
    this.random = random;
    this.process = new ProxyProcess(configuration, this, surroundings::resolve);
  }

  /** What runs in it. */
  public ProxyProcess process() {
    return process;
  }

  /** Who knows what {@code show stat} prints. */
  @FunctionalInterface
  public interface StatisticsSource {
    void ask(Consumer<String> csv, long cause);
  }

  /** From now on its statistics come from there. */
  public void statisticsFrom(StatisticsSource source) {
    statistics = source;
  }

  /** From now on its reports go there. */
  public void attach(Consumer<ProxyPlane.Report> to) {
    reports = to;
  }

  /** Tells the control plane something. */
  public void report(ProxyPlane.Report report) {
    reports.accept(report);
  }

  // ---- sockets ----

  /** Why HAProxy would not start: an address to bind that the host does not have. */
  public Optional<String> unboundAddress() {
    for (String frontend : process.frontendNames()) {
      for (BindSettings bind : process.binds(frontend)) {
        if (bind.address() instanceof BindAddress.Ip(IpAddress address)
            && !isAny(address)
            && !mayBind(bind, address)) {
          return refused(frontend, "Cannot assign requested address", address, bind.firstPort());
        }
      }
    }
    return Optional.empty();
  }

  private boolean mayBind(BindSettings bind, IpAddress address) {
    return bind.transparent() || surroundings.bindsForeignAddresses() || sockets.isLocal(address);
  }

  /**
   * Listens on every bind line.
   *
   * @return why HAProxy would not start, if it would not
   */
  public Optional<String> listen() {
    for (String frontend : process.frontendNames()) {
      for (BindSettings bind : process.binds(frontend)) {
        for (int port = bind.firstPort(); port <= bind.lastPort(); port++) {
          Optional<String> problem = listen(frontend, bind, port);
          if (problem.isPresent()) {
            closeListeners();
            return problem;
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> listen(String frontend, BindSettings bind, int port) {
    if (!(bind.address() instanceof BindAddress.Ip(IpAddress address))) {
      return Optional.empty();
    }
    boolean any = isAny(address);
    if (!any && !mayBind(bind, address)) {
      return refused(frontend, "Cannot assign requested address", address, port);
    }
    Optional<Listener> listener =
        sockets.listen(
            surroundings.who(),
            any ? Optional.empty() : Optional.of(address),
            port,
            bind.backlog().orElse(Sockets.DEFAULT_BACKLOG),
            (connection, cause) -> accepted(frontend, bind, connection, cause));
    if (listener.isEmpty()) {
      return refused(frontend, "Address already in use", address, port);
    }
    listeners.computeIfAbsent(frontend, _ -> new ArrayList<>(1)).add(listener.get());
    return Optional.empty();
  }

  private static Optional<String> refused(
      String frontend, String why, IpAddress address, int port) {
    return Optional.of(
        "Starting frontend "
            + frontend
            + ": cannot bind socket ("
            + why
            + ") ["
            + address
            + ":"
            + port
            + "]");
  }

  private static boolean isAny(IpAddress address) {
    return switch (address) {
      case IpAddress.V4(int bits) -> bits == 0;
      case IpAddress.V6(long high, long low) -> high == 0 && low == 0;
    };
  }

  /** The ports it listens on, in the order of the configuration. */
  public List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    for (String frontend : listeners.keySet()) {
      for (BindSettings bind : process.binds(frontend)) {
        for (int port = bind.firstPort(); port <= bind.lastPort(); port++) {
          if (bind.address() instanceof BindAddress.Ip && !ports.contains(port)) {
            ports.add(port);
          }
        }
      }
    }
    return ports;
  }

  /** Takes no more clients. */
  public void closeListeners() {
    listeners.values().forEach(each -> each.forEach(Listener::close));
    listeners.clear();
  }

  private ConnectionHandler accepted(
      String frontend, BindSettings bind, Connection connection, long cause) {
    if (!bind.acceptProxy()) {
      return secured(frontend, bind, connection, Optional.empty(), cause);
    }
    SocketLink link = new SocketLink(connection, Optional.empty());
    Arrival arrival = new Arrival(frontend, bind, link, "PROXY protocol header");
    return new ProxyHeaderArrival(
        connection, arrival, (ends, of) -> secured(frontend, bind, connection, ends, of));
  }

  private ConnectionHandler secured(
      String frontend,
      BindSettings bind,
      Connection connection,
      Optional<ProxyHeader.Ends> announced,
      long cause) {
    String listener = bind.name().orElse("");
    if (bind.tls().isEmpty()) {
      SocketLink link = new SocketLink(connection, announced);
      return new ToListener(process.accept(frontend, listener, link, cause));
    }
    Arrival waiting =
        new Arrival(frontend, bind, new SocketLink(connection, announced), "SSL handshake");
    TlsClientArrival arrival =
        new TlsClientArrival(
            waiting,
            tls ->
                new ToListener(
                    process.accept(frontend, listener, new SocketLink(tls, announced), cause)));
    TlsConnection tls =
        TlsConnection.accept(
            connection, new Certificates(bind.tls().get()), this::compute, arrival);
    arrival.begin(tls);
    return tls;
  }

  /** A client before its session begins: of whom the log says why, if that never happens. */
  final class Arrival {
    private final String frontend;
    private final BindSettings bind;
    private final SocketLink link;
    private final String what;
    private final long acceptedNanos = timers.nowNanos();
    private Optional<Alarm> alarm;

    private Arrival(String frontend, BindSettings bind, SocketLink link, String what) {
      this.frontend = frontend;
      this.bind = bind;
      this.link = link;
      this.what = what;
      this.alarm =
          process
              .patience(frontend)
              .map(after -> schedule(acceptedNanos + after.toNanos(), this::timedOut));
    }

    /** What came was right. */
    void over() {
      alarm.ifPresent(Alarm::cancel);
      alarm = Optional.empty();
    }

    private void timedOut() {
      lost((what.startsWith("SSL") ? "Timeout during " : "Timeout while waiting for ") + what, 0);
      link.close(0);
    }

    /** What came was wrong. */
    void lost(String why, long cause) {
      tell(why, false, cause);
    }

    /** The client left without a word. */
    void left(long cause) {
      tell(
          "Connection closed " + (what.startsWith("SSL") ? "during " : "while waiting for ") + what,
          true,
          cause);
    }

    /** Without a name a listener goes by its number. */
    private int number() {
      return bind.id() > 0 ? bind.id() : 1 + process.binds(frontend).indexOf(bind);
    }

    private void tell(String why, boolean silently, long cause) {
      over();
      process.lost(
          frontend,
          bind.name().orElseGet(() -> Integer.toString(number())),
          link,
          acceptedNanos,
          why,
          silently,
          cause);
    }
  }

  /** One handshake after the other has the processor. */
  private void compute(Runnable then) {
    busyUntil = Math.max(busyUntil, timers.nowNanos()) + HANDSHAKE_COMPUTING.toNanos();
    timers.at(busyUntil, then);
  }

  // ---- what the process asks for ----

  @Override
  public String hostName() {
    return surroundings.hostName();
  }

  @Override
  public int processId() {
    return surroundings.processId();
  }

  @Override
  public long monotonicNanos() {
    return timers.nowNanos();
  }

  @Override
  public long wallNanos() {
    return timers.wallNanos();
  }

  @Override
  public Alarm schedule(long deadlineNanos, Runnable action) {
    return timers.at(deadlineNanos, action)::cancel;
  }

  @Override
  public Link connect(Destination to, LinkListener listener, long cause) {
    ToListener handler = new ToListener(listener);
    if (to.server().tls().isPresent()) {
      return link(
          TlsConnection.connect(
              sockets,
              surroundings.who(),
              to.source(),
              to.address(),
              to.port(),
              to.preamble(),
              to.serverName(),
              this::compute,
              handler,
              cause));
    }
    if (to.preamble().length() == 0) {
      return link(
          sockets.connect(
              surroundings.who(), to.source(), to.address(), to.port(), handler, cause));
    }
    PreambleSender sender = new PreambleSender(to.preamble(), handler);
    Connection connection =
        sockets.connect(surroundings.who(), to.source(), to.address(), to.port(), sender, cause);
    sender.on(connection);
    return link(connection);
  }

  private static Link link(Connection connection) {
    return new SocketLink(connection, Optional.empty());
  }

  @Override
  public void log(String proxy, int level, String line, long cause) {
    surroundings.log(proxy, level, line, cause);
  }

  @Override
  public void observed(String backend, int server, Observation observation, long cause) {
    report(new ProxyPlane.Observed(backend, server, observation, cause));
  }

  @Override
  public void accepting(String frontend, boolean accept) {
    listeners.getOrDefault(frontend, List.of()).forEach(each -> each.pause(!accept));
  }

  @Override
  public void statistics(Consumer<String> csv, long cause) {
    statistics.ask(csv, cause);
  }

  @Override
  public long random() {
    return random.nextLong();
  }
}
