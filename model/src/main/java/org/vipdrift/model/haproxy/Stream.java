package org.vipdrift.model.haproxy;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.balance.BalancedBackend;
import org.vipdrift.model.balance.RequestFacts;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.Termination.Cause;
import org.vipdrift.model.haproxy.Termination.Phase;
import org.vipdrift.model.haproxy.sample.Sample;
import org.vipdrift.model.haproxy.sample.SampleCompiler;
import org.vipdrift.model.haproxy.settings.ProxyOption;
import org.vipdrift.model.haproxy.settings.RetryCondition;
import org.vipdrift.model.haproxy.settings.SampleExpression;
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
abstract class Stream extends ClientContext implements RequestFacts {
  /** How far it has come. */
  enum State {
    RULES,
    QUEUED,
    WAITING,
    CONNECTING,
    ESTABLISHED,
    ENDED
  }

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
  final Place place = new Place(this);
  final Retries retries = new Retries(this);
  private boolean countedInBackend;
  ProxyEnvironment.@Nullable Alarm alarm;

  /** How it ended, for its log line. */
  @Nullable Termination termination;

  Stream(ClientSession client, long startNanos, long idleNanos) {
    super(client);
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
      balanceAnew();
      assign(cause);
    } else {
      refuse(503, new Termination(Cause.SERVER, Phase.QUEUE), cause);
    }
  }

  private boolean balance(Backend at, long cause) {
    Server previous = server;
    place.release(cause);
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
        retries.redispatched = true;
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
    place.queue(at, of);
    Optional<Duration> timeout = at.queueTimeout();
    if (timeout.isPresent()) {
      alarm(timeout.get(), () -> queueTimedOut(cause));
    }
  }

  private void queueTimedOut(long cause) {
    place.leaveQueue();
    times.queued = now();
    refuse(503, new Termination(Cause.SERVER_TIMEOUT, Phase.QUEUE), cause);
  }

  /** Its turn has come; it is out of the queue already. */
  final void slotGiven(Server by, long position, boolean fromServerQueue, long cause) {
    cancelAlarm();
    place.served(fromServerQueue, position);
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
    place.sentAway();
    cancelAlarm();
    balanceAnew();
    state = State.RULES;
    process.soon(
        () -> {
          if (state == State.RULES) {
            assign(cause);
          }
        });
  }

  private void take(Server chosen) {
    place.take(chosen);
    times.queued = now();
  }

  /** The next attempt may go to any server. */
  final void balanceAnew() {
    direct = false;
    assigned = false;
  }

  // ---- connection ----

  final void connect(long cause) {
    Server to = server;
    if (to == null) {
      throw new IllegalStateException("no server to connect to");
    }
    state = State.CONNECTING;
    place.count(to, now());
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
    place.uncount();
    observed(Observation.NOT_CONNECTED, cause);
    Backend at = requireBackend();
    if (!retries.again(RetryCondition.CONN_FAILURE)) {
      at.counter.connectionErrors++;
      if (server != null) {
        server.counter.connectionErrors++;
      }
      place.release(cause);
      refuse(
          503, new Termination(error ? Cause.SERVER : Cause.SERVER_TIMEOUT, Phase.CONNECT), cause);
      return;
    }
    boolean same = !retries.redispatch();
    if (same) {
      at.counter.retries++;
      if (server != null) {
        server.counter.retries++;
      }
    } else {
      place.release(cause);
      balanceAnew();
    }
    if (error && (same || at.balanced.usableActive() <= 1)) {
      state = State.WAITING;
      alarm = process.environment.schedule(now() + retries.turnAroundNanos(), () -> again(cause));
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
    place.leaveQueue();
    times.closed = now();
    Server last = server;
    place.release(cause);
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
  public String backendName() {
    return backend == null ? client.frontend.name() : backend.name();
  }

  @Override
  public Optional<String> server() {
    return Optional.ofNullable(server).map(Server::name);
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
