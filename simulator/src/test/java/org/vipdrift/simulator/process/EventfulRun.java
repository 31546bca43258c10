package org.vipdrift.simulator.process;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.simulator.process.ProcessSlot.Kind;
import org.vipdrift.simulator.time.HostClock;

/**
 * A run in which everything happens that could come in a different order: watchers of one actor,
 * typed timers, messages of one instant, freezes, starvation, drift, kills and restarts.
 */
final class EventfulRun {
  private static final long MILLI = 1_000_000;
  private static final int HOSTS = 6;

  private final VirtualRun run;
  private final SplittableRandom random;
  private final List<String> trace = new ArrayList<>();
  private final List<ProcessSlot> slots = new ArrayList<>();
  private final List<ActorRef<String>> daemons = new ArrayList<>();

  private EventfulRun(VirtualRun run, long seed) {
    this.run = run;
    this.random = new SplittableRandom(seed);
  }

  /** Prints the hash of the traces of some seeds, for comparing one JVM with another. */
  public static void main(String[] arguments) {
    List<String> all = new ArrayList<>();
    try (VirtualSystem system = VirtualSystem.open()) {
      for (long seed = 0; seed < Long.parseLong(arguments[0]); seed++) {
        all.addAll(trace(system, seed));
      }
    }
    System.out.println(hash(all));
  }

  static List<String> trace(VirtualSystem system, long seed) {
    try (VirtualRun run = system.begin(seed)) {
      EventfulRun eventful = new EventfulRun(run, seed);
      eventful.play();
      run.failure()
          .ifPresent(
              cause -> {
                throw new IllegalStateException("seed " + seed, cause);
              });
      return eventful.trace;
    }
  }

  static String hash(List<String> trace) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(String.join("\n", trace).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void play() {
    for (int host = 0; host < HOSTS; host++) {
      HostClock clock = new HostClock(run.time(), 0);
      clock.setDrift(random.nextLong(-1_000_000, 1_000_000));
      slots.add(run.slot(Kind.PROCESS, "host" + host, clock));
      daemons.add(start(host));
    }
    for (int i = 0; i < 40; i++) {
      int host = random.nextInt(HOSTS);
      long at = random.nextLong(900) * MILLI;
      switch (random.nextInt(6)) {
        case 0 -> run.time().schedule(at, () -> slots.get(host).freeze());
        case 1 -> run.time().schedule(at, () -> slots.get(host).thaw());
        case 2 ->
            run.time()
                .schedule(
                    at,
                    () ->
                        slots.get(host).starve(() -> Duration.ofNanos(random.nextLong(5 * MILLI))));
        case 3 -> run.time().schedule(at, () -> slots.get(host).endStarvation());
        case 4 -> run.time().schedule(at, () -> restart(host));
        default ->
            run.time()
                .schedule(at, () -> slots.get(host).clock().setDrift(random.nextLong(1_000_000)));
      }
    }
    run.runUntil(1_000 * MILLI);
    slots.get(0).kill();
    run.runUntil(1_100 * MILLI);
  }

  private void restart(int host) {
    HostClock clock = slots.get(host).clock();
    slots.get(host).kill();
    run.time()
        .schedule(
            run.time().nowNanos() + MILLI,
            () -> {
              if (!slots.get(host).isOpen()) {
                slots.set(host, run.slot(Kind.PROCESS, "host" + host, clock));
                daemons.set(host, start(host));
              }
            });
  }

  private ActorRef<String> start(int host) {
    ProcessSlot slot = slots.get(host);
    return run.spawn(
        Behaviors.setup(
            context -> {
              ActorRef<String> target =
                  context.spawn(mortal(slot), "target", DispatcherSelector.sameAsParent());
              for (int i = 0; i < 8; i++) {
                context.spawnAnonymous(watcher(slot, target), DispatcherSelector.sameAsParent());
              }
              return daemon(slot, host, target);
            }),
        "daemon" + host,
        slot);
  }

  private Behavior<String> daemon(ProcessSlot slot, int host, ActorRef<String> target) {
    return Behaviors.withTimers(
        timers -> {
          timers.startTimerAtFixedRate("tick", Duration.ofMillis(50));
          timers.startSingleTimer("end", "end", Duration.ofMillis(300));
          return Behaviors.receive(String.class)
              .onMessageEquals("end", () -> tell(target, "end of " + host))
              .onMessageEquals(
                  "tick",
                  () -> {
                    note(slot, "tick");
                    ActorRef<String> other = daemons.get((host + 1) % HOSTS);
                    run.time()
                        .schedule(run.time().nowNanos() + 50_000, () -> other.tell("from " + slot));
                    return Behaviors.same();
                  })
              .onAnyMessage(
                  message -> {
                    note(slot, message);
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private Behavior<String> tell(ActorRef<String> target, String message) {
    target.tell(message);
    return Behaviors.same();
  }

  private Behavior<String> mortal(ProcessSlot slot) {
    return Behaviors.receive(String.class)
        .onAnyMessage(
            message -> {
              note(slot, message);
              return Behaviors.stopped();
            })
        .onSignal(
            PostStop.class,
            stop -> {
              note(slot, "stopped");
              return Behaviors.same();
            })
        .build();
  }

  private Behavior<String> watcher(ProcessSlot slot, ActorRef<String> target) {
    return Behaviors.setup(
        context -> {
          context.watch(target);
          return Behaviors.receive(String.class)
              .onSignal(
                  Terminated.class,
                  terminated -> {
                    note(slot, context.getSelf().path() + " heard");
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private void note(ProcessSlot slot, String what) {
    trace.add(run.time().nowNanos() + " " + slot + " " + slot.isOpen() + " " + what);
  }
}
