package org.vipdrift.netio.endurance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Many virtual routers: 255 at 1 s, and 100 at 100 ms. */
final class Instances implements Measure {
  private static final String NAME = "instances";
  private static final int TIMES_KEEPALIVED = 3;

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
      results.add(
          Result.of(NAME, of + "start to ready", "ms", ours.readyMillis())
              .beside(theirs.readyMillis())
              .atMost(800));
      return results;
    }
  }
}
