package org.vipdrift.model.tracking;

import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.tracking.ScriptState.Status;

/**
 * Counts a check script's results as keepalived 2.2.7 does.
 *
 * <pre>
 *   result   0 ........ rise-1 | rise ........ rise+fall-1
 *                 DOWN         |         UP
 *   success: +1 while below rise-1, else to the top    failure: -1 while above rise, else to 0
 * </pre>
 *
 * The first run decides alone, whatever rise and fall say. The next run is due one interval after
 * the last began; it is skipped while that one still runs.
 */
public final class ScriptMachine {
  private ScriptMachine() {}

  /** The machine's next state and what is to be done, in this order. */
  public record Transition(ScriptState next, List<ScriptEffect> effects) {}

  public static Transition on(ScriptSettings settings, ScriptState state, ScriptEvent event) {
    return switch (event) {
      case ScriptEvent.RunDue due -> runDue(settings, state, due.at());
      case ScriptEvent.RunSucceeded _ -> succeeded(settings, state);
      case ScriptEvent.RunFailed failed -> failed(settings, state, failed.explanation());
    };
  }

  private static Transition runDue(ScriptSettings settings, ScriptState state, long at) {
    ScriptEffect timer = new ScriptEffect.SetRunTimer(at + settings.interval().toNanos());
    if (state.running()) {
      ScriptEffect log =
          new ScriptEffect.Log(
              "Track script " + settings.name() + " is running, expect idle - skipping run");
      return new Transition(state, List.of(timer, log));
    }
    long run = state.runs() + 1;
    return new Transition(
        new ScriptState(state.status(), state.result(), true, run),
        List.of(timer, new ScriptEffect.StartRun(run)));
  }

  private static Transition succeeded(ScriptSettings settings, ScriptState state) {
    int top = settings.rise() + settings.fall() - 1;
    int result = state.result() < settings.rise() - 1 ? state.result() + 1 : top;
    boolean decided = result == top && state.result() < settings.rise();
    return ended(
        state, result, decided, Status.UP, "VRRP_Script(" + settings.name() + ") succeeded");
  }

  private static Transition failed(ScriptSettings settings, ScriptState state, String explanation) {
    int result = state.result() > settings.rise() ? state.result() - 1 : 0;
    boolean decided =
        result == 0 && (state.result() == settings.rise() || state.status() == Status.UNDECIDED);
    return ended(
        state,
        result,
        decided,
        Status.DOWN,
        "VRRP_Script(" + settings.name() + ") failed (" + explanation + ")");
  }

  private static Transition ended(
      ScriptState state, int result, boolean decided, Status status, String line) {
    List<ScriptEffect> effects = new ArrayList<>();
    if (decided) {
      effects.add(new ScriptEffect.Log(line));
      effects.add(new ScriptEffect.ReportStatus(status));
    }
    return new Transition(
        new ScriptState(decided ? status : state.status(), result, false, state.runs()),
        List.copyOf(effects));
  }
}
