package org.vipdrift.model.haproxy;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.balance.BalancedBackend;
import org.vipdrift.model.balance.OperationalState;
import org.vipdrift.model.balance.RequestFacts;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.Termination.Cause;
import org.vipdrift.model.haproxy.Termination.Phase;
import org.vipdrift.model.haproxy.sample.LiveFigures;
import org.vipdrift.model.haproxy.sample.Sample;
import org.vipdrift.model.haproxy.sample.SampleCompiler;
import org.vipdrift.model.haproxy.sample.SampleContext;
import org.vipdrift.model.haproxy.settings.Balance;
import org.vipdrift.model.haproxy.settings.ProxyOption;
import org.vipdrift.model.haproxy.settings.RetryCondition;
import org.vipdrift.model.haproxy.settings.SampleExpression;
import org.vipdrift.model.haproxy.settings.VariableName;
import org.vipdrift.model.health.Observation;

/**
 * One request, or one TCP session, on its way to a server.
 *
 * <pre>
 *   RULES --> ASSIGNING --> QUEUED --slot--> CONNECTING --connected--> ESTABLISHED --> ENDED
 *                 ^  \___free slot____________^   |
 *                 |                               | refused, reset, timeout: retries left?
 *                 +---- redispatch ---- WAITING <-+   (1 s, or timeout connect if that is less;
 *                                          \_____________ same server                 not at all)
 * </pre>
 */
abstract class Stream implements SampleContext, RequestFacts {
  private static final long LONGEST_TURN_AROUND = Duration.ofSeconds(1).toNanos();

  /** How far it has come. */
  enum State {
    RULES,
    QUEUED,
    WAITING,
    CONNECTING,
    ESTABLISHED,
    ENDED
  }

  final ClientSession client;
  final ProxyProcess process;
  final StreamTimes times;
  State state = State.RULES;
  @Nullable Backend backend;
  @Nullable Server server;

  /** Persistence chose the server; balancing did not. */
  boolean direct;

  /** It goes to this server until redispatched. */
  boolean assigned;

  boolean forcePersist;
  boolean ignorePersist;
  boolean redispatched;
  int retries;
  long serverQueuePosition;
  long backendQueuePosition;
  private @Nullable Server occupied;
  private @Nullable Waiting waiting;
  private boolean countedAtServer;
  private boolean countedInBackend;
  ProxyEnvironment.@Nullable Alarm alarm;

  /** How it ended, for its log line. */
  @Nullable Termination termination;

  Stream(ClientSession client, long startNanos, long idleNanos) {
    this.client = client;
    this.process = client.process;
    this.times = new StreamTimes(startNanos, idleNanos);
  }

  // ---- what HTTP and TCP do differently ----

  /** Opens a connection to the server, or takes an idle one. */
  abstract void openConnection(Server to, long cause);

  /** Gives up the connection that is being opened. */
  abstract void dropConnection(long cause);

  /** No server: an error page for an HTTP client, an end for any other. */
  abstract void refuse(int status, Termination termination, long cause);

  /** A client that wants this backend's server came to another one. */
  abstract void persistenceLost();

  /** Somebody ends it: an administrator, or its server went down. */
  abstract void killed(Cause by, long cause);

  /** Octets from the server, as they are logged. */
  abstract long octetsReadSoFar();

  /** Octets from the client, as they are logged. */
  abstract long octetsSentSoFar();

  /** Whether a client that closes its side is taken to have gone. */
  boolean abortsOnClose() {
    return backend != null && backend.proxy.options().has(ProxyOption.ABORTONCLOSE);
  }

  // ---- backend ----

  Backend requireBackend() {
    if (backend == null) {
      throw new IllegalStateException("no backend was chosen");
    }
    return backend;
  }

  long now() {
    return process.environment.monotonicNanos();
  }

  final void enter(Backend chosen) {
    backend = chosen;
    countedInBackend = true;
    chosen.sessionBegan();
  }

  // ---- assignment ----

  /** Looks for a server, unless there is one, and for a slot of it. */
  final void assign(long cause) {
    Backend at = requireBackend();
    if (!assigned && !balance(at, cause)) {
      return;
    }
    Server chosen = server;
    if (chosen == null) {
      throw new IllegalStateException("assigned to no server");
    }
    if (chosen.isFull()) {
      if (chosen.queueIsFull()) {
        overflown(at, cause);
      } else {
        queue(at, chosen, cause);
      }
      return;
    }
    take(chosen);
    connect(cause);
  }

  /** A persistent client found its server's queue full. */
  private void overflown(Backend at, long cause) {
    if (direct && !forcePersist && at.proxy.options().redispatch().isPresent()) {
      direct = false;
      assigned = false;
      assign(cause);
    } else {
      refuse(503, new Termination(Cause.SERVER, Phase.QUEUE), cause);
    }
  }

