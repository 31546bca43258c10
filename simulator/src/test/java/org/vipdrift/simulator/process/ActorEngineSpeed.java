package org.vipdrift.simulator.process;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.vipdrift.actors.DeadlineTimers;
import org.vipdrift.actors.DeadlineTimers.TimerFired;
import org.vipdrift.actors.port.Clock;
import org.vipdrift.simulator.process.ProcessSlot.Kind;
import org.vipdrift.simulator.time.HostClock;

/** Prints how fast the actor engine is without protocol, codec, trace and verdict. */
final class ActorEngineSpeed {
  private static final long SECOND = 1_000_000_000L;
  private static final long LATENCY = 50_000L;

  private ActorEngineSpeed() {}

  public static void main(String[] arguments) {
    int rounds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
    try (VirtualSystem system = VirtualSystem.open()) {
      for (int i = 0; i < rounds; i++) {
        steadyPair(system, 1_000_000);
      }
      for (int i = 0; i < rounds; i++) {
        shortRuns(system, 5_000, 10, 0);
        shortRuns(system, 5_000, 10, 60);
      }
    }
  }

  /** One sends an advert each second, the other re-arms its down timer. */
  private static void steadyPair(VirtualSystem system, long seconds) {
    try (VirtualRun run = system.begin(1)) {
      routers(run, 2);
      long before = cpuNanos();
      run.runUntil(seconds * SECOND);
      double used = (cpuNanos() - before) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "steady pair: %.0f simulated s/s, %.2f million mailbox runs/s%n",
          seconds / used,
          run.mailboxRuns() / used / 1e6);
    }
  }

  private static void shortRuns(VirtualSystem system, int runs, int actors, long seconds) {
    long before = cpuNanos();
    for (int i = 0; i < runs; i++) {
      try (VirtualRun run = system.begin(i)) {
        routers(run, actors);
        run.runUntil(seconds * SECOND);
      }
    }
    double used = (cpuNanos() - before) / 1e9;
    System.out.printf(Locale.ROOT, "%d actors, %d s: %.0f runs/s%n", actors, seconds, runs / used);
  }

  private static void routers(VirtualRun run, int count) {
    List<ActorRef<Object>> routers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ProcessSlot slot = run.slot(Kind.PROCESS, "router" + i, new HostClock(run.time(), 0));
      boolean sends = i == 0;
      routers.add(
          run.spawn(
              Behaviors.setup(context -> new Router(context, run, slot, sends, routers)),
              "router" + i,
              slot));
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private enum Timer {
    ADVERT,
    DOWN
  }

  private record Advert(int from) {}

  private static final class Router extends AbstractBehavior<Object> {
    private final VirtualRun run;
    private final Clock clock;
    private final List<ActorRef<Object>> all;
    private final DeadlineTimers<Timer> timers;

    private Router(
        ActorContext<Object> context,
        VirtualRun run,
        ProcessSlot slot,
        boolean sends,
        List<ActorRef<Object>> all) {
      super(context);
      this.run = run;
      this.clock = slot.clock();
      this.all = all;
      ActorRef<Object> self = context.getSelf();
      this.timers = new DeadlineTimers<>(Timer.class, slot.alarms(), self::tell);
      arm(sends ? Timer.ADVERT : Timer.DOWN, sends ? SECOND : 4 * SECOND);
    }

    private void arm(Timer timer, long after) {
      timers.arm(timer, clock.monotonicNanos() + after);
    }

    @Override
    public Receive<Object> createReceive() {
      return newReceiveBuilder().onAnyMessage(this::on).build();
    }

    @SuppressWarnings("unchecked")
    private Behavior<Object> on(Object message) {
      switch (message) {
        case TimerFired<?> fired when timers.accept((TimerFired<Timer>) fired) -> {
          if (fired.key() == Timer.DOWN) {
            throw new IllegalStateException("an advert was lost");
          }
          arm(Timer.ADVERT, SECOND);
          send();
        }
        case Advert advert -> arm(Timer.DOWN, 4 * SECOND);
        default -> {}
      }
      return this;
    }

    private void send() {
      Advert advert = new Advert(0);
      long at = run.time().nowNanos() + LATENCY;
      for (int i = 1; i < all.size(); i++) {
        ActorRef<Object> to = all.get(i);
        run.time().schedule(at, () -> to.tell(advert));
      }
    }
  }
}
