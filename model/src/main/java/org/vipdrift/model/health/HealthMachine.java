package org.vipdrift.model.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.balance.OperationalState;
import org.vipdrift.model.haproxy.settings.ServerCheck;
import org.vipdrift.model.health.Administration.Flag;
import org.vipdrift.model.health.HealthEvent.AdminState;

/**
 * Moves a server between up and down as HAProxy 2.6 does.
 *
 * <pre>
 *   counter  0 .......... rise-1 | rise .......... rise+fall-1
 *                  DOWN          |            UP
 *   pass: +1, from rise on to the top        failure: -1, under rise to 0
 * </pre>
 *
 * At the start the counter stands at rise: one failure is down at once, one pass is fully up. The
 * next check is due one interval after the last ended: {@code inter} at the top, {@code downinter}
 * at the bottom, {@code fastinter} between.
 */
public final class HealthMachine {
  private HealthMachine() {}

  /** The next state and what is to be done, in this order. */
  public record Transition(ServerHealth next, List<HealthEffect> effects) {}

  public static Transition on(HealthSettings settings, ServerHealth state, HealthEvent event) {
    Draft draft = new Draft(settings, state);
    switch (event) {
      case HealthEvent.CheckDue(long at) -> checkDue(draft, at);
      case HealthEvent.CheckConcluded(long at, CheckResult result) -> {
        draft.state = draft.state.withChecking(false);
        if (!draft.state.inMaintenance() && draft.state.checksEnabled()) {
          count(draft, at, result, true);
        }
        draft.effects.add(new HealthEffect.SetCheckTimer(at + interval(draft).toNanos()));
      }
      case HealthEvent.RampDue(long at) -> rampDue(draft, at);
      case HealthEvent.TrafficObserved(long at, Observation observation) ->
          observed(draft, at, observation);
      case HealthEvent.AdminStateSet(long at, AdminState wanted) ->
          adminStateSet(draft, at, wanted);
      case HealthEvent.WeightSet(long _, int weight) -> {
        draft.state = draft.state.withWeight(weight);
        draft.effects.add(new HealthEffect.Publish());
        if (!draft.state.inMaintenance()) {
          remainsDraining(draft);
        }
      }
      case HealthEvent.HealthSet(long at, HealthEvent.ForcedHealth health) ->
          healthSet(draft, at, health);
      case HealthEvent.ChecksEnabled(long _, boolean enabled) ->
          draft.state = draft.state.withChecksEnabled(enabled);
      case HealthEvent.TrackedChanged(long at, OperationalState tracked) ->
          trackedChanged(draft, at, tracked);
      case HealthEvent.FlagInherited(long at, Flag flag, boolean set, OperationalState tracked) -> {
        draft.state = draft.state.withTracked(tracked);
        if (set) {
          set(draft, at, flag);
        } else {
          clear(draft, at, flag);
        }
      }
    }
    return new Transition(draft.state, List.copyOf(draft.effects));
  }

  /**
   * When the first check is due after the start: they are spread over the interval.
   *
   * @param position of the server among those that are checked, from 0
   * @param checked how many are
   */
  public static Duration firstCheck(
      HealthSettings settings, Optional<Duration> longestSpread, int position, int checked) {
    Duration interval =
        settings.check().fall() == 1
            ? settings.check().interval()
            : settings.check().fastInterval().orElse(settings.check().interval());
    Duration spread =
        longestSpread.isPresent() && longestSpread.get().compareTo(interval) < 0
            ? longestSpread.get()
            : interval;
    return spread.multipliedBy(position).dividedBy(Math.max(1, checked));
  }

  /** A state that is being changed. */
  private static final class Draft {
    private final HealthSettings settings;
    private final List<HealthEffect> effects = new ArrayList<>();
    private ServerHealth state;

    Draft(HealthSettings settings, ServerHealth state) {
      this.settings = settings;
      this.state = state;
    }

    void announce(Announcement announcement, String cause) {
      effects.add(new HealthEffect.Announce(announcement, cause));
    }
  }

  private static Duration interval(Draft draft) {
    ServerCheck check = draft.settings.check();
    if (draft.state.counter() == draft.settings.top()) {
      return check.interval();
    }
    if (draft.state.counter() == 0 && draft.state.state() == OperationalState.STOPPED) {
      return check.downInterval().orElse(check.interval());
    }
    return check.fastInterval().orElse(check.interval());
  }