  private boolean balance(Backend at, long cause) {
    Server previous = server;
    release(cause);
    server = null;
    if (!at.balanced.hasUsableServer()) {
      refuse(503, new Termination(Cause.SERVER, Phase.CONNECT), cause);
      return false;
    }
    int chosen = at.balanced.pick(this, previous == null ? BalancedBackend.NONE : previous.index);
    if (chosen == BalancedBackend.NONE) {
      queue(at, null, cause);
      return false;
    }
    server = at.servers.get(chosen);
    assigned = true;
    at.counter.balanced++;
    server.counter.balanced++;
    if (previous != null) {
      if (previous != server) {
        redispatched = true;
        previous.counter.redispatches++;
        at.counter.redispatches++;
        persistenceLost();
      } else {
        server.counter.retries++;
        at.counter.retries++;
      }
    }
    return true;
  }

  private void queue(Backend at, @Nullable Server of, long cause) {
    state = State.QUEUED;
    waiting = at.enqueue(this, of);
    Optional<Duration> timeout = at.queueTimeout();
    if (timeout.isPresent()) {
      alarm(timeout.get(), () -> queueTimedOut(cause));
    }
  }

  private void queueTimedOut(long cause) {
    leaveQueue();
    times.queued = now();
    refuse(503, new Termination(Cause.SERVER_TIMEOUT, Phase.QUEUE), cause);
  }

  private void leaveQueue() {
    if (waiting != null) {
      Waiting left = waiting;
      waiting = null;
      countPosition(left.server != null, requireBackend().leaveQueue(left));
    }
  }

  private void countPosition(boolean ofServer, long position) {
    if (ofServer) {
      serverQueuePosition += position;
    } else {
      backendQueuePosition += position;
    }
  }

  /** Its turn has come; it is out of the queue already. */
  final void slotGiven(Server by, long position, boolean fromServerQueue, long cause) {
    waiting = null;
    cancelAlarm();
    countPosition(fromServerQueue, position);
    server = by;
    assigned = true;
    take(by);
    process.soon(() -> connectIfWanted(cause));
  }

  private void connectIfWanted(long cause) {
    if (state == State.QUEUED) {
      connect(cause);
    }
  }

  /** Whether it does not insist on the server it waits for. */
  final boolean mayLeave(Server down) {
    return !forcePersist
        && (down.backend.proxy.options().redispatch().isPresent()
            || !direct
            || !down.backend.proxy.options().has(ProxyOption.PERSIST));
  }

  /** Its server went down while it waited for a slot there. */
  final void requeued(long cause) {
    waiting = null;
    cancelAlarm();
    direct = false;
    assigned = false;
    state = State.RULES;
    process.soon(
        () -> {
          if (state == State.RULES) {
            assign(cause);
          }
        });
  }

  private void take(Server chosen) {
    if (occupied != chosen) {
      occupied = chosen;
      chosen.backend.occupy(chosen, this);
    }
    times.queued = now();
  }

  /** Gives its slot back. */
  final void release(long cause) {
    if (occupied != null) {
      uncount();
      Server left = occupied;
      occupied = null;
      left.backend.vacate(left, this, cause);
    }
  }

  private void uncount() {
    if (countedAtServer && occupied != null) {
      countedAtServer = false;
      occupied.counter.sessionEnded();
    }
  }

  // ---- connection ----

  final void connect(long cause) {
    Server to = server;
    if (to == null) {
      throw new IllegalStateException("no server to connect to");
    }
    state = State.CONNECTING;
    if (!countedAtServer) {
      countedAtServer = true;
      to.counter.sessionBegan(now());
    }
    Optional<Duration> timeout = requireBackend().proxy.timeouts().connect();
    if (timeout.isPresent()) {
      alarm(timeout.get(), () -> connectTimedOut(cause));
    }
    openConnection(to, cause);
  }

  /** The connection is there. */
  void connected(long cause) {
    cancelAlarm();
    state = State.ESTABLISHED;
    times.connected = now();
    observed(Observation.CONNECTED, cause);
  }

  /** Where a connection of this client to that server goes. */
  final Destination destination(Server to, IpAddress address) {
    Octets preamble =
        to.settings.sendProxy() == 0
            ? Octets.EMPTY
            : ProxyHeader.write(
                to.settings.sendProxy(),
                new ProxyHeader.Ends(source(), sourcePort(), destination(), destinationPort()));
    return new Destination(
        to.settings,
        address,
        to.port(destinationPort()),
        process.sourceOf(to),
        to.serverName.flatMap(name -> name.value(this)).map(Sample::text),
        preamble);
  }

  private void connectTimedOut(long cause) {
    dropConnection(cause);
    failed(false, cause);
  }

  /** The connection was refused, or broke before it was there. */
  final void connectFailed(long cause) {
    failed(true, cause);
  }

