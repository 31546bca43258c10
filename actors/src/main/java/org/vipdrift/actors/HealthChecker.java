package org.vipdrift.actors;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.DeadlineTimers.TimerFired;
import org.vipdrift.actors.port.Prober;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.model.checker.Check;
import org.vipdrift.model.checker.CheckerEffect;
import org.vipdrift.model.checker.CheckerEvent;
import org.vipdrift.model.checker.CheckerMachine;
import org.vipdrift.model.checker.CheckerSettings;
import org.vipdrift.model.checker.CheckerState;
import org.vipdrift.model.checker.ProbeEffect;
import org.vipdrift.model.checker.ProbeEvent;
import org.vipdrift.model.checker.ProbeMachine;
import org.vipdrift.model.checker.ProbeState;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ScriptOutcome;
import org.vipdrift.model.trace.TraceEvent;

/** Checks one real server again and again, and tells its virtual server. */
final class HealthChecker extends AbstractMatchingBehavior<HealthChecker.Command> {
  /** What it is told. */
  sealed interface Command {}

  /** Pause: the virtual address is not here. */
  record Suspend(long cause) implements Command {}

  /** Go on. */
  record Resume(long cause) implements Command {}

  /** Give up the check that runs, then stop. */
  record End(long cause) implements Command {}

  private record TimerExpired(TimerFired<Timer> fired) implements Command {}

  private record ProbeAnswered(Prober.Answer answer) implements Command {}

  private record ScriptFinished(ScriptRunner.Finished finished) implements Command {}

  private enum Timer {
    /** The next check. */
    CHECK,
    /** The end of patience with the one that runs. */
    TIMEOUT
  }

  private final CheckerSettings settings;
  private final NodePorts ports;
  private final String who;
  private final ActorRef<VirtualServer.Command> virtualServer;
  private final DeadlineTimers<Timer> timers;
  private final ActorRef<Prober.Answer> answers;
  private final ActorRef<ScriptRunner.Finished> finished;
  private CheckerState state;
  private ProbeState probe = ProbeState.initial(0);
  private boolean probing;

  private HealthChecker(
      ActorContext<Command> context,
      CheckerSettings settings,
      String name,
      NodePorts ports,
      ActorRef<VirtualServer.Command> virtualServer) {
    super(context);
    this.settings = settings;
    this.ports = ports;
    this.who = ports.who() + "/" + name;
    this.virtualServer = virtualServer;
    this.state = CheckerState.initial(settings);
    this.answers = context.messageAdapter(Prober.Answer.class, ProbeAnswered::new);
    this.finished = context.messageAdapter(ScriptRunner.Finished.class, ScriptFinished::new);
    this.timers =
        new DeadlineTimers<>(
            Timer.class, ports.alarms(), fired -> context.getSelf().tell(new TimerExpired(fired)));
    double share = ports.random().split("warm-up").split(name).nextDouble();
    on(new CheckerEvent.Started(now(), share), TraceEvent.NO_CAUSE);
  }

