package org.vipdrift.actors;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.settings.CheckMethod;
import org.vipdrift.model.haproxy.settings.CheckStep;
import org.vipdrift.model.haproxy.settings.ServerAddress;
import org.vipdrift.model.haproxy.settings.ServerPort;
import org.vipdrift.model.haproxy.settings.ServerSettings;
import org.vipdrift.model.health.CheckProbe;
import org.vipdrift.model.health.HealthBoard.ServerRef;
import org.vipdrift.model.health.HealthEvent;
import org.vipdrift.model.health.ProbeEffect;
import org.vipdrift.model.health.ProbeSettings;
import org.vipdrift.model.trace.TraceEvent;

/** Makes the checks of one server of an HAProxy, and keeps its timers. */
final class ServerChecker extends AbstractMatchingBehavior<ServerChecker.Command> {
  /** What it is told. */
  sealed interface Command {}

  /** Make a check now. */
  record Check() implements Command {}

  /** The next check is due then. */
  record CheckAt(long deadlineNanos) implements Command {}

  /** The next check is due then at the latest. */
  record CheckBy(long deadlineNanos) implements Command {}

  /** The weight is to be raised then. */
  record RampAt(long deadlineNanos) implements Command {}

  /** Give up what runs and stop. */
  record Stop() implements Command {}

  private record TimerExpired(DeadlineTimers.TimerFired<Timer> fired) implements Command {}

  private record Answered(Prober.Answer answer) implements Command {}

  private enum Timer {
    CHECK,
    PROBE,
    RAMP
  }

  private final ServerRef server;
  private final ServerSettings settings;
  private final ProbeSettings probing;
  private final Optional<IpAddress> address;
  private final ProxyPorts ports;
  private final ActorRef<LoadBalancer.Command> balancer;
  private final ActorRef<Prober.Answer> answers;
  private final DeadlineTimers<Timer> timers;
  private long base;
  private long probeId;
  private long checkAt;
  private @Nullable CheckProbe probe;

  private ServerChecker(
      ActorContext<Command> context,
      ServerRef server,
      ServerSettings settings,
      ProbeSettings probing,
      long firstId,
      ProxyPorts ports,
      ActorRef<LoadBalancer.Command> balancer) {
    super(context);
    this.server = server;
    this.settings = settings;
    this.probing = probing;
    this.address = ip(settings.check().address().orElse(settings.address()));
    this.base = firstId;
    this.probeId = firstId;
    this.ports = ports;
    this.balancer = balancer;
    this.answers = context.messageAdapter(Prober.Answer.class, Answered::new);
    this.timers =
        new DeadlineTimers<>(
            Timer.class, ports.alarms(), fired -> context.getSelf().tell(new TimerExpired(fired)));
  }

