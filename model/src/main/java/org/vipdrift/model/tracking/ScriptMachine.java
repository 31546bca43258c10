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
 * the last was; whether it then waits for that one's end is {@link ScriptSettings#overlapping}'s
 * matter.
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
    List<ScriptEffect> effects = new ArrayList<>();
    effects.add(timer);
    if (state.running()) {
      effects.add(
          new ScriptEffect.Log(
              "Track script "
                  + settings.name()
                  + " is already running, expect idle - skipping run"));
      if (!settings.overlapping()) {
        return new Transition(
            new ScriptState(state.status(), state.result(), true, true, state.runs()),
            List.copyOf(effects));
      }
    }
    long run = state.runs() + 1;
    effects.add(new ScriptEffect.StartRun(run));
    return new Transition(
        new ScriptState(state.status(), state.result(), true, false, run), List.copyOf(effects));
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
    long runs = state.runs();
    if (state.due()) {
      effects.add(new ScriptEffect.StartRun(++runs));
    }
    return new Transition(
        new ScriptState(decided ? status : state.status(), result, state.due(), false, runs),
        List.copyOf(effects));
  }
}
