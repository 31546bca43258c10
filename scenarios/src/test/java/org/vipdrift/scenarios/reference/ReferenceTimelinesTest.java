package org.vipdrift.scenarios.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.scenarios.reference.ReferenceCase.VipChange;
import org.vipdrift.simulator.SimulatedTestbed;

/**
 * The simulation does to the addresses what keepalived 2.2.7 did, when it did it.
 *
 * <p>Per host and address the same sequence of appearing and disappearing; each time within 120 ms
 * + 5 % of the time since the last action. Changes on different hosts have no order among each
 * other.
 */
class ReferenceTimelinesTest {
  private static final Path RECORDED = Path.of("src/test/resources/reference");

  /** {@code -Dreference.folder} compares with other recordings of the same form. */
  private static final Path FOLDER =
      Path.of(System.getProperty("reference.folder", RECORDED.toString()));

  private static final double START_UP_TOLERANCE = 0.120;
  private static final double SHARE_TOLERANCE = 0.05;

  private static SimulatedTestbed testbed;

  @BeforeAll
  static void open() {
    testbed = SimulatedTestbed.open();
  }

  @AfterAll
  static void close() {
    testbed.close();
  }

  static Stream<ReferenceCase> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(f -> f.toString().endsWith(".json"))
          .sorted()
          .map(ReferenceCase::read)
          .toList()
          .stream();
    }
  }

  @Test
  void allOfThemAreRead() throws IOException {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(FOLDER.equals(RECORDED) ? 29 : 1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSimulationDoesWhatKeepalivedDid(ReferenceCase reference) {
    List<VipChange> simulated = simulate(reference, 1);
    List<VipChange> recorded = counted(reference, reference.recorded());
    simulated = counted(reference, simulated);
    for (String place : places(recorded, simulated)) {
      List<VipChange> expected = of(place, recorded);
      List<VipChange> actual = of(place, simulated);
      assertThat(actual.stream().map(ReferenceTimelinesTest::withoutTime))
          .as("changes of %s: recorded %s, simulated %s", place, expected, actual)
          .containsExactlyElementsOf(
              expected.stream().map(ReferenceTimelinesTest::withoutTime).toList());
      for (int i = 0; i < expected.size(); i++) {
        double tolerance = tolerance(reference, expected.get(i).seconds());
        assertThat(Math.abs(actual.get(i).seconds() - expected.get(i).seconds()))
            .as("recorded %s, simulated %s", expected.get(i), actual.get(i))
            .isLessThanOrEqualTo(tolerance);
      }
    }
  }

  private static List<VipChange> simulate(ReferenceCase reference, long seed) {
    List<VipChange> changes = new ArrayList<>();
    testbed.run(
        reference.scenario(),
        seed,
        event -> {
          switch (event.detail()) {
            case TraceDetail.VipAdded added ->
                changes.add(change(event, true, added.vip().toString()));
            case TraceDetail.VipRemoved removed ->
                changes.add(change(event, false, removed.vip().toString()));
            default -> {}
          }
        });
    return changes;
  }

  private static VipChange change(TraceEvent event, boolean added, String vip) {
    return new VipChange(event.atNanos() / 1e9, event.host(), added, vip);
  }

  private static List<VipChange> counted(ReferenceCase reference, List<VipChange> changes) {
    if (!reference.onlyWhatFollowsTheFirstActionCounts()) {
      return changes;
    }
    double first = reference.actionTimes().getFirst();
    return changes.stream().filter(c -> c.seconds() >= first).toList();
  }

  /** An address on a host. */
  private static String place(VipChange change) {
    return change.vip() + " on " + change.host();
  }

  private static List<String> places(List<VipChange> recorded, List<VipChange> simulated) {
    return Stream.concat(recorded.stream(), simulated.stream())
        .map(ReferenceTimelinesTest::place)
        .distinct()
        .toList();
  }

  private static List<VipChange> of(String place, List<VipChange> changes) {
    return changes.stream().filter(c -> place(c).equals(place)).toList();
  }

  private static String withoutTime(VipChange change) {
    return (change.added() ? "+" : "-") + change.vip();
  }

  private static double tolerance(ReferenceCase reference, double at) {
    double since = reference.actionTimes().stream().filter(t -> t <= at).reduce(0.0, Math::max);
    return START_UP_TOLERANCE + SHARE_TOLERANCE * (at - since);
  }
}
