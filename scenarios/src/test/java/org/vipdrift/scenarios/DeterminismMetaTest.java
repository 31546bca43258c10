package org.vipdrift.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.simulator.SimulatedTestbed;

/** The same scenario and seed leave the same bytes, whatever ran before, wherever it runs. */
class DeterminismMetaTest {
  private static final Path FOLDER = Path.of("src/test/resources/determinism");
  private static final int REPEATS = 100;
  private static final long SEED = 42;

  private static final List<String> ODD_JVM =
      List.of(
          "-XX:+UseParallelGC",
          "-Xmx700m",
          "-XX:hashCode=2",
          "-Duser.timezone=Asia/Shanghai",
          "-Duser.language=tr");

  private static Scenario scenario;
  private static SimulatedTestbed testbed;
  private static byte[] expected;

  @TempDir private Path directory;

  @BeforeAll
  static void open() {
    scenario = RecordedRun.load(FOLDER);
    testbed = SimulatedTestbed.open();
    expected = RecordedRun.trace(testbed, scenario, SEED);
  }

  @AfterAll
  static void close() {
    testbed.close();
  }

  @Test
  void aHundredRepeatsAmongOtherRunsLeaveTheSameBytes() {
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      Scenario other = other(repeat);
      testbed.run(other, repeat, _ -> {});
      assertThat(RecordedRun.divergence(expected, RecordedRun.trace(testbed, scenario, SEED)))
          .as("repeat %d with seed %d, after %s", repeat, SEED, other.name())
          .isEmpty();
    }
  }

  /** Every time another one: an early end, no timeline, fewer machines. */
  private static Scenario other(int number) {
    Scenario other = scenario.withTimeline(scenario.timeline().subList(0, number % 20));
    return new Scenario(
        "another run of " + (3 + number % 5) + " s",
        other.title(),
        other.about(),
        other.segments(),
        other.hosts(),
        other.clients().subList(0, number % 3),
        other.timeline(),
        Duration.ofSeconds(3 + number % 5),
        List.of());
  }

  @Test
  void aFreshTestbedLeavesTheSameBytes() {
    try (SimulatedTestbed fresh = SimulatedTestbed.open()) {
      assertThat(RecordedRun.divergence(expected, RecordedRun.trace(fresh, scenario, SEED)))
          .isEmpty();
    }
  }

  @Test
  void otherCollectorsHeapsAndThreadsLeaveTheSameBytes() throws Exception {
    byte[] serial =
        inNewJvm(
            FOLDER, "serial", List.of("-XX:+UseSerialGC", "-Xmx128m", "-XX:TieredStopAtLevel=1"));
    byte[] parallel = inNewJvm(FOLDER, "parallel", ODD_JVM);
    assertThat(RecordedRun.divergence(expected, serial)).as("serial collector").isEmpty();
    assertThat(RecordedRun.divergence(expected, parallel)).as("parallel collector").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "haproxy-pair",
        "overload-queue",
        "cookie-through-failover",
        "drain",
        "https",
        "nginx-passive-health",
        "lvs-sync",
        "lvs-persistence"
      })
  void trafficLeavesTheSameBytesInAnotherRunAndAnotherJvm(String name) throws Exception {
    Path folder = Path.of("catalogue", name);
    Scenario traffic = RecordedRun.load(folder);
    byte[] first = RecordedRun.trace(testbed, traffic, SEED);
    assertThat(new String(first, StandardCharsets.UTF_8)).contains("\"kind\":\"request\"");

    assertThat(RecordedRun.divergence(first, RecordedRun.trace(testbed, traffic, SEED))).isEmpty();
    assertThat(RecordedRun.divergence(first, inNewJvm(folder, name, ODD_JVM))).isEmpty();
  }

  private byte[] inNewJvm(Path folder, String name, List<String> options)
      throws IOException, InterruptedException {
    Path trace = directory.resolve(name + ".jsonl");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-XX:+UnlockExperimentalVMOptions");
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(RecordedRun.class.getName());
    command.add(folder.toString());
    command.add(Long.toString(SEED));
    command.add(trace.toString());
    Path output = directory.resolve(name + ".log");
    Process jvm =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = jvm.waitFor(60, TimeUnit.SECONDS);
    if (!ended) {
      jvm.destroyForcibly();
    }
    assertThat(ended && jvm.exitValue() == 0 && Files.exists(trace))
        .as("%s: %s", command, Files.readString(output, StandardCharsets.UTF_8))
        .isTrue();
    return Files.readAllBytes(trace);
  }

  @Test
  void anotherSeedLeavesAnotherTraceAndTheFirstDifferentEventIsNamed() {
    byte[] other = RecordedRun.trace(testbed, scenario, SEED + 1);
    assertThat(RecordedRun.divergence(expected, other))
        .hasValueSatisfying(
            where -> assertThat(where).startsWith("line ").contains("expected", "came"));
  }

  @Test
  void theScenarioIsRichEnoughToTell() {
    Set<String> kinds = new LinkedHashSet<>();
    Set<String> states = new LinkedHashSet<>();
    testbed.run(
        scenario,
        SEED,
        event -> {
          kinds.add(event.detail().kind());
          if (event.detail() instanceof TraceDetail.VrrpStateChanged changed) {
            states.add(changed.to());
          }
        });
    assertThat(kinds)
        .contains(
            "vrrp.state",
            "vrrp.priority",
            "vrrp.advert.sent",
            "vrrp.advert.received",
            "vrrp.advert.dropped",
            "vrrp.sync-group",
            "vip.added",
            "vip.removed",
            "garp",
            "script.result",
            "notify",
            "mail",
            "ping",
            "host",
            "link",
            "process",
            "log")
        .doesNotContain("not-modelled");
    assertThat(states).contains("INIT", "BACKUP", "MASTER", "FAULT");
  }
}
