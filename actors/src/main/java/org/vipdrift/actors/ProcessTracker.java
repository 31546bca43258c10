package org.vipdrift.actors;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.TrackerCommand.TrackerTimer;
import org.vipdrift.actors.port.ProcessWatch;
import org.vipdrift.model.node.NodeConfiguration.TrackedKind;
import org.vipdrift.model.node.NodeConfiguration.WatchedProcess;
import org.vipdrift.model.node.Tracking.TrackedStatus;
import org.vipdrift.model.trace.TraceEvent;

/** Counts the processes of one program, and tells the instances when too few or too many run. */
final class ProcessTracker extends AbstractMatchingBehavior<TrackerCommand> {
  private final WatchedProcess process;
  private final NodePorts ports;
  private final DeadlineTimers<TrackerTimer> timers;
  private List<ActorRef<VrrpInstance.Command>> subscribers = List.of();
  private Optional<Boolean> reported = Optional.empty();
  private boolean enough;
  private long cause = TraceEvent.NO_CAUSE;

  private ProcessTracker(
      ActorContext<TrackerCommand> context, WatchedProcess process, NodePorts ports) {
    super(context);
    this.process = process;
    this.ports = ports;
    this.timers =
        new DeadlineTimers<>(
            TrackerTimer.class,
            ports.alarms(),
            fired -> context.getSelf().tell(new TrackerCommand.TimerExpired(fired)));
    ports
        .processes()
        .tell(
            new ProcessWatch.Watch(
                ports.who(),
                process.program(),
                process.arguments(),
                context.messageAdapter(
                    ProcessWatch.ProcessCount.class, TrackerCommand.ProcessesCounted::new)));
  }

  static Behavior<TrackerCommand> create(WatchedProcess process, NodePorts ports) {
    return Behaviors.setup(context -> new ProcessTracker(context, process, ports));
  }

  @Override
  public Behavior<TrackerCommand> onMessage(TrackerCommand command) {
    switch (command) {
      case TrackerCommand.Serve(List<ActorRef<VrrpInstance.Command>> next) -> {
        subscribers = next;
        reported.ifPresent(up -> report(up, TraceEvent.NO_CAUSE));
      }
      case TrackerCommand.ProcessesCounted(ProcessWatch.ProcessCount count) -> counted(count);
      case TrackerCommand.TimerExpired(DeadlineTimers.TimerFired<TrackerTimer> fired) -> {
        if (timers.accept(fired)) {
          settle();
        }
      }
      case TrackerCommand.ScriptFinished _, TrackerCommand.FileSeen _ ->
          throw new IllegalStateException("not for a process tracker: " + command);
    }
    return this;
  }

  private void counted(ProcessWatch.ProcessCount count) {
    enough = count.count() >= process.quorum() && count.count() <= process.quorumMaximum();
    cause = count.cause();
    if (reported.isPresent() && reported.get() == enough) {
      timers.cancel(TrackerTimer.SETTLE);
      return;
    }
    Duration delay = enough ? process.riseDelay() : process.fallDelay();
    if (reported.isEmpty() || delay.isZero()) {
      settle();
    } else if (!timers.isArmed(TrackerTimer.SETTLE)) {
      timers.arm(TrackerTimer.SETTLE, ports.clock().monotonicNanos() + delay.toNanos());
    }
  }

  private void settle() {
    reported = Optional.of(enough);
    report(enough, cause);
  }

  private void report(boolean up, long newsCause) {
    VrrpInstance.TrackedChanged news =
        new VrrpInstance.TrackedChanged(
            TrackedKind.PROCESS, process.name(), new TrackedStatus.Working(up), newsCause);
    subscribers.forEach(s -> s.tell(news));
  }
}
