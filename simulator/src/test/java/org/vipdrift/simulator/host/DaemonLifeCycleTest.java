package org.vipdrift.simulator.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.vipdrift.model.scenario.Action.ProcessVerb.FREEZE;
import static org.vipdrift.model.scenario.Action.ProcessVerb.KILL;
import static org.vipdrift.model.scenario.Action.ProcessVerb.RESTART;
import static org.vipdrift.model.scenario.Action.ProcessVerb.START;
import static org.vipdrift.model.scenario.Action.ProcessVerb.STOP;
import static org.vipdrift.model.scenario.Action.ProcessVerb.THAW;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.simulator.Experiment;
import org.vipdrift.simulator.Observation;

class DaemonLifeCycleTest {
  @Nested
  class Starting {
    @Test
    void takesBetween15And120MillisecondsDrawnFromTheSeed() {
      Set<Double> times = new LinkedHashSet<>();
      for (long seed = 1; seed <= 20; seed++) {
        double ready = Experiment.pair().run(1, seed).changed("a", 0, ProcessChange.READY);
        assertThat(ready).isBetween(0.015, 0.120);
        times.add(ready);
      }
      assertThat(times).hasSizeGreaterThan(15);
    }

    @Test
    void happensAtTheTimeThatTheScenarioSays() {
      Observation seen =
          Experiment.single(Experiment.configuration(100))
              .host("b", Optional.of(Duration.ofSeconds(5)), Experiment.configuration(150))
              .run(15);
      assertThat(seen.changed("b", 0, ProcessChange.STARTED)).isEqualTo(5.0);
      assertThat(seen.holders(15)).containsExactly("b");
    }

    @Test
    void isLeftToTheTimelineWhereTheScenarioGivesNoTime() {
      Observation seen =
          new Experiment()
              .host("a", Optional.empty(), Experiment.configuration(100))
              .process(7, START, "a")
              .run(15);
      assertThat(seen.changed("a", 0, ProcessChange.STARTED)).isEqualTo(7.0);
      assertThat(seen.holders(15)).containsExactly("a");
    }

    @Test
    void ofSomethingThatRunsChangesNothing() {
      Observation seen = Experiment.pair().process(6, START, "a").run(10);
      assertThat(seen.changes("a", 5)).isEmpty();
      assertThat(seen.holders(10)).containsExactly("a");
    }

    @Test
    void isRefusedWithTheReasonWhereKeepalivedWouldRefuse() {
      Observation seen =
          Experiment.single("vrrp_instance VI_1 {\n  interface eth0\n  priority 100\n}\n").run(10);
      assertThat(seen.changes("a", 0)).containsExactly("refused");
      assertThat(
              seen.between(0, 1, "a", TraceDetail.ProcessChanged.class).stream()
                  .filter(c -> c.change() == ProcessChange.REFUSED))
          .singleElement()
          .satisfies(c -> assertThat(c.explanation()).contains("a.conf"));
      assertThat(seen.holders(10)).isEmpty();
    }
  }

  @Nested
  class Stopping {
    private final Observation seen = Experiment.pair().process(10, STOP, "a").run(20);

    @Test
    void saysGoodbyeGivesTheAddressUpAndEnds() {
      assertThat(seen.changes("a", 10)).containsExactly("stopping", "stopped");
      assertThat(seen.between(10, 10.1, "a", TraceDetail.AdvertSent.class))
          .extracting(TraceDetail.AdvertSent::priority)
          .containsExactly(0);
      assertThat(seen.holders(10.1)).doesNotContain("a");
      assertThat(seen.advertsSent("a", 10.1, 20)).isZero();
    }

    @Test
    void letsTheBackupTakeOverAfterItsSkewAlone() {
      assertThat(seen.taken("b", 10)).isCloseTo(10.61, within(0.02));
    }

    @Test
    void duringStartUpEndsItBeforeItDidAnything() {
      Observation early = Experiment.pair().process(0.01, STOP, "a").run(10);
      assertThat(early.changes("a", 0)).containsExactly("started", "stopped");
      assertThat(early.holders(10)).containsExactly("b");
    }

    @Test
    void ofSomethingThatIsDownChangesNothing() {
      assertThat(
              Experiment.pair()
                  .process(5, STOP, "a")
                  .process(6, STOP, "a")
                  .run(8)
                  .changes("a", 5.5))
          .isEmpty();
    }

