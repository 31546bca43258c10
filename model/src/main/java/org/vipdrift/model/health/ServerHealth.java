package org.vipdrift.model.health;

import java.util.Optional;
import org.vipdrift.model.balance.OperationalState;
import org.vipdrift.model.balance.ServerSnapshot;

/**
 * What is known of one server.
 *
 * @param maintenance why it is out; NONE if it is not
 * @param counter 0..rise+fall-1; up from rise on
 * @param weight 0..256, as the administrator set it
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
    Maintenance maintenance,
    boolean draining,
    int counter,
    int weight,
    long changedAt,
    long rampedAt,
    int errors,
    int failedChecks,
    int timesDown,
    boolean checking,
    boolean checksEnabled,
    Optional<CheckResult> lastCheck) {
  /** Why a server is in maintenance. */
  public enum Maintenance {
    NONE,
    /** An administrator did it. */
    FORCED,
    /** {@code disabled} in the file. */
    CONFIGURED,
    /** The server it tracks is. */
    INHERITED
  }

  private static final long SECOND = 1_000_000_000L;

  /** At the start everything is believed up, and the first check decides. */
  public static ServerHealth initial(HealthSettings settings, long at) {
    return new ServerHealth(
        settings.disabled() ? OperationalState.STOPPED : OperationalState.RUNNING,
        settings.disabled() ? Maintenance.CONFIGURED : Maintenance.NONE,
        false,
        settings.disabled() ? 0 : settings.check().rise(),
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
    return maintenance != Maintenance.NONE;
  }

  /** Whether new clients may be given to it. */
  public boolean usable() {
    return weight > 0
        && !inMaintenance()
        && !draining
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
    return new ServerSnapshot(state, inMaintenance(), draining, weight, ramp, throttle);
  }

  /** The weight that counts, in sixteenths: less than all of it while a slow start lasts. */
  public int effectiveWeight(HealthSettings settings) {
    return weight * snapshot(settings).ramp();
  }

  ServerHealth withState(OperationalState next, long at) {
    return new ServerHealth(
        next,
        maintenance,
        draining,
        counter,
        weight,
        at,
        at,
        errors,
        failedChecks,
        next == OperationalState.STOPPED ? timesDown + 1 : timesDown,
        checking,
        checksEnabled,
        lastCheck);
  }

  ServerHealth withMaintenance(Maintenance next, long at) {
    return new ServerHealth(
        state,
        next,
        draining,
        counter,
        weight,
        at,
        at,
        errors,
        failedChecks,
        timesDown,
        checking,
        checksEnabled,
        lastCheck);
  }

  ServerHealth withDraining(boolean next, long at) {
    return new ServerHealth(
        state,
        maintenance,
        next,
        counter,
        weight,
        at,
        at,
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
        maintenance,
        draining,
        next,
        weight,
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
        maintenance,
        draining,
        counter,
        next,
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
        maintenance,
        draining,
        counter,
        weight,
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
        maintenance,
        draining,
        counter,
        weight,
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
        maintenance,
        draining,
        nextCounter,
        weight,
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
        maintenance,
        draining,
        counter,
        weight,
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
        maintenance,
        draining,
        counter,
        weight,
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
