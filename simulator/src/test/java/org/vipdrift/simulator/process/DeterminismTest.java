package org.vipdrift.simulator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeterminismTest {
  @Test
  void oneSeedGivesOneTraceInAHundredRunsOfOneSystem() {
    try (VirtualSystem system = VirtualSystem.open()) {
      List<String> first = EventfulRun.trace(system, 7);
      assertThat(first).hasSizeGreaterThan(100).anyMatch(line -> line.endsWith("heard"));
      for (int i = 0; i < 100; i++) {
        assertSame(first, EventfulRun.trace(system, 7), "repeat " + i);
        EventfulRun.trace(system, 1_000 + i);
      }
    }
  }

  @Test
  void aFreshSystemGivesTheSameTrace() {
    List<String> first;
    try (VirtualSystem system = VirtualSystem.open()) {
      first = EventfulRun.trace(system, 3);
    }
    try (VirtualSystem system = VirtualSystem.open()) {
      assertSame(first, EventfulRun.trace(system, 3), "a fresh system");
    }
  }

  @Test
  void theOrderOfWatchersComesFromTheSeed() {
    Set<List<String>> orders = new LinkedHashSet<>();
    try (VirtualSystem system = VirtualSystem.open()) {
      for (long seed = 0; seed < 20; seed++) {
        orders.add(
            EventfulRun.trace(system, seed).stream()
                .filter(line -> line.endsWith("heard"))
                .map(line -> line.substring(line.indexOf("pekko:")))
                .limit(8)
                .toList());
      }
    }
    assertThat(orders).hasSizeGreaterThan(1);
  }

  @Test
  void twoVirtualMachinesWithDifferentCollectorsAgree() throws Exception {
    String serial = hashInNewJvm("-XX:+UseSerialGC");
    String parallel = hashInNewJvm("-XX:+UseParallelGC");
    assertThat(parallel).hasSize(64).isEqualTo(serial);
  }

  private static void assertSame(List<String> expected, List<String> actual, String which) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      assertThat(actual.get(i))
          .as("%s diverges first at event %d", which, i)
          .isEqualTo(expected.get(i));
    }
    assertThat(actual).as(which).hasSameSizeAs(expected);
  }

  private static String hashInNewJvm(String collector) throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                collector,
                "-cp",
                System.getProperty("java.class.path"),
                EventfulRun.class.getName(),
                "20")
            .redirectErrorStream(true)
            .start();
    String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).as(printed).isTrue();
    assertThat(jvm.exitValue()).as(printed).isZero();
    return printed.strip();
  }
}
