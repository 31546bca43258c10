package org.vipdrift.netio.endurance;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One node with many instances, alone: it gets all addresses, and gives all back. */
final class Starts {
  private static final String NAME = "starts";
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Starts() {}

  static List<Result> run(Endurance.Plan plan, int instances)
      throws IOException, InterruptedException {
    try (Pair pair = Pair.open(plan.launcher())) {
      String before = pair.first().state();
      Daemon node =
          pair.vipdrift(
              pair.first(), Configuration.of(instances, INTERVAL, _ -> 100), Optional.empty());
      node.awaitReady();
      long end = System.nanoTime() + PATIENCE.toNanos();
      long held = held(pair);
      while (held < instances && System.nanoTime() < end) {
        Thread.sleep(100);
        held = held(pair);
      }
      int code = node.stop();
      return List.of(
          Result.of(NAME, "addresses not held", "", instances - held).atMost(0),
          Result.of(NAME, "exit code", "", code).atMost(0),
          Result.of(NAME, "addresses kept", "", held(pair)).atMost(0),
          Result.of(
                  NAME,
                  "hosts with addresses, routes, rules, tables or sockets left",
                  "",
                  before.equals(pair.first().state()) ? 0 : 1)
              .atMost(0));
    }
  }

  private static long held(Pair pair) throws IOException {
    return pair.first()
        .run("ip -o -4 addr show dev eth0")
        .lines()
        .filter(line -> line.contains(" 10.9.100."))
        .count();
  }
}
