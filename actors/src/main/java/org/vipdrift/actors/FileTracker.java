package org.vipdrift.actors;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.model.node.NodeConfiguration.TrackedKind;
import org.vipdrift.model.node.NodeConfiguration.WatchedFile;
import org.vipdrift.model.node.Tracking.TrackedStatus;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.tracking.FileValue;

/** Reads the number in one tracked file whenever it changes, and tells the instances. */
final class FileTracker extends AbstractMatchingBehavior<TrackerCommand> {
  private final WatchedFile file;
  private List<ActorRef<VrrpInstance.Command>> subscribers = List.of();
  private Optional<FileWatch.FileStatus> known = Optional.empty();

  private FileTracker(ActorContext<TrackerCommand> context, WatchedFile file, NodePorts ports) {
    super(context);
    this.file = file;
    ports
        .files()
        .tell(
            new FileWatch.Watch(
                ports.who(),
                file.path(),
                context.messageAdapter(FileWatch.FileStatus.class, TrackerCommand.FileSeen::new)));
  }

  static Behavior<TrackerCommand> create(WatchedFile file, NodePorts ports) {
    return Behaviors.setup(context -> new FileTracker(context, file, ports));
  }

  @Override
  public Behavior<TrackerCommand> onMessage(TrackerCommand command) {
    switch (command) {
      case TrackerCommand.Serve(List<ActorRef<VrrpInstance.Command>> next) -> {
        subscribers = next;
        known.ifPresent(status -> report(status, TraceEvent.NO_CAUSE));
      }
      case TrackerCommand.FileSeen(FileWatch.FileStatus status) -> {
        known = Optional.of(status);
        report(status, status.cause());
      }
      case TrackerCommand.TimerExpired _,
          TrackerCommand.ScriptFinished _,
          TrackerCommand.ProcessesCounted _ ->
          throw new IllegalStateException("not for a file tracker: " + command);
    }
    return this;
  }

  private void report(FileWatch.FileStatus status, long cause) {
    VrrpInstance.TrackedChanged news =
        new VrrpInstance.TrackedChanged(
            TrackedKind.FILE,
            file.name(),
            new TrackedStatus.Value(FileValue.of(status.content())),
            cause);
    subscribers.forEach(s -> s.tell(news));
  }
}
