package org.vipdrift.scenarios.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.simulator.SimulatedTestbed;

/**
 * No scenario of the catalogue holds for the wrong reason: what it stands on is taken away, one
 * thing at a time, and its verdict must break.
 *
 * <p>Taken away are every entry of its timeline, and what its contrast.yaml names: mistakes in
 * configurations, remedies, the strength of a fault. An entry that the scenario calls harmless must
 * be just that: without it the verdict still holds, while a contrast shows that the fault is felt.
 */
class AblationTest {
  private static final long SEED = 1;

  private static SimulatedTestbed testbed;

  @TempDir private static Path directory;

  @BeforeAll
  static void open() {
    testbed = SimulatedTestbed.open();
  }

  @AfterAll
  static void close() {
    testbed.close();
  }

  @TestFactory
  Stream<DynamicNode> verdictBreaksWithout() {
    return CatalogueFolders.all().stream()
        .map(
            folder ->
                DynamicContainer.dynamicContainer(
                    folder.getFileName().toString(), ablations(folder)));
  }

  private Stream<DynamicNode> ablations(Path folder) {
    Scenario scenario = CatalogueFolders.load(folder);
    Contrast contrast = Contrast.of(folder);
    List<DynamicNode> tests = new ArrayList<>();
    for (TimelineEntry entry : scenario.timeline()) {
      Scenario without = without(scenario, entry);
      if (!isHarmless(entry, contrast)) {
        tests.add(DynamicTest.dynamicTest(called(entry), () -> breaks(without, List.of())));
      }
    }
    for (Contrast.Entry entry : contrast.entries()) {
      tests.add(
          DynamicTest.dynamicTest(
              entry.without(), () -> breaks(edited(folder, entry), entry.breaks())));
    }
    tests.add(
        DynamicTest.dynamicTest(
            "(something is taken away)", () -> assertThat(tests).hasSizeGreaterThan(1)));
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicNode> verdictHoldsWithoutWhatIsHarmless() {
    return CatalogueFolders.all().stream()
        .map(
            folder ->
                DynamicContainer.dynamicContainer(
                    folder.getFileName().toString(), harmless(folder)));
  }

  private Stream<DynamicNode> harmless(Path folder) {
    Scenario scenario = CatalogueFolders.load(folder);
    Contrast contrast = Contrast.of(folder);
    List<DynamicNode> tests = new ArrayList<>();
    for (String name : contrast.harmless().keySet()) {
      TimelineEntry entry =
          scenario.timeline().stream()
              .filter(
                  e -> e instanceof TimelineEntry.Perform perform && perform.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new AssertionError(folder + " has no entry '" + name + "'"));
      tests.add(DynamicTest.dynamicTest(name, () -> holds(without(scenario, entry))));
      tests.add(
          DynamicTest.dynamicTest(
              name + " is felt in a contrast", () -> assertThat(contrast.entries()).isNotEmpty()));
    }
    return tests.stream();
  }

  private static boolean isHarmless(TimelineEntry entry, Contrast contrast) {
    return entry instanceof TimelineEntry.Perform perform
        && contrast.harmless().containsKey(perform.name());
  }

  private static String called(TimelineEntry entry) {
    return switch (entry) {
      case TimelineEntry.Perform perform -> perform.name();
      case TimelineEntry.Heal heal -> "healing of " + heal.name();
    };
  }

  /** Without an entry and, if it is an action, without its healing. */
  private static Scenario without(Scenario scenario, TimelineEntry taken) {
    Predicate<TimelineEntry> goes =
        switch (taken) {
          case TimelineEntry.Perform perform ->
              e ->
                  e.equals(perform)
                      || e instanceof TimelineEntry.Heal heal && heal.name().equals(perform.name());
          case TimelineEntry.Heal heal -> heal::equals;
        };
    return scenario.withTimeline(scenario.timeline().stream().filter(goes.negate()).toList());
  }

  private static Scenario edited(Path folder, Contrast.Entry entry) throws IOException {
    Path copies = Files.createTempDirectory(directory, "contrast");
    return CatalogueFolders.load(Contrast.edited(folder, entry, copies));
  }

  private static void breaks(Scenario scenario, List<String> expected) {
    JudgedRun run = JudgedRun.of(testbed, scenario, SEED);
    assertThat(run.holds()).as(() -> "it holds all the same:\n" + run.report()).isFalse();
    assertThat(run.broken()).as(run::report).isNotEmpty().containsAll(expected);
  }

  private static void holds(Scenario scenario) {
    JudgedRun run = JudgedRun.of(testbed, scenario, SEED);
    assertThat(run.holds()).as(run::report).isTrue();
  }
}