  /**
   * @param firstId the ids of its probes lie behind this one
   */
  static Behavior<Command> create(
      ServerRef server,
      ServerSettings settings,
      ProbeSettings probing,
      long firstId,
      ProxyPorts ports,
      ActorRef<LoadBalancer.Command> balancer) {
    return Behaviors.setup(
        context -> new ServerChecker(context, server, settings, probing, firstId, ports, balancer));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Check() -> check();
      case CheckAt(long deadline) -> arm(deadline);
      case CheckBy(long deadline) -> {
        if (timers.isArmed(Timer.CHECK) && deadline < checkAt) {
          arm(deadline);
        }
      }
      case RampAt(long deadline) -> timers.arm(Timer.RAMP, deadline);
      case TimerExpired(DeadlineTimers.TimerFired<Timer> fired) -> expired(fired);
      case Answered(Prober.Answer answer) -> answered(answer);
      case Stop() -> {
        timers.cancelAll();
        close(TraceEvent.NO_CAUSE);
        return Behaviors.stopped();
      }
    }
    return this;
  }

  private void arm(long deadline) {
    checkAt = deadline;
    timers.arm(Timer.CHECK, deadline);
  }

  private void expired(DeadlineTimers.TimerFired<Timer> fired) {
    if (!timers.accept(fired)) {
      return;
    }
    long now = ports.clock().monotonicNanos();
    switch (fired.key()) {
      case CHECK -> tell(new HealthEvent.CheckDue(now), TraceEvent.NO_CAUSE);
      case RAMP -> tell(new HealthEvent.RampDue(now), TraceEvent.NO_CAUSE);
      case PROBE -> {
        if (probe != null) {
          perform(probe.timedOut(now), TraceEvent.NO_CAUSE);
        }
      }
    }
  }

  private void tell(HealthEvent event, long cause) {
    balancer.tell(new LoadBalancer.ServerTold(server, event, cause));
  }

  private void check() {
    CheckProbe next = new CheckProbe(probing);
    probe = next;
    perform(next.start(ports.clock().monotonicNanos()), TraceEvent.NO_CAUSE);
  }

  private void answered(Prober.Answer answer) {
    CheckProbe running = probe;
    if (running == null || answer.id() != probeId) {
      return;
    }
    long now = ports.clock().monotonicNanos();
    List<ProbeEffect> effects =
        switch (answer) {
          case Prober.Opened _ -> running.opened(now);
          case Prober.Received received -> running.received(now, received.data());
          case Prober.Finished _ -> running.finished(now);
          case Prober.Failed failed -> running.failed(now, failure(failed.failure()));
        };
    perform(effects, answer.cause());
  }

  private static CheckProbe.Failure failure(Prober.Failure failure) {
    return switch (failure) {
      case REFUSED -> CheckProbe.Failure.REFUSED;
      case RESET -> CheckProbe.Failure.RESET;
      case TIMED_OUT -> CheckProbe.Failure.TIMED_OUT;
      case UNREACHABLE -> CheckProbe.Failure.UNREACHABLE;
      case TLS -> CheckProbe.Failure.TLS;
    };
  }

  private void perform(List<ProbeEffect> effects, long cause) {
    for (ProbeEffect effect : effects) {
      switch (effect) {
        case ProbeEffect.Open(Optional<CheckStep.Connect> step) -> open(step, cause);
        case ProbeEffect.Send send ->
            ports.prober().tell(new Prober.Send(ports.who(), probeId, send.data(), cause));
        case ProbeEffect.SetDeadline(long deadline) -> timers.arm(Timer.PROBE, deadline);
        case ProbeEffect.Close() -> close(cause);
        case ProbeEffect.Conclude conclude -> {
          timers.cancel(Timer.PROBE);
          probe = null;
          tell(
              new HealthEvent.CheckConcluded(ports.clock().monotonicNanos(), conclude.result()),
              cause);
        }
      }
    }
  }

  /** Each connection has a number of its own, so that late news of the one before is not heard. */
  private void open(Optional<CheckStep.Connect> step, long cause) {
    probeId = ++base;
    boolean own = settings.check().tls() || settings.tls().isPresent() && !isElsewhere();
    boolean tls = step.map(s -> s.tls() || s.likeServer() && own).orElse(own);
    Optional<String> name = step.flatMap(s -> s.sni()).or(() -> settings.check().sni());
    ports
        .prober()
        .tell(
            new Prober.Open(
                ports.who(),
                probeId,
                Prober.Transport.TCP,
                settings.source().map(s -> s.address()),
                step.flatMap(s -> s.address())
                    .flatMap(ServerChecker::ip)
                    .or(() -> address)
                    .orElseThrow(),
                step.flatMap(s -> s.port()).orElseGet(this::port),
                tls ? Optional.of(new Prober.Tls(name)) : Optional.empty(),
                0,
                answers,
                cause));
  }

  /** A check sent to another place than the server's speaks TLS only where that is said. */
  private boolean isElsewhere() {
    return settings.check().port().isPresent() || settings.check().address().isPresent();
  }

  /** HAProxy ends a check that asks nothing with a reset, which spares the server a session. */
  private void close(long cause) {
    if (probe != null) {
      boolean silent = probing.method() instanceof CheckMethod.TcpConnect;
      ports.prober().tell(new Prober.Close(ports.who(), probeId, silent, cause));
    }
  }

  private int port() {
    return settings
        .check()
        .port()
        .orElse(
            switch (settings.port()) {
              case ServerPort.Fixed(int port) -> port;
              case ServerPort.Mapped(int offset) -> offset;
              case ServerPort.Absent _ -> 0;
            });
  }

  static Optional<IpAddress> ip(ServerAddress address) {
    return switch (address) {
      case ServerAddress.Ip(IpAddress ip) -> Optional.of(ip);
      case ServerAddress.Name _, ServerAddress.Unix _ -> Optional.empty();
    };
  }
}
