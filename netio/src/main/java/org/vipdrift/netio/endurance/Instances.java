package org.vipdrift.netio.endurance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Many virtual routers: 255 at 1 s, and 100 at 100 ms. */
final class Instances implements Measure {
  private static final String NAME = "instances";
  private static final int TIMES_KEEPALIVED = 3;
  private static final int STARTS = 7;
  private static final Duration BETWEEN_STARTS = Duration.ofMillis(500);

  private final Endurance.Plan plan;

  Instances(Endurance.Plan plan) {
    this.plan = plan;
  }

  @Override
  public List<Result> run() throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>();
    Duration time = plan.lasting(Duration.ofSeconds(30), Duration.ofMinutes(10));
    results.addAll(many(255, Duration.ofSeconds(1), time));
    results.addAll(many(100, Duration.ofMillis(100), time));
    return results;
  }

  private List<Result> many(int instances, Duration interval, Duration time)
      throws IOException, InterruptedException {
    try (Pair pair = Pair.open(plan.launcher())) {
      Quiet.Seeing seen =
          Quiet.watch(pair, instances, interval, time, Optional.empty(), plan.progress());
      String of = instances + " at " + interval.toMillis() + " ms, ";
      Quiet.Seen ours = seen.vipdrift();
      Quiet.Seen theirs = seen.keepalived();
      List<Result> results = new ArrayList<>(seen.calm(NAME, of));
      Result cpu =
          Result.of(NAME, of + "CPU", "% of a core", ours.cpuPercent()).beside(theirs.cpuPercent());
      results.add(
          interval.toMillis() < 1000
              ? cpu
              : cpu.within(
                  "3 x keepalived's", ours.cpuPercent() <= TIMES_KEEPALIVED * theirs.cpuPercent()));
      results.add(
          Result.of(NAME, of + "resident memory", "MiB", ours.residentMebibytes())
              .beside(theirs.residentMebibytes())
              .atMost(100));
      results.add(starts(pair, of, instances, interval));
      return results;
    }
  }

  /** Each is started several times, while the other one runs. */
  private Result starts(Pair pair, String of, int instances, Duration interval)
      throws IOException, InterruptedException {
    plan.progress().accept(instances + " instances, started " + STARTS + " times each");
    String odd = Quiet.odd(instances, interval);
    String even = Quiet.even(instances, interval);
    Daemon theirs = pair.keepalived(pair.second(), even);
    theirs.awaitReady();
    double ourMedian = medianMillis(() -> pair.vipdrift(pair.first(), odd, Optional.empty()));
    theirs.stop();
    Daemon ours = pair.vipdrift(pair.first(), odd, Optional.empty());
    ours.awaitReady();
    double theirMedian = medianMillis(() -> pair.keepalived(pair.second(), even));
    ours.stop();
    return Result.of(NAME, of + "start to ready, median", "ms", ourMedian)
        .beside(theirMedian)
        .atMost(800);
  }

  /** Starts a daemon. */
  private interface Starter {
    Daemon start() throws IOException;
  }

  private static double medianMillis(Starter starter) throws IOException, InterruptedException {
    double[] millis = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      Thread.sleep(BETWEEN_STARTS.toMillis());
      Daemon daemon = starter.start();
      millis[i] = daemon.awaitReady().toNanos() / 1e6;
      Thread.sleep(BETWEEN_STARTS.toMillis());
      daemon.stop();
    }
    Arrays.sort(millis);
    return millis[STARTS / 2];
  }
}