  /** In maintenance and while checks are disabled none is made, but time goes on. */
  private static void checkDue(Draft draft, long at) {
    if (draft.state.inMaintenance() || !draft.state.checksEnabled()) {
      draft.effects.add(new HealthEffect.SetCheckTimer(at + interval(draft).toNanos()));
    } else if (!draft.state.checking()) {
      draft.state = draft.state.withChecking(true);
      draft.effects.add(new HealthEffect.StartCheck());
    }
  }

  private static void count(Draft draft, long at, CheckResult result, boolean byCheck) {
    HealthSettings settings = draft.settings;
    int rise = settings.check().rise();
    int before = draft.state.counter();
    boolean failed = result.verdict() == CheckStatus.Verdict.FAILED;
    int after;
    if (failed) {
      after = before - 1 < rise ? 0 : before - 1;
    } else {
      after = before + 1 >= rise ? settings.top() : before + 1;
    }
    boolean sameStatus =
        draft.state.lastCheck().filter(r -> r.status() == result.status()).isPresent();
    draft.state = draft.state.checked(result, after, failed && before > 0);
    if (!failed) {
      draft.state = draft.state.withErrors(0);
    }
    if (settings.logChecks() && (after != before || !sameStatus)) {
      draft.effects.add(new HealthEffect.Log(checkLine(draft, result)));
    }
    String cause = settings.logChecks() ? "" : ", " + result.reason();
    if (failed) {
      if (after < rise) {
        stop(draft, at, cause);
      }
    } else if (after >= rise) {
      if (result.verdict() == CheckStatus.Verdict.CONDITIONALLY_PASSED) {
        stopping(draft, at, cause);
      } else {
        run(draft, at, cause);
      }
    }
    if (!byCheck) {
      hasten(draft, at);
    }
  }

  private static String checkLine(Draft draft, CheckResult result) {
    HealthSettings settings = draft.settings;
    int counter = draft.state.counter();
    int rise = settings.check().rise();
    boolean up = counter >= rise;
    String ending =
        switch (result.verdict()) {
          case FAILED, NEUTRAL -> "failed";
          case PASSED -> "succeeded";
          case CONDITIONALLY_PASSED -> "conditionally succeeded";
        };
    String word = !up ? "DOWN" : draft.state.weight() > 0 ? "UP" : "DRAIN";
    return "Health check for "
        + (settings.backup() ? "backup " : "")
        + "server "
        + settings.backend()
        + "/"
        + settings.server()
        + " "
        + ending
        + ", "
        + result.reason()
        + ", status: "
        + (up ? counter - rise + 1 : counter)
        + "/"
        + (up ? settings.check().fall() : rise)
        + " "
        + word
        + ".";
  }

  private static void stop(Draft draft, long at, String cause) {
    if (draft.state.inMaintenance() || draft.state.state() == OperationalState.STOPPED) {
      return;
    }
    draft.state = draft.state.withState(OperationalState.STOPPED, at);
    draft.effects.add(new HealthEffect.Publish());
    draft.announce(Announcement.DOWN, cause);
    remainsDraining(draft);
    if (draft.settings.check().shutdownSessionsOnDown()) {
      draft.effects.add(new HealthEffect.ShutdownSessions());
    }
    tellTrackers(draft, at);
  }

  private static void run(Draft draft, long at, String cause) {
    OperationalState before = draft.state.state();
    if (draft.state.inMaintenance()
        || before == OperationalState.RUNNING
        || before == OperationalState.STARTING) {
      return;
    }
    boolean slowly = !draft.settings.slowstart().isZero();
    draft.state =
        draft.state.withState(slowly ? OperationalState.STARTING : OperationalState.RUNNING, at);
    draft.effects.add(new HealthEffect.Publish());
    draft.announce(Announcement.UP, cause);
    remainsDraining(draft);
    if (slowly) {
      draft.effects.add(new HealthEffect.SetRampTimer(at + rampStep(draft)));
    }
    if (draft.settings.check().shutdownBackupSessionsOnUp() && !draft.settings.backup()) {
      draft.effects.add(new HealthEffect.ShutdownBackupSessions());
    }
    tellTrackers(draft, at);
  }

  private static void stopping(Draft draft, long at, String cause) {
    if (draft.state.inMaintenance() || draft.state.state() == OperationalState.STOPPING) {
      return;
    }
    draft.state = draft.state.withState(OperationalState.STOPPING, at);
    draft.effects.add(new HealthEffect.Publish());
    draft.announce(Announcement.STOPPING, cause);
    remainsDraining(draft);
    tellTrackers(draft, at);
  }

  /** A twentieth of the slow start, but not less than a second. */
  private static long rampStep(Draft draft) {
    return Math.max(1_000_000_000L, draft.settings.slowstart().toNanos() / 20);
  }

