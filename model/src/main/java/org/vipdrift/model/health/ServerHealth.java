package org.vipdrift.model.health;

import java.util.Optional;
import org.vipdrift.model.balance.OperationalState;
import org.vipdrift.model.balance.ServerSnapshot;
import org.vipdrift.model.health.Administration.Flag;

/**
 * What is known of one server.
 *
 * @param administration what is asked of it
 * @param tracked how the server is that it tracks; running if it tracks none
 * @param counter 0..rise+fall-1; up from rise on
 * @param weight 0..256, as the administrator set it
 * @param balancedWeight as balancing was told it, which it is not in maintenance
 * @param changedAt when the operational or administrative state changed last
 * @param rampedAt when the weight of a slow start was raised last
 * @param errors consecutive ones that the traffic told
 * @param failedChecks checks that failed while it was up
 * @param timesDown transitions to down
 * @param checking whether a check runs
 * @param checksEnabled {@code disable health} clears it
 */
public record ServerHealth(
    OperationalState state,
    Administration administration,
    OperationalState tracked,
    int counter,
    int weight,
    int balancedWeight,
    long changedAt,
    long rampedAt,
    int errors,
    int failedChecks,
    int timesDown,
    boolean checking,
    boolean checksEnabled,
    Optional<CheckResult> lastCheck) {
  private static final long SECOND = 1_000_000_000L;
  private static final Administration DISABLED =
      Administration.NONE.with(Flag.FORCED_MAINTENANCE).with(Flag.CONFIGURED);

  /** At the start everything is believed up, and the first check decides. */
  public static ServerHealth initial(HealthSettings settings, long at) {
    return new ServerHealth(
        settings.disabled() ? OperationalState.STOPPED : OperationalState.RUNNING,
        settings.disabled() ? DISABLED : Administration.NONE,
        OperationalState.RUNNING,
        settings.disabled() ? 0 : settings.check().rise(),
        settings.initialWeight(),
        settings.initialWeight(),
        at,
        at,
        0,
        0,
        0,
        false,
        true,
        Optional.empty());
  }

  public boolean inMaintenance() {
    return administration.inMaintenance();
  }

  public boolean draining() {
    return administration.draining();
  }

  /** Whether new clients may be given to it. */
  public boolean usable() {
    return weight > 0
        && !inMaintenance()
        && !draining()
        && (state == OperationalState.RUNNING || state == OperationalState.STARTING);
  }

  /** What data planes need of it. */
  public ServerSnapshot snapshot(HealthSettings settings) {
    int ramp = ServerSnapshot.FULL_RAMP;
    int throttle = 100;
    long slowSeconds = settings.slowstart().toSeconds();
    if (state == OperationalState.STARTING && slowSeconds > 0) {
      long elapsed = Math.max(0, (rampedAt - changedAt) / SECOND);
      ramp =
          (int)
              Math.min(
                  ServerSnapshot.FULL_RAMP,
                  (ServerSnapshot.FULL_RAMP * elapsed + slowSeconds) / slowSeconds);
      throttle = (int) Math.min(100, 100 * elapsed / slowSeconds);
    }
    return new ServerSnapshot(state, inMaintenance(), draining(), weight, ramp, throttle);
  }

  /** The weight that counts, in sixteenths: less than all of it while a slow start lasts. */
  public int effectiveWeight(HealthSettings settings) {
    return balancedWeight * snapshot(settings).ramp();
  }

  /** Whether checks are configured and not disabled. */
  public boolean isChecked(HealthSettings settings) {
    return settings.check().enabled() && checksEnabled;
  }

  ServerHealth withState(OperationalState next, long at) {
    return new ServerHealth(
        next,
        administration,
        tracked,
        counter,
        weight,
        balancedWeight,
        at,
        at,
        errors,
        failedChecks,
        next == OperationalState.STOPPED && state != next ? timesDown + 1 : timesDown,
        checking,
        checksEnabled,
        lastCheck);
  }

  ServerHealth withAdministration(Administration next, long at) {
    return new ServerHealth(
        state,
        next,
        tracked,
        counter,
        weight,
        next.inMaintenance() ? balancedWeight : weight,
        at,
        at,
        errors,
        failedChecks,
        timesDown,
        checking,
        checksEnabled,
        lastCheck);
  }

  ServerHealth withTracked(OperationalState next) {
    return new ServerHealth(
        state,
        administration,
        next,
        counter,
        weight,
        balancedWeight,
        changedAt,
        rampedAt,
        errors,
        failedChecks,
        timesDown,
        checking,
        checksEnabled,
        lastCheck);
  }

  ServerHealth withCounter(int next) {
    return new ServerHealth(
        state,
        administration,
        tracked,
        next,
        weight,
        balancedWeight,
        changedAt,
        rampedAt,
        errors,
        failedChecks,
        timesDown,
        checking,
        checksEnabled,
        lastCheck);
  }

  ServerHealth withWeight(int next) {
    return new ServerHealth(
        state,
        administration,
        tracked,
        counter,
        next,
        inMaintenance() ? balancedWeight : next,
        changedAt,
        rampedAt,
        errors,
        failedChecks,
        timesDown,
        checking,
        checksEnabled,
        lastCheck);
  }

  ServerHealth ramped(long at) {
    return new ServerHealth(
        state,
        administration,
        tracked,
        counter,
        weight,
        balancedWeight,
        changedAt,
        at,
        errors,
        failedChecks,
        timesDown,
        checking,
        checksEnabled,
        lastCheck);
  }

  ServerHealth withErrors(int next) {
    return new ServerHealth(
        state,
        administration,
        tracked,
        counter,
        weight,
        balancedWeight,
        changedAt,
        rampedAt,
        next,
        failedChecks,
        timesDown,
        checking,
        checksEnabled,
        lastCheck);
  }

  ServerHealth checked(CheckResult result, int nextCounter, boolean failed) {
    return new ServerHealth(
        state,
        administration,
        tracked,
        nextCounter,
        weight,
        balancedWeight,
        changedAt,
        rampedAt,
        errors,
        failed ? failedChecks + 1 : failedChecks,
        timesDown,
        checking,
        checksEnabled,
        Optional.of(result));
  }

  ServerHealth withChecking(boolean next) {
    return new ServerHealth(
        state,
        administration,
        tracked,
        counter,
        weight,
        balancedWeight,
        changedAt,
        rampedAt,
        errors,
        failedChecks,
        timesDown,
        next,
        checksEnabled,
        lastCheck);
  }

  ServerHealth withChecksEnabled(boolean next) {
    return new ServerHealth(
        state,
        administration,
        tracked,
        counter,
        weight,
        balancedWeight,
        changedAt,
        rampedAt,
        errors,
        failedChecks,
        timesDown,
        checking,
        next,
        lastCheck);
  }
}
