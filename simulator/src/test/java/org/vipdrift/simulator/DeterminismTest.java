package org.vipdrift.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.FrameMatch;
import org.vipdrift.model.scenario.Action.Path;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

/** What chance decides is decided by the seed alone, and by each thing for itself. */
class DeterminismTest {
  private static Action loss(String from) {
    return new Action.Loss(new Path("lan", List.of(from), List.of(), FrameMatch.ALL), 30);
  }

  private static Experiment lossy() {
    return Experiment.pair()
        .host("c", Experiment.configuration(80))
        .at(3, loss("client"))
        .at(3, loss("a"));
  }

  @Test
  void oneSeedIsOneRunWhateverRanBefore() {
    Scenario scenario = lossy().scenario(30);
    Observation first = Experiment.observe(scenario, 5);
    for (int repeat = 0; repeat < 10; repeat++) {
      Experiment.pair().process(5, Action.ProcessVerb.KILL, "a").run(6 + repeat, repeat);
      assertSame(first, Experiment.observe(scenario, 5));
    }
  }

  @Test
  void aTestbedOfItsOwnOnAnotherThreadGivesTheSameRun() throws InterruptedException {
    Scenario scenario = lossy().scenario(30);
    Observation expected = Experiment.observe(scenario, 5);
    List<TraceEvent> events = new java.util.ArrayList<>();
    Thread other =
        new Thread(
            () -> {
              try (SimulatedTestbed testbed = SimulatedTestbed.open()) {
                testbed.run(scenario, 5, events::add);
              }
            },
            "elsewhere");
    other.start();
    other.join();
    assertSame(expected, new Observation(events));
  }

  @Test
  void anotherSeedIsAnotherRun() {
    Scenario scenario = lossy().scenario(30);
    Set<List<TraceEvent>> runs = new LinkedHashSet<>();
    for (long seed = 1; seed <= 10; seed++) {
      runs.add(Experiment.observe(scenario, seed).events());
    }
    assertThat(runs).hasSize(10);
  }

  @Test
  void takingOneRandomFaultAwayDoesNotReshuffleTheLossesOfAnotherLink() {
    Scenario both = lossy().scenario(40);
    List<TimelineEntry> timeline = both.timeline();
    Scenario one = both.withTimeline(List.of(timeline.get(0)));
    Action quiet = new Action.Loss(new Path("lan", List.of("c"), List.of(), FrameMatch.ALL), 50);
    Scenario other =
        both.withTimeline(
            List.of(
                timeline.get(0),
                new TimelineEntry.Perform(
                    timeline.get(1).at(), "another", Optional.empty(), quiet)));
    List<Optional<String>> answers = answers(one);
    assertThat(answers).contains(Optional.empty(), Optional.of("a"));
    assertThat(answers(other)).isEqualTo(answers);
  }

  @Test
  void theStartUpOfOneMachineDoesNotDependOnTheOthers() {
    double alone =
        Experiment.single(Experiment.configuration(150))
            .run(1)
            .changed("a", 0, TraceDetail.ProcessChange.READY);
    double among = lossy().run(1).changed("a", 0, TraceDetail.ProcessChange.READY);
    assertThat(among).isEqualTo(alone);
  }

  private static List<Optional<String>> answers(Scenario scenario) {
    return Experiment.observe(scenario, 3).answers(0, 40);
  }

  private static void assertSame(Observation expected, Observation actual) {
    int shorter = Math.min(expected.events().size(), actual.events().size());
    for (int i = 0; i < shorter; i++) {
      assertThat(actual.events().get(i)).as("event %d", i + 1).isEqualTo(expected.events().get(i));
    }
    assertThat(actual.events()).hasSameSizeAs(expected.events());
  }
}
