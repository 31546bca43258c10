package org.vipdrift.netio.port;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.actors.port.Clock;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.netio.script.ScriptLauncher;
import org.vipdrift.netio.script.ScriptLauncher.Start;
import org.vipdrift.netio.script.ScriptUser;

/**
 * Runs scripts on this machine.
 *
 * <p>A script that does not end in time, or is abandoned, gets TERM with all that it has started,
 * and two seconds later KILL; what escapes into a session of its own is let go, as keepalived does.
 * Programs are started and signalled on two named threads; their ends are awaited by the JVM.
 */
public final class LinuxScriptRunner extends AbstractMatchingBehavior<LinuxScriptRunner.Message> {
  private static final int THREADS = 2;
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** What this actor is told: what a process asks, and what becomes of the scripts. */
  sealed interface Message {}

  private record Asked(ScriptRunner.Command command) implements Message {}

  private record Started(long run, Start start) implements Message {}

  private record Ended(long run, int code) implements Message {}

  private record Expired(long run) implements Message {}

  private record GraceOver(long run) implements Message {}

  /** A script from the time it was asked for until nothing is left of it. */
  private static final class Run {
    private final ScriptRunner.Run asked;
    private Start.@Nullable Running running;
    private Alarms.Alarm alarm = () -> {};
    private boolean abandoned;
    private boolean expired;
    private boolean ended;

    Run(ScriptRunner.Run asked) {
      this.asked = asked;
    }
  }

  private final ScriptLauncher launcher;
  private final Supplier<ScriptUser> standard;
  private final Clock clock;
  private final Alarms alarms;
  private final ExecutorService threads;
  private final Map<Long, Run> runs = new LinkedHashMap<>();
  private long lastRun;

  private LinuxScriptRunner(
      ActorContext<Message> context,
      ScriptLauncher launcher,
      Supplier<ScriptUser> standard,
      Clock clock,
      Alarms alarms) {
    super(context);
    this.launcher = launcher;
    this.standard = standard;
    this.clock = clock;
    this.alarms = alarms;
    this.threads = NamedThreads.pool("vipdrift-script", THREADS);
  }

  /**
   * The port of this machine.
   *
   * @param standard whom scripts run as that name nobody themselves, asked at every start; other
   *     users than that of this process need root
   */
  public static Behavior<ScriptRunner.Command> create(
      ScriptLauncher launcher, Supplier<ScriptUser> standard, Clock clock, Alarms alarms) {
    Behavior<Message> runner =
        Behaviors.setup(
            context -> new LinuxScriptRunner(context, launcher, standard, clock, alarms));
    return Behaviors.transformMessages(
        ScriptRunner.Command.class,
        runner,
        commands -> commands.match(ScriptRunner.Command.class, Asked::new));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Asked(ScriptRunner.Run run) -> start(run);
      case Asked(ScriptRunner.AbandonAll(String who)) -> abandonAll(who);
      case Started(long run, Start start) -> started(run, start);
      case Ended(long run, int code) -> ended(run, code);
      case Expired(long run) -> expired(run);
      case GraceOver(long run) -> graceOver(run);
    }
    return this;
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      List<Start.Running> left = new ArrayList<>();
      for (Run run : runs.values()) {
        run.alarm.cancel();
        if (run.running != null) {
          left.add(run.running);
        }
      }
      threads.execute(() -> left.forEach(LinuxScriptRunner::kill));
      threads.shutdown();
    }
    return this;
  }

  private void start(ScriptRunner.Run asked) {
    long run = ++lastRun;
    runs.put(run, new Run(asked));
    ActorRef<Message> self = getContext().getSelf();
    threads.execute(
        () -> {
          Start start = launch(asked);
          self.tell(new Started(run, start));
          if (start instanceof Start.Running(Process process)) {
            process.onExit().thenAccept(ended -> self.tell(new Ended(run, ended.exitValue())));
          }
        });
    asked.timeout().ifPresent(timeout -> setAlarm(runs.get(run), timeout, new Expired(run)));
  }

  private Start launch(ScriptRunner.Run asked) {
    if (asked.account().isEmpty()) {
      return launcher.start(asked.command(), standard.get());
    }
    try {
      return switch (ScriptUser.find(asked.account().get())) {
        case ScriptUser.Lookup.Found(ScriptUser user) -> launcher.start(asked.command(), user);
        case ScriptUser.Lookup.Unknown(String line) ->
            new Start.Failed(ScriptLauncher.NOT_EXECUTABLE, line);
      };
    } catch (IOException failure) {
      return new Start.Failed(
          ScriptLauncher.NOT_EXECUTABLE, "its user cannot be looked up: " + failure.getMessage());
    }
  }

  private void started(long number, Start start) {
    Run run = runs.get(number);
    switch (start) {
      case Start.Running running -> {
        if (run == null) {
          throw new IllegalStateException("a run that nobody knows has started: " + number);
        }
        run.running = running;
        if (run.abandoned || run.expired) {
          terminate(number, run);
        }
      }
      case Start.Failed(int code, String reason) -> {
        getContext().getLog().warn("Script {}: {}", run.asked.name(), reason);
        ended(number, code);
        forget(number, run);
      }
    }
  }

  private void ended(long number, int code) {
    Run run = runs.get(number);
    if (run == null) {
      return;
    }
    run.ended = true;
    if (!run.abandoned) {
      run.asked
          .replyTo()
          .tell(
              new ScriptRunner.Finished(
                  run.asked.id(),
                  run.expired ? new ScriptRunner.TimedOut() : new ScriptRunner.Exited(code),
                  run.asked.cause()));
    }
    if (!run.abandoned && !run.expired) {
      forget(number, run);
    }
    // Otherwise what it started may be slower to end than it was: the grace decides.
  }

  private void expired(long number) {
    Run run = runs.get(number);
    if (run != null && !run.ended && !run.abandoned) {
      run.expired = true;
      terminate(number, run);
    }
  }

  private void abandonAll(String who) {
    runs.forEach(
        (number, run) -> {
          if (run.asked.who().equals(who) && !run.abandoned) {
            run.abandoned = true;
            if (!run.expired) {
              terminate(number, run);
            }
          }
        });
  }

  /** As soon as it runs; the start of one that does not yet run comes back here. */
  private void terminate(long number, Run run) {
    Start.Running running = run.running;
    if (running == null) {
      return;
    }
    threads.execute(
        () -> {
          running.process().destroy();
          running.group().terminate();
        });
    setAlarm(run, GRACE, new GraceOver(number));
  }

  private void graceOver(long number) {
    Run run = runs.get(number);
    if (run == null) {
      return;
    }
    Start.Running running = run.running;
    if (running != null) {
      threads.execute(() -> kill(running));
    }
    if (run.ended) {
      forget(number, run);
    } else {
      // KILL cannot be refused: the end is near, and is the last we want to hear.
      run.alarm = () -> {};
    }
  }

  private static void kill(Start.Running running) {
    running.process().destroyForcibly();
    running.group().kill();
  }

  private void forget(long number, Run run) {
    run.alarm.cancel();
    runs.remove(number);
  }

  private void setAlarm(Run run, Duration after, Message message) {
    run.alarm.cancel();
    ActorRef<Message> self = getContext().getSelf();
    run.alarm = alarms.set(clock.monotonicNanos() + after.toNanos(), () -> self.tell(message));
  }
}