    @Test
    void andStartingMakesANewIncarnation() {
      Observation again = Experiment.pair().process(10, STOP, "a").process(12, START, "a").run(25);
      assertThat(again.changes("a", 10)).containsExactly("stopping", "stopped", "started", "ready");
      assertThat(again.holders(25)).containsExactly("a");
    }
  }

  @Nested
  class Killing {
    private final Observation seen = Experiment.pair().process(10, KILL, "a").run(20);

    @Test
    void leavesTheAddressInTheKernelSoThatBothHaveIt() {
      assertThat(seen.changes("a", 10)).containsExactly("killed");
      assertThat(seen.holders(12)).containsExactly("a");
      assertThat(seen.holders(15)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void leavesNoTraceOfTheProcessAfterwards() {
      assertThat(
              seen.events().stream()
                  .filter(e -> e.host().equals("a") && e.atNanos() > 10_000_000_000L)
                  .map(e -> e.detail().kind()))
          .isEmpty();
    }

    @Test
    void letsTheBackupWaitForItsWholeMasterDownInterval() {
      double lastAdvert =
          seen.events().stream()
                  .filter(e -> e.detail() instanceof TraceDetail.AdvertReceived)
                  .mapToLong(e -> e.atNanos())
                  .max()
                  .orElseThrow()
              / 1e9;
      assertThat(seen.taken("b", 10)).isCloseTo(lastAdvert + 3.609, within(0.001));
    }

    @Test
    void duringStartUpEndsIt() {
      assertThat(Experiment.pair().process(0.01, KILL, "a").run(10).changes("a", 0))
          .containsExactly("started", "killed");
    }
  }

  @Nested
  class Freezing {
    @Test
    void silencesItWhileItKeepsTheAddress() {
      Observation seen = Experiment.pair().process(10, FREEZE, "a").run(20);
      assertThat(seen.advertsSent("a", 10, 20)).isZero();
      assertThat(seen.holders(20)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void shorterThanTheMasterDownIntervalChangesNothing() {
      Observation seen = Experiment.pair().process(10, FREEZE, "a").process(12, THAW, "a").run(20);
      assertThat(seen.changes("a", 10)).containsExactly("frozen", "thawed");
      assertThat(seen.state("b", 20)).contains("BACKUP");
    }

    @Test
    void endsWithTheHigherPriorityTakingOverAgain() {
      Observation seen = Experiment.pair().process(10, FREEZE, "a").process(18, THAW, "a").run(25);
      assertThat(seen.holders(17)).containsExactlyInAnyOrder("a", "b");
      assertThat(seen.holders(25)).containsExactly("a");
    }

    @Test
    void keepsATermPendingUntilTheThaw() {
      Observation seen =
          Experiment.pair()
              .process(10, FREEZE, "a")
              .process(12, STOP, "a")
              .process(20, THAW, "a")
              .run(25);
      assertThat(seen.holders(19.9)).contains("a");
      assertThat(seen.changed("a", 10, ProcessChange.STOPPED)).isCloseTo(20, within(0.01));
      assertThat(seen.holders(25)).containsExactly("b");
    }

    @Test
    void doesNotProtectFromAKill() {
      Observation seen =
          Experiment.pair()
              .process(10, FREEZE, "a")
              .process(12, KILL, "a")
              .process(14, THAW, "a")
              .run(20);
      assertThat(seen.changes("a", 10)).containsExactly("frozen", "killed");
    }

    @Test
    void duringStartUpHoldsItBackUntilTheThaw() {
      Observation seen = Experiment.pair().process(0.01, FREEZE, "a").process(8, THAW, "a").run(20);
      assertThat(seen.state("a", 7.9)).isEmpty();
      assertThat(seen.holders(7.9)).containsExactly("b");
      assertThat(seen.holders(20)).containsExactly("a");
    }
  }

  @Nested
  class Restarting {
    @Test
    void isLeavingInOrderAndStartingAgain() {
      Observation seen = Experiment.pair().process(10, RESTART, "a").run(20);
      assertThat(seen.changes("a", 10)).containsExactly("stopping", "stopped", "started", "ready");
      assertThat(seen.holders(20)).containsExactly("a");
    }

    @Test
    void ofAFrozenOneWaitsForTheThaw() {
      Observation seen =
          Experiment.pair()
              .process(10, FREEZE, "a")
              .process(12, RESTART, "a")
              .process(16, THAW, "a")
              .run(30);
      assertThat(seen.changed("a", 10, ProcessChange.STARTED)).isCloseTo(16, within(0.01));
      assertThat(seen.holders(30)).containsExactly("a");
    }

    @Test
    void ofSomethingThatIsDownStartsIt() {
      Observation seen = Experiment.pair().process(5, KILL, "a").process(10, RESTART, "a").run(20);
      assertThat(seen.changes("a", 10)).containsExactly("started", "ready");
    }
  }

  @Nested
  class Reloading {
    private Action.Reload reload(String text) {
      Map<String, String> texts = new LinkedHashMap<>();
      texts.put("new.conf", text);
      return new Action.Reload("a", "keepalived", Optional.of("new.conf"), texts);
    }

    @Test
    void goesOnWithTheNewConfiguration() {
      Observation seen = Experiment.pair().at(10, reload(Experiment.configuration(50))).run(20);
      assertThat(seen.changes("a", 10)).containsExactly("reloaded");
      assertThat(seen.holders(20)).containsExactly("b");
    }

    @Test
    void endsItWhereKeepalivedWouldRefuseTheNewConfiguration() {
      Observation seen =
          Experiment.pair().at(10, reload("vrrp_instance VI_1 {\n interface eth0\n}\n")).run(20);
      assertThat(seen.changes("a", 10)).containsExactly("refused", "stopped");
      assertThat(seen.holders(20)).containsExactly("b");
    }

    @Test
    void ofSomethingThatIsDownCountsForTheNextStart() {
      Observation seen =
          Experiment.pair()
              .process(5, KILL, "b")
              .at(6, reload(Experiment.configuration(50)))
              .process(8, KILL, "a")
              .process(9, START, "a")
              .run(20);
      assertThat(seen.between(12, 20, "a", TraceDetail.AdvertSent.class))
          .extracting(TraceDetail.AdvertSent::priority)
          .containsOnly(50);
    }
  }

  @Nested
  class TheMachine {
    private Action.OnHost on(Action.HostVerb verb) {
      return new Action.OnHost(verb, "a");
    }

    @Test
    void losesItsAddressesAndProcessesWithItsPowerAndSaysNothing() {
      Observation seen = Experiment.pair().at(10, on(Action.HostVerb.POWER_OFF)).run(20);
      assertThat(seen.changes("a", 10)).isEmpty();
      assertThat(seen.holders(12)).isEmpty();
      assertThat(seen.holders(20)).containsExactly("b");
      assertThat(seen.answers(10.2, 13)).containsOnly(Optional.empty());
    }

    @Test
    void startsItsProcessesWhenThePowerReturns() {
      Observation seen = Experiment.pair().during(10, 5, on(Action.HostVerb.POWER_OFF)).run(30);
      assertThat(seen.changes("a", 15)).containsExactly("started", "ready");
      assertThat(seen.changes("a", "nginx", 15)).containsExactly("started", "ready");
      assertThat(seen.holders(30)).containsExactly("a");
    }

    @Test
    void pausedIsDeafAndItsTimeStandsStill() {
      Observation seen = Experiment.pair().during(10, 8, on(Action.HostVerb.VM_PAUSE)).run(30);
      assertThat(seen.advertsSent("a", 10.1, 17.9)).isZero();
      assertThat(seen.holders(17)).containsExactlyInAnyOrder("a", "b");
      assertThat(seen.answers(14, 18).stream().filter(Optional::isPresent))
          .contains(Optional.of("b"))
          .doesNotContain(Optional.of("a"));
      assertThat(seen.holders(30)).containsExactly("a");
    }

    @Test
    void pausedForLessThanTheMasterDownIntervalLosesNothingButAnswers() {
      Observation seen = Experiment.pair().during(10, 2, on(Action.HostVerb.VM_PAUSE)).run(20);
      assertThat(seen.state("b", 20)).contains("BACKUP");
      assertThat(seen.answers(10.2, 12)).containsOnly(Optional.empty());
    }

    @Test
    void losesItsPowerEvenWhilePaused() {
      Observation seen =
          Experiment.pair()
              .at(10, on(Action.HostVerb.VM_PAUSE))
              .at(12, on(Action.HostVerb.POWER_OFF))
              .at(15, on(Action.HostVerb.POWER_ON))
              .run(30);
      assertThat(seen.holders(14)).containsExactly("b");
      assertThat(seen.holders(30)).containsExactly("a");
      assertThat(seen.state("b", 30)).contains("BACKUP");
    }
  }
}