  /** HAProxy tells of a server a second time when its slow start is over. */
  private static void rampDue(Draft draft, long at) {
    if (draft.state.state() != OperationalState.STARTING) {
      return;
    }
    if (at - draft.state.changedAt() >= draft.settings.slowstart().toNanos()) {
      draft.state = draft.state.withState(OperationalState.RUNNING, at);
      draft.effects.add(new HealthEffect.Publish());
      draft.announce(Announcement.UP, draft.settings.via());
      remainsDraining(draft);
      return;
    }
    draft.state = draft.state.ramped(at);
    draft.effects.add(new HealthEffect.SetRampTimer(at + rampStep(draft)));
    draft.effects.add(new HealthEffect.Publish());
    remainsDraining(draft);
  }

  private static void observed(Draft draft, long at, Observation observation) {
    ServerCheck check = draft.settings.check();
    switch (observation.meaning(check.observe())) {
      case NONE -> {}
      case GOOD -> draft.state = draft.state.withErrors(0);
      case BAD -> {
        int errors = draft.state.errors() + 1;
        if (errors < check.errorLimit()) {
          draft.state = draft.state.withErrors(errors);
          return;
        }
        draft.state = draft.state.withErrors(0);
        limitReached(draft, at, errors, observation);
      }
    }
  }

  private static void limitReached(Draft draft, long at, int errors, Observation observation) {
    ServerCheck check = draft.settings.check();
    CheckResult result =
        new CheckResult(
            CheckStatus.ANALYZE,
            0,
            "Detected " + errors + " consecutive errors, last one was: " + observation.words(),
            Duration.ZERO);
    switch (check.onError()) {
      case FASTINTER -> hasten(draft, at);
      case FAIL_CHECK -> count(draft, at, result, false);
      case SUDDEN_DEATH -> {
        if (draft.state.counter() > check.rise()) {
          draft.state = draft.state.withCounter(check.rise() + 1);
        }
        count(draft, at, result, false);
      }
      case MARK_DOWN -> {
        draft.state = draft.state.withCounter(check.rise());
        count(draft, at, result, false);
      }
    }
  }

  private static void hasten(Draft draft, long at) {
    draft
        .settings
        .check()
        .fastInterval()
        .ifPresent(fast -> draft.effects.add(new HealthEffect.HastenCheck(at + fast.toNanos())));
  }

  private static void tellTrackers(Draft draft, long at) {
    draft.effects.add(
        new HealthEffect.TellTrackers(new HealthEvent.TrackedChanged(at, draft.state.state())));
  }

  private static void adminStateSet(Draft draft, long at, AdminState wanted) {
    switch (wanted) {
      case MAINT -> {
        set(draft, at, Flag.FORCED_MAINTENANCE);
        clear(draft, at, Flag.FORCED_DRAIN);
      }
      case DRAIN -> {
        set(draft, at, Flag.FORCED_DRAIN);
        clear(draft, at, Flag.FORCED_MAINTENANCE);
      }
      case READY -> {
        clear(draft, at, Flag.FORCED_DRAIN);
        clear(draft, at, Flag.FORCED_MAINTENANCE);
      }
    }
  }

  /** Those that track it are told of the first reason, and only of that. */
  private static void set(Draft draft, long at, Flag flag) {
    Administration before = draft.state.administration();
    if (!before.has(flag)) {
      administer(draft, at, before.with(flag));
      if (!before.hasLike(flag)) {
        draft.effects.add(
            new HealthEffect.TellTrackers(
                new HealthEvent.FlagInherited(at, flag.inherited(), true, draft.state.state())));
      }
    }
  }

  /** Those that track it are told when the last reason is gone. */
  private static void clear(Draft draft, long at, Flag flag) {
    Administration before = draft.state.administration();
    if (before.has(flag)) {
      administer(draft, at, before.without(flag));
      if (!before.without(flag).hasLike(flag)) {
        draft.effects.add(
            new HealthEffect.TellTrackers(
                new HealthEvent.FlagInherited(at, flag.inherited(), false, draft.state.state())));
      }
    }
  }

  private static void administer(Draft draft, long at, Administration next) {
    Administration before = draft.state.administration();
    boolean same =
        before.inMaintenance() == next.inMaintenance() && before.draining() == next.draining();
    draft.state = draft.state.withAdministration(next, same ? draft.state.changedAt() : at);
    draft.effects.add(new HealthEffect.Publish());
    if (next.inMaintenance()) {
      if (!before.inMaintenance()) {
        enterMaintenance(draft, at);
      } else {
        remainsInMaintenance(draft, before);
      }
      return;
    }
    if (before.inMaintenance()) {
      leaveMaintenance(draft, at, before);
    }
    boolean down = draft.state.state() == OperationalState.STOPPED;
    if (next.draining() && !before.draining()) {
      draft.announce(
          down ? Announcement.DRAIN_WHEN_DOWN : Announcement.DRAIN,
          next.has(Flag.FORCED_DRAIN) ? "" : draft.settings.via());
    } else if (before.draining() && !next.draining()) {
      draft.announce(down ? Announcement.DRAIN_ENDED_DOWN : Announcement.DRAIN_ENDED_UP, "");
    } else {
      remainsDraining(draft);
    }
  }

