package org.vipdrift.netio.port;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.actors.port.Clock;
import org.vipdrift.actors.port.ProcessWatch;

/**
 * Counts the processes of this machine.
 *
 * <p>Departs from keepalived, which has the kernel's process connector tell it of every fork and
 * exec: this looks into {@code /proc} every 100 ms while somebody watches, and where more than
 * 1,000 processes run more seldom in proportion, so that it never takes more than a few hundredths
 * of a processor. A process that lives shorter than that may never be seen.
 */
public final class LinuxProcessWatch extends AbstractMatchingBehavior<LinuxProcessWatch.Message> {
  private static final Logger LOG = LoggerFactory.getLogger(LinuxProcessWatch.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int PROCESSES_PER_PAUSE = 1000;
  private static final long NO_CAUSE = 0;

  /** What this actor is told. */
  sealed interface Message {}

  private record Asked(ProcessWatch.Command command) implements Message {}

  private record LookDue() implements Message {}

  /** One look, for the watches it was made for. */
  private record Looked(List<Watched> watches, List<Integer> counts, int processes)
      implements Message {}

  private static final class Watched {
    private final ProcessWatch.Watch asked;
    private OptionalInt told = OptionalInt.empty();

    Watched(ProcessWatch.Watch asked) {
      this.asked = asked;
    }
  }

  private final RunningProcesses processes;
  private final Clock clock;
  private final Alarms alarms;
  private final ExecutorService thread;
  private final List<Watched> watches = new ArrayList<>();
  private Alarms.Alarm next = () -> {};
  private boolean looking;
  private boolean askedAnew;

  private LinuxProcessWatch(ActorContext<Message> context, Path proc, Clock clock, Alarms alarms) {
    super(context);
    this.processes = new RunningProcesses(proc);
    this.clock = clock;
    this.alarms = alarms;
    this.thread = NamedThreads.pool("vipdrift-procs", 1);
  }

  /** The port of this machine. */
  public static Behavior<ProcessWatch.Command> create(Clock clock, Alarms alarms) {
    Behavior<Message> watch =
        Behaviors.setup(context -> new LinuxProcessWatch(context, Path.of("/proc"), clock, alarms));
    return Behaviors.transformMessages(
        ProcessWatch.Command.class,
        watch,
        commands -> commands.match(ProcessWatch.Command.class, Asked::new));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Asked(ProcessWatch.Watch watch) -> {
        watches.add(new Watched(watch));
        askedAnew = true;
        look();
      }
      case Asked(ProcessWatch.Unwatch(String who)) ->
          watches.removeIf(watched -> watched.asked.who().equals(who));
      case LookDue() -> look();
      case Looked looked -> looked(looked);
    }
    return this;
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      next.cancel();
      thread.shutdown();
    }
    return this;
  }

  private void look() {
    if (looking || watches.isEmpty()) {
      return;
    }
    next.cancel();
    looking = true;
    askedAnew = false;
    List<Watched> asked = List.copyOf(watches);
    ActorRef<Message> self = getContext().getSelf();
    thread.execute(
        () -> {
          List<Integer> counts = List.of();
          try {
            processes.look(clock.monotonicNanos());
            counts =
                asked.stream()
                    .map(w -> processes.count(w.asked.name(), w.asked.arguments()))
                    .toList();
          } catch (IOException failure) {
            LOG.warn("The processes of this machine cannot be read", failure);
          }
          self.tell(new Looked(asked, counts, processes.size()));
        });
  }

  private void looked(Looked looked) {
    looking = false;
    for (int i = 0; i < looked.counts.size(); i++) {
      Watched watched = looked.watches.get(i);
      int count = looked.counts.get(i);
      boolean news = watched.told.isEmpty() || watched.told.getAsInt() != count;
      if (news && watches.contains(watched)) {
        watched.told = OptionalInt.of(count);
        watched
            .asked
            .subscriber()
            .tell(new ProcessWatch.ProcessCount(watched.asked.name(), count, NO_CAUSE));
      }
    }
    if (askedAnew) {
      look();
    } else if (!watches.isEmpty()) {
      long pauses = Math.max(1, looked.processes / PROCESSES_PER_PAUSE);
      ActorRef<Message> self = getContext().getSelf();
      next =
          alarms.set(
              clock.monotonicNanos() + pauses * BETWEEN_LOOKS.toNanos(),
              () -> self.tell(new LookDue()));
    }
  }
}
