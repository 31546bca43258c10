package org.vipdrift.netio.time;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Measures how late timers are, from their deadline until an actor has the message: Pekko's own
 * scheduler against {@link PreciseScheduler}, and an actor's round trip without any timer.
 *
 * <p>Run with the class path of the tests: {@code java ... org.vipdrift.netio.time.TimerJitter
 * [timers, 2000 by default]}. Deadlines are 5 to 25 ms apart. Prints microseconds; no test, for it
 * measures the machine too.
 */
final class TimerJitter {
  private TimerJitter() {}

  private record Due(long atNanos) {}

  private static final class Samples {
    private final long[] lateness;
    private final CountDownLatch all;
    private int count;

    Samples(int size) {
      this.lateness = new long[size];
      this.all = new CountDownLatch(size);
    }

    Behavior<Due> recorder() {
      return Behaviors.receiveMessage(
          due -> {
            lateness[count++] = System.nanoTime() - due.atNanos;
            all.countDown();
            return Behaviors.same();
          });
    }

    void print(String what) throws InterruptedException {
      all.await();
      int skip = lateness.length / 10; // until the compiler is warm
      long[] sorted = Arrays.copyOfRange(lateness, skip, lateness.length);
      Arrays.sort(sorted);
      System.out.printf(
          Locale.ROOT,
          "%-32s p50 %8.1f  p90 %8.1f  p99 %8.1f  p99.9 %8.1f  max %8.1f us%n",
          what,
          at(sorted, 0.5),
          at(sorted, 0.9),
          at(sorted, 0.99),
          at(sorted, 0.999),
          sorted[sorted.length - 1] / 1e3);
    }

    private static double at(long[] sorted, double quantile) {
      return sorted[(int) (quantile * (sorted.length - 1))] / 1e3;
    }
  }

  public static void main(String[] arguments) throws InterruptedException {
    int timers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;

    Samples precise = new Samples(timers);
    try (NodeSystem<Due> node = NodeSystem.open("precise", precise.recorder())) {
      RealTimeAlarms alarms = node.alarms();
      drive(timers, (at, due) -> alarms.set(at, () -> node.actors().tell(due)));
      precise.print("RealTimeAlarms, NodeSystem");
    }

    Samples scheduled = new Samples(timers);
    try (NodeSystem<Due> node = NodeSystem.open("precise", scheduled.recorder())) {
      drive(timers, scheduleIn(node.actors()));
      scheduled.print("PreciseScheduler, NodeSystem");
    }

    Samples wheel = new Samples(timers);
    ActorSystem<Due> plain =
        ActorSystem.create(
            wheel.recorder(),
            "wheel",
            ConfigFactory.parseString("pekko.stdout-loglevel = OFF")
                .withFallback(ConfigFactory.load()));
    drive(timers, scheduleIn(plain));
    wheel.print("LightArrayRevolverScheduler");
    plain.terminate();

    Samples direct = new Samples(timers);
    try (NodeSystem<Due> node = NodeSystem.open("direct", direct.recorder())) {
      drive(timers, (_, _) -> node.actors().tell(new Due(System.nanoTime())));
      direct.print("tell alone, NodeSystem");
    }
  }

  private static BiConsumer<Long, Due> scheduleIn(ActorSystem<Due> system) {
    return (at, due) ->
        system
            .scheduler()
            .scheduleOnce(
                Duration.ofNanos(at - System.nanoTime()),
                () -> system.tell(due),
                system.executionContext());
  }

  private static void drive(int timers, BiConsumer<Long, Due> set) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < timers; i++) {
      long at = System.nanoTime() + random.nextLong(5_000_000, 25_000_000);
      set.accept(at, new Due(at));
      Thread.sleep(Duration.ofNanos(Math.max(0, at - System.nanoTime()) / 2));
    }
  }
}
