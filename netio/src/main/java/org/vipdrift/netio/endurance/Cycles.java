package org.vipdrift.netio.endurance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two vipdrift nodes, killed and started again in turns, and what is left at the end. */
final class Cycles implements Measure {
  private static final String NAME = "cycles";
  private static final int MORE = 200;
  private static final int LESS = 100;
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration CONVERGENCE = Duration.ofSeconds(5);

  private final Endurance.Plan plan;

  Cycles(Endurance.Plan plan) {
    this.plan = plan;
  }

  @Override
  public List<Result> run() throws IOException, InterruptedException {
    return run(plan.times(50, 1000));
  }

  List<Result> run(int cycles) throws IOException, InterruptedException {
    String first = Configuration.of(1, INTERVAL, _ -> MORE);
    String second = Configuration.of(1, INTERVAL, _ -> LESS);
    try (Pair pair = Pair.open(plan.launcher())) {
      List<String> before = List.of(pair.first().state(), pair.second().state());
      Daemon one = pair.vipdrift(pair.first(), first, Optional.empty());
      Daemon other = pair.vipdrift(pair.second(), second, Optional.empty());
      one.awaitReady();
      other.awaitReady();
      int unconverged = converges(pair, true) ? 0 : 1;
      int descriptorsBefore = one.descriptors();
      for (int cycle = 1; cycle <= cycles; cycle++) {
        plan.progress().accept("kill and restart " + cycle + " of " + cycles);
        boolean killFirst = cycle % 2 == 1;
        (killFirst ? one : other).kill();
        if (killFirst) {
          unconverged += takesOver(pair) ? 0 : 1;
          one = pair.vipdrift(pair.first(), first, Optional.empty());
          one.awaitReady();
        } else {
          other = pair.vipdrift(pair.second(), second, Optional.empty());
          other.awaitReady();
        }
        unconverged += converges(pair, true) ? 0 : 1;
      }
      int descriptorsMore = one.descriptors() - descriptorsBefore;
      int refusals = (one.stop() == 0 ? 0 : 1) + (other.stop() == 0 ? 0 : 1);
      List<String> after = List.of(pair.first().state(), pair.second().state());
      int processes = pair.first().processes().size() + pair.second().processes().size();
      List<Result> results = new ArrayList<>();
      results.add(Result.of(NAME, "cycles", "", cycles));
      results.add(Result.of(NAME, "without exactly one holder in 5 s", "", unconverged).atMost(0));
      results.add(Result.of(NAME, "nodes that did not end in order", "", refusals).atMost(0));
      results.add(
          Result.of(
                  NAME,
                  "hosts with addresses, routes, rules, tables or sockets left",
                  "",
                  (before.get(0).equals(after.get(0)) ? 0 : 1)
                      + (before.get(1).equals(after.get(1)) ? 0 : 1))
              .atMost(0));
      results.add(Result.of(NAME, "processes left", "", processes).atMost(0));
      results.add(Result.of(NAME, "descriptors more than at first", "", descriptorsMore).atMost(0));
      return results;
    }
  }

  /** The second host gets the address; the first, whose node was killed, still has it. */
  private static boolean takesOver(Pair pair) throws IOException, InterruptedException {
    long end = System.nanoTime() + CONVERGENCE.toNanos();
    while (System.nanoTime() < end) {
      if (pair.second().holds(Configuration.address(1))) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }

  private static boolean converges(Pair pair, boolean toFirst)
      throws IOException, InterruptedException {
    String address = Configuration.address(1);
    long end = System.nanoTime() + CONVERGENCE.toNanos();
    while (System.nanoTime() < end) {
      if (pair.first().holds(address) == toFirst && pair.second().holds(address) != toFirst) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }
}
