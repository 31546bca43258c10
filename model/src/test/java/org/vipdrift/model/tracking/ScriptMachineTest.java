package org.vipdrift.model.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.tracking.ScriptState.Status;

class ScriptMachineTest {
  private static final long SECOND = 1_000_000_000L;

  private static ScriptSettings settings(int rise, int fall) {
    return new ScriptSettings(
        "chk", Duration.ofSeconds(1), Duration.ofSeconds(1), rise, fall, false);
  }

  /** Feeds results ({@code true}: success) and lists the statuses reported, "." where none was. */
  private static List<String> reports(ScriptSettings settings, List<Boolean> results) {
    ScriptState state = ScriptState.initial(settings);
    List<String> reports = new ArrayList<>();
    for (boolean ok : results) {
      ScriptMachine.Transition transition =
          ScriptMachine.on(
              settings,
              state,
              ok
                  ? new ScriptEvent.RunSucceeded(0)
                  : new ScriptEvent.RunFailed(0, "exited with status 1"));
      state = transition.next();
      reports.add(
          transition.effects().stream()
              .filter(ScriptEffect.ReportStatus.class::isInstance)
              .map(e -> ((ScriptEffect.ReportStatus) e).status().toString())
              .findFirst()
              .orElse("."));
    }
    return reports;
  }

  @Test
  void theFirstSuccessDecidesAloneWhateverRiseSays() {
    assertThat(reports(settings(5, 3), List.of(true))).containsExactly("UP");
  }

  @Test
  void theFirstFailureDecidesAloneWhateverFallSays() {
    assertThat(reports(settings(5, 3), List.of(false))).containsExactly("DOWN");
  }

  @Test
  void fallFailuresInARowTakeItDown() {
    assertThat(reports(settings(2, 2), List.of(true, false, true, false, false)))
        .containsExactly("UP", ".", ".", ".", "DOWN");
  }

  @Test
  void riseSuccessesInARowBringItBack() {
    assertThat(reports(settings(3, 1), List.of(false, true, true, false, true, true, true)))
        .containsExactly("DOWN", ".", ".", ".", ".", ".", "UP");
  }

  @Test
  void aScriptWithInitFailIsDownUntilRiseSuccesses() {
    ScriptSettings settings =
        new ScriptSettings("chk", Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 1, true);
    assertThat(ScriptState.initial(settings).status()).isEqualTo(Status.DOWN);
    assertThat(reports(settings, List.of(true, true))).containsExactly(".", "UP");
  }

  @Test
  void theNextRunIsDueOneIntervalAfterTheLastBegan() {
    ScriptSettings settings = settings(1, 1);
    ScriptMachine.Transition transition =
        ScriptMachine.on(
            settings, ScriptState.initial(settings), new ScriptEvent.RunDue(7 * SECOND));
    assertThat(transition.effects())
        .containsExactly(new ScriptEffect.SetRunTimer(8 * SECOND), new ScriptEffect.StartRun(1));
  }

  private static ScriptMachine.Transition dueAgain(ScriptSettings settings) {
    ScriptState running =
        ScriptMachine.on(settings, ScriptState.initial(settings), new ScriptEvent.RunDue(0)).next();
    return ScriptMachine.on(settings, running, new ScriptEvent.RunDue(SECOND));
  }

  @Test
  void keepalivedSaysThatItSkipsARunAndStartsIt() {
    assertThat(dueAgain(settings(1, 1)).effects())
        .containsExactly(
            new ScriptEffect.SetRunTimer(2 * SECOND),
            new ScriptEffect.Log("Track script chk is already running, expect idle - skipping run"),
            new ScriptEffect.StartRun(2));
  }

  @Test
  void aRunThatMustNotOverlapStartsWhenTheLastHasEnded() {
    ScriptSettings settings = settings(1, 1).withoutOverlap();
    ScriptMachine.Transition waiting = dueAgain(settings);
    assertThat(waiting.effects()).noneMatch(ScriptEffect.StartRun.class::isInstance);
    ScriptMachine.Transition ended =
        ScriptMachine.on(settings, waiting.next(), new ScriptEvent.RunSucceeded(SECOND + 1));
    assertThat(ended.effects()).endsWith(new ScriptEffect.StartRun(2));
    ScriptMachine.Transition endedAgain =
        ScriptMachine.on(settings, ended.next(), new ScriptEvent.RunSucceeded(SECOND + 2));
    assertThat(endedAgain.effects()).noneMatch(ScriptEffect.StartRun.class::isInstance);
  }

  /** The rule said another way: a status needs its run of equal results, the first needs one. */
  @Property(tries = 500)
  void reportsWhatCountingRunsOfEqualResultsReports(
      @ForAll @IntRange(min = 1, max = 4) int rise,
      @ForAll @IntRange(min = 1, max = 4) int fall,
      @ForAll @Size(max = 30) List<Boolean> results) {
    List<String> expected = new ArrayList<>();
    Status status = Status.UNDECIDED;
    int inARow = 0;
    boolean last = false;
    for (boolean ok : results) {
      inARow = ok == last ? inARow + 1 : 1;
      last = ok;
      Status next = status;
      if (status == Status.UNDECIDED || status == Status.UP && !ok && inARow >= fall) {
        next = ok ? Status.UP : Status.DOWN;
      } else if (status == Status.DOWN && ok && inARow >= rise) {
        next = Status.UP;
      }
      expected.add(next == status ? "." : next.toString());
      status = next;
    }
    assertThat(reports(settings(rise, fall), results)).isEqualTo(expected);
  }
}