  private static void enterMaintenance(Draft draft, long at) {
    boolean wasDown = draft.state.state() == OperationalState.STOPPED;
    if (!wasDown || draft.state.isChecked(draft.settings)) {
      draft.state = draft.state.withCounter(0);
    }
    draft.state = draft.state.withState(OperationalState.STOPPED, at);
    draft.announce(
        wasDown ? Announcement.MAINTENANCE_WHEN_DOWN : Announcement.MAINTENANCE,
        draft.state.administration().has(Flag.FORCED_MAINTENANCE) ? "" : draft.settings.via());
    if (!wasDown && draft.settings.check().shutdownSessionsOnDown()) {
      draft.effects.add(new HealthEffect.ShutdownSessions());
    }
  }

  private static void remainsInMaintenance(Draft draft, Administration before) {
    Administration now = draft.state.administration();
    if (before.has(Flag.FORCED_MAINTENANCE) && !now.has(Flag.FORCED_MAINTENANCE)) {
      draft.announce(
          Announcement.REMAINS,
          " is leaving forced maintenance but remains in maintenance" + draft.settings.via());
    }
    if (before.has(Flag.INHERITED_MAINTENANCE) && !now.has(Flag.INHERITED_MAINTENANCE)) {
      draft.announce(Announcement.REMAINS, " remains in forced maintenance");
    }
  }

  /** HAProxy tells so at every change of a server that drains. */
  private static void remainsDraining(Draft draft) {
    Administration now = draft.state.administration();
    if (now.draining()) {
      draft.announce(
          Announcement.REMAINS,
          now.has(Flag.FORCED_DRAIN)
              ? " remains in forced drain mode"
              : " is leaving forced drain but remains in drain mode" + draft.settings.via());
    }
  }

  /**
   * Whoever leaves maintenance is believed to be as the server it tracks, up if it tracks none; a
   * server that is checked is one failure away from down.
   */
  private static void leaveMaintenance(Draft draft, long at, Administration before) {
    boolean slowly = !draft.settings.slowstart().isZero();
    OperationalState next =
        switch (draft.state.tracked()) {
          case STOPPED -> OperationalState.STOPPED;
          case STOPPING -> OperationalState.STOPPING;
          case STARTING, RUNNING -> slowly ? OperationalState.STARTING : OperationalState.RUNNING;
        };
    draft.state = draft.state.withState(next, at);
    if (draft.state.isChecked(draft.settings)) {
      draft.state = draft.state.withCounter(draft.settings.check().rise());
    }
    boolean down = next == OperationalState.STOPPED;
    Announcement ready = down ? Announcement.READY_DOWN : Announcement.READY_UP;
    Announcement draining =
        down ? Announcement.READY_DRAINING_DOWN : Announcement.READY_DRAINING_UP;
    draft.announce(
        draft.state.draining() ? draining : ready,
        before.has(Flag.FORCED_MAINTENANCE)
            ? " (leaving forced maintenance)"
            : " (leaving maintenance)");
    if (next == OperationalState.STARTING) {
      draft.effects.add(new HealthEffect.SetRampTimer(at + rampStep(draft)));
    }
  }

  private static void healthSet(Draft draft, long at, HealthEvent.ForcedHealth health) {
    String cause = ", changed from CLI";
    switch (health) {
      case UP -> {
        draft.state = draft.state.withCounter(draft.settings.top());
        run(draft, at, cause);
      }
      case STOPPING -> {
        draft.state = draft.state.withCounter(draft.settings.top());
        stopping(draft, at, cause);
      }
      case DOWN -> {
        draft.state = draft.state.withCounter(0);
        stop(draft, at, cause);
      }
    }
  }

  private static void trackedChanged(Draft draft, long at, OperationalState tracked) {
    draft.state = draft.state.withTracked(tracked);
    String cause = draft.settings.via();
    switch (tracked) {
      case STOPPED -> stop(draft, at, cause);
      case STARTING, RUNNING -> run(draft, at, cause);
      case STOPPING -> stopping(draft, at, cause);
    }
  }
}