  /**
   * @param name unique in the process; its wait before the first check depends on it
   */
  static Behavior<Command> create(
      CheckerSettings settings,
      String name,
      NodePorts ports,
      ActorRef<VirtualServer.Command> virtualServer) {
    return Behaviors.setup(
        context -> new HealthChecker(context, settings, name, ports, virtualServer));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Suspend(long cause) -> on(new CheckerEvent.Suspended(now()), cause);
      case Resume(long cause) -> on(new CheckerEvent.Resumed(now()), cause);
      case End(long cause) -> {
        closeProbe(cause);
        timers.cancelAll();
        return Behaviors.stopped();
      }
      case TimerExpired(TimerFired<Timer> fired) -> {
        if (timers.accept(fired)) {
          expired(fired.key());
        }
      }
      case ProbeAnswered(Prober.Answer answer) -> answered(answer);
      case ScriptFinished(ScriptRunner.Finished answer) -> scriptEnded(answer);
    }
    return this;
  }

  private long now() {
    return ports.clock().monotonicNanos();
  }

  private void expired(Timer timer) {
    switch (timer) {
      case CHECK -> on(new CheckerEvent.CheckDue(now()), TraceEvent.NO_CAUSE);
      case TIMEOUT -> onProbe(new ProbeEvent.TimedOut(now()), TraceEvent.NO_CAUSE);
    }
  }

  private void answered(Prober.Answer answer) {
    if (!probing || answer.id() != state.runs()) {
      return;
    }
    ProbeEvent event =
        switch (answer) {
          case Prober.Opened _ -> new ProbeEvent.Opened(now());
          case Prober.Received(_, Octets data, _) -> new ProbeEvent.Received(now(), data);
          case Prober.Finished _ -> new ProbeEvent.Finished(now());
          case Prober.Failed(_, Prober.Failure failure, _) ->
              new ProbeEvent.Failed(now(), failure(failure));
        };
    onProbe(event, answer.cause());
  }

  private static ProbeEvent.Failure failure(Prober.Failure failure) {
    return switch (failure) {
      case REFUSED -> ProbeEvent.Failure.REFUSED;
      case RESET -> ProbeEvent.Failure.RESET;
      case TIMED_OUT -> ProbeEvent.Failure.TIMED_OUT;
      case UNREACHABLE -> ProbeEvent.Failure.UNREACHABLE;
      case TLS -> ProbeEvent.Failure.TLS;
    };
  }

  private void on(CheckerEvent event, long cause) {
    CheckerMachine.Transition transition = CheckerMachine.on(settings, state, event);
    state = transition.next();
    for (CheckerEffect effect : transition.effects()) {
      switch (effect) {
        case CheckerEffect.StartCheck(long run, int url) -> start(run, url, cause);
        case CheckerEffect.AbandonCheck _ -> closeProbe(cause);
        case CheckerEffect.SetCheckTimer(long deadline) -> timers.arm(Timer.CHECK, deadline);
        case CheckerEffect.CancelCheckTimer _ -> timers.cancel(Timer.CHECK);
        case CheckerEffect.Report(boolean up, String reason) ->
            virtualServer.tell(
                new VirtualServer.CheckerReported(getContext().getSelf(), up, reason, cause));
        case CheckerEffect.Log(String line) ->
            ports.trace().emit(new TraceDetail.LogLine(ports.process(), line), cause);
      }
    }
  }

  private void start(long run, int url, long cause) {
    switch (settings.check()) {
      case Check.Misc misc ->
          ports
              .scripts()
              .tell(
                  new ScriptRunner.Run(
                      ports.who(),
                      String.join(" ", misc.command()),
                      run,
                      misc.command(),
                      misc.timeout(),
                      finished,
                      cause));
      case Check.Tcp _, Check.Http _, Check.Ping _, Check.Udp _, Check.Dns _, Check.Smtp _ -> {
        probing = true;
        probe = ProbeState.initial(url);
        onProbe(new ProbeEvent.Started(now(), run), cause);
      }
    }
  }

  private void onProbe(ProbeEvent event, long cause) {
    if (!probing) {
      return;
    }
    ProbeMachine.Transition transition = ProbeMachine.on(settings, probe, event);
    probe = transition.next();
    for (ProbeEffect effect : transition.effects()) {
      switch (effect) {
        case ProbeEffect.Open _ -> open(cause);
        case ProbeEffect.Send(Octets data) ->
            ports.prober().tell(new Prober.Send(who, state.runs(), data, cause));
        case ProbeEffect.SetTimeout(long deadline) -> timers.arm(Timer.TIMEOUT, deadline);
        case ProbeEffect.Succeed _ -> {
          closeProbe(cause);
          on(new CheckerEvent.CheckSucceeded(now()), cause);
        }
        case ProbeEffect.Fail(String explanation) -> {
          closeProbe(cause);
          on(new CheckerEvent.CheckFailed(now(), explanation), cause);
        }
      }
    }
  }

  private void open(long cause) {
    Prober.Transport transport =
        switch (settings.check()) {
          case Check.Udp _, Check.Dns _ -> Prober.Transport.UDP;
          case Check.Ping _ -> Prober.Transport.ICMP;
          case Check.Tcp _, Check.Http _, Check.Smtp _, Check.Misc _ -> Prober.Transport.TCP;
        };
    Optional<Prober.Tls> tls =
        settings.check() instanceof Check.Http http && http.tls()
            ? Optional.of(new Prober.Tls(serverName(http)))
            : Optional.empty();
    ports
        .prober()
        .tell(
            new Prober.Open(
                who,
                state.runs(),
                transport,
                settings.source(),
                settings.address(),
                settings.port(),
                tls,
                settings.mark(),
                answers,
                cause));
  }

  private Optional<String> serverName(Check.Http http) {
    return http.serverNameIndication()
        ? http.urls().get(probe.url()).virtualHost().or(http::virtualHost)
        : Optional.empty();
  }

  private void closeProbe(long cause) {
    if (probing) {
      probing = false;
      timers.cancel(Timer.TIMEOUT);
      ports.prober().tell(new Prober.Close(who, state.runs(), false, cause));
    }
  }

  private void scriptEnded(ScriptRunner.Finished answer) {
    if (answer.id() != state.runs()
        || !state.running()
        || !(settings.check() instanceof Check.Misc misc)) {
      return;
    }
    String name = String.join(" ", misc.command());
    switch (answer.ending()) {
      case ScriptRunner.Exited(int code) -> {
        boolean good = code == 0 || misc.dynamic() && code > 1;
        long cause =
            ports
                .trace()
                .emit(
                    new TraceDetail.ScriptResult(
                        name,
                        good ? ScriptOutcome.OK : ScriptOutcome.FAILED,
                        Optional.of(code),
                        good || state.up() && state.retries() < settings.retries()),
                    answer.cause());
        if (good && misc.dynamic()) {
          virtualServer.tell(
              new VirtualServer.WeightReported(
                  getContext().getSelf(), code == 0 ? -1 : code - 2, cause));
        }
        on(
            good
                ? new CheckerEvent.CheckSucceeded(now())
                : new CheckerEvent.CheckFailed(now(), "exited with status " + code),
            cause);
      }
      case ScriptRunner.TimedOut() -> {
        long cause =
            ports
                .trace()
                .emit(
                    new TraceDetail.ScriptResult(
                        name, ScriptOutcome.TIMEOUT, Optional.empty(), false),
                    answer.cause());
        on(new CheckerEvent.CheckFailed(now(), "timed out"), cause);
      }
    }
  }
}
