package org.vipdrift.netio.port;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.actors.port.Clock;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.netio.port.FolderEvents.Change;

/**
 * Watches files of this machine: inotify tells of changes in their folders, and once a second all
 * are looked at, for the sake of folders that do not exist yet and of links.
 *
 * <p>A change is read when the folder has been quiet for 20 ms, so that a file that is emptied and
 * then written is not seen empty (keepalived waits until the writer closes it, which the JDK does
 * not tell). Only content that differs from the last is told.
 */
public final class LinuxFileWatch extends AbstractMatchingBehavior<LinuxFileWatch.Message> {
  private static final Duration QUIET = Duration.ofMillis(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final long NO_CAUSE = 0;

  /** What this actor is told. */
  sealed interface Message {}

  private record Asked(FileWatch.Command command) implements Message {}

  private record Changed(Change change) implements Message {}

  private record LookDue() implements Message {}

  private record ReadDue(String path) implements Message {}

  private record Read(String path, Optional<String> content) implements Message {}

  private static final class Watched {
    private final List<FileWatch.Watch> waiting = new ArrayList<>();
    private final List<FileWatch.Watch> told = new ArrayList<>();
    private Optional<String> content = Optional.empty();
    private Alarms.Alarm reading = () -> {};
  }

  private final Clock clock;
  private final Alarms alarms;
  private final FolderEvents folders;
  private final Map<String, Watched> files = new LinkedHashMap<>();
  private Alarms.Alarm look = () -> {};

  private LinuxFileWatch(
      ActorContext<Message> context, Clock clock, Alarms alarms, FolderEvents folders) {
    super(context);
    this.clock = clock;
    this.alarms = alarms;
    this.folders = folders;
  }

  /** The port of this machine; its actor stops at once where there is no inotify. */
  public static Behavior<FileWatch.Command> create(Clock clock, Alarms alarms) {
    Behavior<Message> watch =
        Behaviors.setup(
            context -> {
              ActorRef<Message> self = context.getSelf();
              return new LinuxFileWatch(
                  context,
                  clock,
                  alarms,
                  FolderEvents.open(change -> self.tell(new Changed(change))));
            });
    return Behaviors.transformMessages(
        FileWatch.Command.class,
        watch,
        commands -> commands.match(FileWatch.Command.class, Asked::new));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Asked(FileWatch.Watch watch) -> {
        files.computeIfAbsent(watch.path(), _ -> new Watched()).waiting.add(watch);
        read(watch.path());
        if (files.size() == 1) {
          lookLater();
        }
      }
      case Asked(FileWatch.Unwatch(String who)) -> unwatch(who);
      case Changed(Change.Of(String path)) -> changed(path);
      case Changed(Change.Unknown _) -> files.keySet().forEach(this::changed);
      case LookDue _ -> {
        if (!files.isEmpty()) {
          files.keySet().forEach(this::read);
          lookLater();
        }
      }
      case ReadDue(String path) -> read(path);
      case Read(String path, Optional<String> content) -> seen(path, content);
    }
    return this;
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      look.cancel();
      files.values().forEach(watched -> watched.reading.cancel());
      try {
        folders.close();
      } catch (IOException failure) {
        getContext().getLog().warn("Watching files does not end in order", failure);
      }
    }
    return this;
  }

  private void unwatch(String who) {
    for (Watched watched : files.values()) {
      watched.waiting.removeIf(watch -> watch.who().equals(who));
      watched.told.removeIf(watch -> watch.who().equals(who));
    }
    files.values().removeIf(watched -> watched.waiting.isEmpty() && watched.told.isEmpty());
  }

  private void changed(String path) {
    Watched watched = files.get(path);
    if (watched != null) {
      watched.reading.cancel();
      watched.reading = tellLater(QUIET, new ReadDue(path));
    }
  }

  private void read(String path) {
    ActorRef<Message> self = getContext().getSelf();
    folders.read(path, content -> self.tell(new Read(path, content)));
  }

  private void seen(String path, Optional<String> content) {
    Watched watched = files.get(path);
    if (watched == null) {
      return;
    }
    FileWatch.FileStatus status = new FileWatch.FileStatus(path, content, NO_CAUSE);
    if (!content.equals(watched.content)) {
      watched.content = content;
      watched.told.forEach(watch -> watch.subscriber().tell(status));
    }
    watched.waiting.forEach(watch -> watch.subscriber().tell(status));
    watched.told.addAll(watched.waiting);
    watched.waiting.clear();
  }

  private void lookLater() {
    look.cancel();
    look = tellLater(BETWEEN_LOOKS, new LookDue());
  }

  private Alarms.Alarm tellLater(Duration after, Message message) {
    ActorRef<Message> self = getContext().getSelf();
    return alarms.set(clock.monotonicNanos() + after.toNanos(), () -> self.tell(message));
  }
}