  private void failed(boolean error, long cause) {
    cancelAlarm();
    uncount();
    observed(Observation.NOT_CONNECTED, cause);
    Backend at = requireBackend();
    if (retries >= at.settings.retries()
        || !at.settings.retryOn().contains(RetryCondition.CONN_FAILURE)) {
      at.counter.connectionErrors++;
      if (server != null) {
        server.counter.connectionErrors++;
      }
      release(cause);
      refuse(
          503, new Termination(error ? Cause.SERVER : Cause.SERVER_TIMEOUT, Phase.CONNECT), cause);
      return;
    }
    retries++;
    boolean same = !redispatches(at);
    if (same) {
      at.counter.retries++;
      if (server != null) {
        server.counter.retries++;
      }
    } else {
      release(cause);
      direct = false;
      assigned = false;
    }
    if (error && (same || at.balanced.usableActive() <= 1)) {
      state = State.WAITING;
      long pause =
          Math.min(
              LONGEST_TURN_AROUND,
              at.proxy.timeouts().connect().map(Duration::toNanos).orElse(Long.MAX_VALUE));
      alarm = process.environment.schedule(now() + pause, () -> again(cause));
    } else {
      again(cause);
    }
  }

  final void again(long cause) {
    alarm = null;
    if (assigned) {
      connect(cause);
    } else {
      assign(cause);
    }
  }

  /** Whether this retry goes to another server. */
  final boolean redispatches(Backend at) {
    Optional<Integer> every = at.proxy.options().redispatch();
    if (every.isEmpty() || forcePersist || server == null) {
      return false;
    }
    int n = every.get();
    int step = n > 0 ? n : at.settings.retries() + 1 + n;
    OperationalState operational = server.load().snapshot().state();
    boolean notRunning =
        operational == OperationalState.STOPPED || operational == OperationalState.STARTING;
    return notRunning
        || n != 0 && step > 0 && retries % step == 0
        || !direct && at.balanced.usableActive() > 1 && anyServerWillDo(at);
  }

  /** Whether one server is as good as another: all algorithms but those that hash. */
  private static boolean anyServerWillDo(Backend at) {
    return switch (at.settings.balance()) {
      case Balance.RoundRobin _,
          Balance.StaticRoundRobin _,
          Balance.LeastConnections _,
          Balance.First _,
          Balance.Random _ ->
          true;
      case Balance.Source _,
          Balance.Uri _,
          Balance.UrlParameter _,
          Balance.Header _,
          Balance.RdpCookie _,
          Balance.Hash _ ->
          false;
    };
  }

  final void observed(Observation observation, long cause) {
    if (server != null) {
      switch (server.settings.check().observe()) {
        case NONE -> {}
        case LAYER4, LAYER7 ->
            process.environment.observed(server.backend.name(), server.index, observation, cause);
      }
    }
  }

  // ---- ends ----

  /** It is over, however it ended: slots are free again, figures are right, the line is logged. */
  final void ended(Termination termination, long cause) {
    if (state == State.ENDED) {
      return;
    }
    Phase phase = termination.phase();
    state = State.ENDED;
    cancelAlarm();
    leaveQueue();
    times.closed = now();
    Server last = server;
    release(cause);
    if (countedInBackend) {
      requireBackend().sessionEnded();
    }
    server = last;
    log(phase == Phase.NONE ? Termination.NORMAL : termination, cause);
  }

  /** Writes its line. */
  abstract void log(Termination termination, long cause);

  final void alarm(Duration after, Runnable action) {
    cancelAlarm();
    alarm =
        process.environment.schedule(
            now() + after.toNanos(),
            () -> {
              alarm = null;
              action.run();
            });
  }

  final void cancelAlarm() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  /** In which phase a client would have left it now. */
  final Phase phase() {
    return switch (state) {
      case RULES -> Phase.REQUEST;
      case QUEUED -> Phase.QUEUE;
      case WAITING, CONNECTING -> Phase.CONNECT;
      case ESTABLISHED, ENDED -> Phase.HEADERS;
    };
  }

  // ---- what samples see ----

  @Override
  public IpAddress source() {
    return client.source;
  }

  @Override
  public int sourcePort() {
    return client.sourcePort;
  }

  @Override
  public IpAddress destination() {
    return client.link.localAddress();
  }

  @Override
  public int destinationPort() {
    return client.link.localPort();
  }

  @Override
  public boolean isTls() {
    return client.link.isTls();
  }

  @Override
  public Optional<String> serverName() {
    return client.link.serverName();
  }

  @Override
  public String frontendName() {
    return client.frontend.name();
  }

  @Override
  public String backendName() {
    return backend == null ? client.frontend.name() : backend.name();
  }

  @Override
  public Optional<String> server() {
    return Optional.ofNullable(server).map(Server::name);
  }

  @Override
  public Optional<Sample> variable(VariableName name) {
    return client.variables.get(name);
  }

  @Override
  public void setVariable(VariableName name, Sample value) {
    client.variables.set(name, value);
  }

  @Override
  public void unsetVariable(VariableName name) {
    client.variables.unset(name);
  }

  @Override
  public LiveFigures figures() {
    return process.figures;
  }

  @Override
  public long wallNanos() {
    return process.environment.wallNanos();
  }

  @Override
  public Optional<String> logVariable(String name) {
    return LogVariables.value(name, this);
  }

  @Override
  public Optional<Octets> sample(SampleExpression expression) {
    return SampleCompiler.compile(expression)
        .value(this)
        .map(value -> Octets.adopt(value.octets()));
  }
}
