package org.vipdrift.actors;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.TrackerCommand.TrackerTimer;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.model.node.NodeConfiguration.CheckScript;
import org.vipdrift.model.node.NodeConfiguration.TrackedKind;
import org.vipdrift.model.node.Tracking.TrackedStatus;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ScriptOutcome;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.tracking.ScriptEffect;
import org.vipdrift.model.tracking.ScriptEvent;
import org.vipdrift.model.tracking.ScriptMachine;
import org.vipdrift.model.tracking.ScriptState;
import org.vipdrift.model.tracking.ScriptState.Status;

/** Runs one check script again and again, and tells the instances that track it. */
final class ScriptTracker extends AbstractMatchingBehavior<TrackerCommand> {
  private final CheckScript script;
  private final NodePorts ports;
  private final DeadlineTimers<TrackerTimer> timers;
  private final ActorRef<ScriptRunner.Finished> finished;
  private List<ActorRef<VrrpInstance.Command>> subscribers = List.of();
  private ScriptState state;

  private ScriptTracker(ActorContext<TrackerCommand> context, CheckScript script, NodePorts ports) {
    super(context);
    this.script = script;
    this.ports = ports;
    this.state = ScriptState.initial(script.settings());
    this.finished =
        context.messageAdapter(ScriptRunner.Finished.class, TrackerCommand.ScriptFinished::new);
    this.timers =
        new DeadlineTimers<>(
            TrackerTimer.class,
            ports.alarms(),
            fired -> context.getSelf().tell(new TrackerCommand.TimerExpired(fired)));
    on(new ScriptEvent.RunDue(ports.clock().monotonicNanos()), TraceEvent.NO_CAUSE);
  }

  static Behavior<TrackerCommand> create(CheckScript script, NodePorts ports) {
    return Behaviors.setup(context -> new ScriptTracker(context, script, ports));
  }

  @Override
  public Behavior<TrackerCommand> onMessage(TrackerCommand command) {
    switch (command) {
      case TrackerCommand.Serve(List<ActorRef<VrrpInstance.Command>> next) -> {
        subscribers = next;
        report(TraceEvent.NO_CAUSE);
      }
      case TrackerCommand.TimerExpired(DeadlineTimers.TimerFired<TrackerTimer> fired) -> {
        if (timers.accept(fired)) {
          on(new ScriptEvent.RunDue(ports.clock().monotonicNanos()), TraceEvent.NO_CAUSE);
        }
      }
      case TrackerCommand.ScriptFinished(ScriptRunner.Finished answer) -> ended(answer);
      case TrackerCommand.FileSeen _, TrackerCommand.ProcessesCounted _ ->
          throw new IllegalStateException("not for a script tracker: " + command);
    }
    return this;
  }

  private void ended(ScriptRunner.Finished answer) {
    long now = ports.clock().monotonicNanos();
    Status before = state.status();
    ScriptEvent event =
        switch (answer.ending()) {
          case ScriptRunner.Exited(int code) when code == 0 -> new ScriptEvent.RunSucceeded(now);
          case ScriptRunner.Exited(int code) ->
              new ScriptEvent.RunFailed(now, "exited with status " + code);
          case ScriptRunner.TimedOut() -> new ScriptEvent.RunFailed(now, "due to timeout");
        };
    ScriptState after = ScriptMachine.on(script.settings(), state, event).next();
    boolean up = (after.status() == Status.UNDECIDED ? before : after.status()) == Status.UP;
    long cause =
        ports
            .trace()
            .emit(
                switch (answer.ending()) {
                  case ScriptRunner.Exited(int code) ->
                      new TraceDetail.ScriptResult(
                          script.name(),
                          code == 0 ? ScriptOutcome.OK : ScriptOutcome.FAILED,
                          Optional.of(code),
                          up);
                  case ScriptRunner.TimedOut() ->
                      new TraceDetail.ScriptResult(
                          script.name(), ScriptOutcome.TIMEOUT, Optional.empty(), up);
                },
                answer.cause());
    on(event, cause);
  }

  private void on(ScriptEvent event, long cause) {
    ScriptMachine.Transition transition = ScriptMachine.on(script.settings(), state, event);
    state = transition.next();
    for (ScriptEffect effect : transition.effects()) {
      switch (effect) {
        case ScriptEffect.StartRun(long run) ->
            ports
                .scripts()
                .tell(
                    new ScriptRunner.Run(
                        ports.who(),
                        script.name(),
                        run,
                        script.command(),
                        script.account(),
                        Optional.of(script.settings().timeout()),
                        finished,
                        cause));
        case ScriptEffect.SetRunTimer(long deadline) -> timers.arm(TrackerTimer.RUN, deadline);
        case ScriptEffect.ReportStatus _ -> report(cause);
        case ScriptEffect.Log(String line) ->
            ports.trace().emit(new TraceDetail.LogLine(ports.process(), line), cause);
      }
    }
  }

  private void report(long cause) {
    if (state.status() != Status.UNDECIDED) {
      VrrpInstance.TrackedChanged news =
          new VrrpInstance.TrackedChanged(
              TrackedKind.SCRIPT,
              script.name(),
              new TrackedStatus.Working(state.status() == Status.UP),
              cause);
      subscribers.forEach(s -> s.tell(news));
    }
  }
}
