package org.vipdrift.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.trace.TraceDetail.ActionApplied;
import org.vipdrift.model.trace.TraceDetail.ActionHealed;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.simulator.Experiment;
import org.vipdrift.simulator.Observation;

class TimelineTest {
  private static final Action UNPLUG = new Action.OnLink(Action.LinkVerb.UNPLUG, "a", "eth0");

  private static TimelineEntry perform(double at, String name, Optional<Double> length) {
    return new TimelineEntry.Perform(
        Experiment.duration(at), name, length.map(Experiment::duration), UNPLUG);
  }

  private static TimelineEntry heal(double at, String name) {
    return new TimelineEntry.Heal(Experiment.duration(at), name);
  }

  private static List<Double> moments(Observation seen, Class<?> sort) {
    return seen.events().stream()
        .filter(e -> sort.isInstance(e.detail()))
        .map(e -> e.atNanos() / 1e9)
        .toList();
  }

  @Test
  void anActionHappensExactlyAtItsTimeInTrueTime() {
    Observation seen = Experiment.pair().entry(perform(7.25, "cable", Optional.empty())).run(9);
    assertThat(moments(seen, ActionApplied.class)).containsExactly(7.25);
    assertThat(moments(seen, ActionHealed.class)).isEmpty();
  }

  @Test
  void anActionWithADurationHealsItself() {
    Observation seen = Experiment.pair().entry(perform(7, "cable", Optional.of(1.5))).run(20);
    assertThat(moments(seen, ActionHealed.class)).containsExactly(8.5);
    assertThat(seen.state("a", 8)).contains("FAULT");
    assertThat(seen.holders(20)).containsExactly("a");
  }

  @Test
  void aNamedActionIsHealedByItsName() {
    Observation seen =
        Experiment.pair()
            .entry(perform(7, "cable", Optional.empty()))
            .entry(heal(9, "cable"))
            .run(20);
    assertThat(moments(seen, ActionHealed.class)).containsExactly(9.0);
    assertThat(seen.holders(20)).containsExactly("a");
  }

  @Test
  void whatWasHealedEarlyIsNotHealedAgainAtItsEnd() {
    Observation seen =
        Experiment.pair()
            .entry(perform(7, "cable", Optional.of(5.0)))
            .entry(heal(9, "cable"))
            .run(20);
    assertThat(moments(seen, ActionHealed.class)).containsExactly(9.0);
  }

  @Test
  void whatIsNotInForceCannotBeHealed() {
    Observation seen = Experiment.pair().entry(heal(9, "nothing")).run(12);
    assertThat(moments(seen, ActionHealed.class)).isEmpty();
  }

  @Test
  void theHealingHasTheActionAsItsCause() {
    Observation seen = Experiment.pair().entry(perform(7, "cable", Optional.of(1.0))).run(12);
    TraceEvent applied = event(seen, ActionApplied.class);
    TraceEvent healed = event(seen, ActionHealed.class);
    assertThat(healed.cause()).isEqualTo(applied.id());
    assertThat(applied.host()).isEmpty();
    assertThat(applied.detail()).isEqualTo(new ActionApplied("cable", "unplug", "eth0 of a"));
  }

  @Test
  void entriesOfOneInstantHappenInTheirOrder() {
    Observation seen =
        Experiment.pair()
            .entry(perform(7, "first", Optional.empty()))
            .entry(heal(7, "first"))
            .entry(perform(7, "second", Optional.empty()))
            .run(8);
    assertThat(
            seen.events().stream()
                .filter(
                    e -> e.detail() instanceof ActionApplied || e.detail() instanceof ActionHealed)
                .map(e -> e.detail().kind()))
        .containsExactly("action.applied", "action.healed", "action.applied");
  }

  @Test
  void anActionAtTheStartHappensBeforeAnythingIsReady() {
    Observation seen =
        Experiment.pair()
            .entry(
                new TimelineEntry.Perform(
                    Duration.ZERO,
                    "cable",
                    Optional.empty(),
                    new Action.OnLink(Action.LinkVerb.UNPLUG, "a", "eth0")))
            .run(10);
    assertThat(seen.state("a", 1)).contains("FAULT");
    assertThat(seen.holders(10)).containsExactly("b");
  }

  private static TraceEvent event(Observation seen, Class<?> sort) {
    return seen.events().stream()
        .filter(e -> sort.isInstance(e.detail()))
        .findFirst()
        .orElseThrow();
  }
}
