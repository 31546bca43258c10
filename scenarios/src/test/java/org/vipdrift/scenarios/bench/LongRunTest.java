package org.vipdrift.scenarios.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Host.KeepalivedProcess;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.verdict.Circumstances;
import org.vipdrift.model.verdict.Judge;
import org.vipdrift.model.verdict.Outcome;
import org.vipdrift.model.verdict.Verdict;
import org.vipdrift.scenarios.report.Chronicle;
import org.vipdrift.simulator.SimulatedTestbed;

/** Runs may be as long as anybody likes. */
class LongRunTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final IpAddress VIP = IpAddress.v4(10, 0, 0, 1);

  /** 16 octets for each second of the last three quarters of a day. */
  private static final long MOST_GROWTH = 1L << 20;

  /** Its clients alone take more than the small heap. */
  private static final String CROWD = "crowd-of-ten-thousand";

  static Stream<Scenario> days() {
    return Stream.of(
        withClient(BenchScenarios.quietPair(DAY)), quarrel(BenchScenarios.quietPair(DAY)));
  }

  @ParameterizedTest
  @MethodSource("days")
  void aDayLeavesNoMoreBehindThanItsFirstQuarter(Scenario day) {
    Judge judge = Judge.of(day, new Circumstances(1, Duration.ofSeconds(5), List.of(VIP)));
    Chronicle chronicle = new Chronicle(day);
    List<Long> used = new ArrayList<>();
    try (SimulatedTestbed testbed = SimulatedTestbed.open()) {
      testbed.run(
          day,
          1,
          event -> {
            judge.accept(event);
            chronicle.accept(event);
          },
          Optional.empty(),
          atNanos -> {
            if (atNanos == DAY.toNanos() / 4 || atNanos == DAY.toNanos()) {
              used.add(usedHeap());
            }
          });
    }

    assertThat(used).hasSize(2);
    assertThat(used.getLast() - used.getFirst()).isLessThan(MOST_GROWTH);
    Verdict verdict = judge.finish(day.until());
    assertThat(verdict.overall()).isEqualTo(Outcome.HOLDS);
    assertThat(verdict.figures().clients().getFirst().answered()).isGreaterThan(86_000);
  }

  @Test
  void theCatalogueRunsInAnEighthOfTheHeapItMayUse() throws Exception {
    List<String> scenarios = catalogue().stream().filter(name -> !name.endsWith(CROWD)).toList();
    String output = run("-Xmx32m", scenarios);
    assertThat(output).contains("of " + scenarios.size() + " scenarios hold.");
  }

  @Test
  void tenThousandClientsWithOpenConnectionsFitIntoAQuarterOfAGigabyte() throws Exception {
    String crowd = catalogue().stream().filter(name -> name.endsWith(CROWD)).findFirst().get();
    assertThat(run("-Xmx256m", List.of(crowd))).contains("judgements hold");
  }

  private static String run(String heap, List<String> scenarios) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            heap,
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Dvipdrift.home=" + Path.of("..").toAbsolutePath().normalize(),
            "-cp",
            System.getProperty("java.class.path"),
            "org.vipdrift.scenarios.cli.Main",
            "run",
            "--no-store"));
    command.addAll(scenarios);

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());

    // What is broken is another test's business: here every scenario need only come to its verdict.
    assertThat(process.waitFor()).as(output).isBetween(0, 1);
    return output;
  }

  private static List<String> catalogue() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("catalogue"))) {
      return folders.filter(Files::isDirectory).map(Path::toString).sorted().toList();
    }
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static Scenario withClient(Scenario plain) {
    Client client =
        new Client(
            "client",
            plain.segments().getFirst().name(),
            new IpPrefix(IpAddress.v4(10, 0, 255, 9), 16),
            VIP,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));
    return new Scenario(
        plain.name(),
        plain.title(),
        plain.about(),
        plain.segments(),
        plain.hosts(),
        List.of(client),
        plain.timeline(),
        plain.until(),
        plain.expectations());
  }

  /** Two masters who refuse each other's adverts, all day. */
  private static Scenario quarrel(Scenario plain) {
    List<Host> hosts =
        List.of(plain.hosts().getFirst(), withOtherPassword(plain.hosts().getLast()));
    return withClient(plain.withHosts(hosts))
        .withExpectations(
            List.of(
                new Expectation.SplitBrain(
                    VIP,
                    new Expectation.Moment(Duration.ZERO, Duration.ofSeconds(5)),
                    Optional.empty())));
  }

  private static Host withOtherPassword(Host host) {
    KeepalivedProcess process = (KeepalivedProcess) host.processes().getFirst();
    Map<String, String> texts = new LinkedHashMap<>();
    process.texts().forEach((file, text) -> texts.put(file, text.replace("1111", "2222")));
    return host.withProcesses(
        List.of(
            new KeepalivedProcess(
                process.name(), process.start(), process.configurationFile(), texts)));
  }
}
