package org.vipdrift.model.health;

import org.vipdrift.model.balance.OperationalState;

/** What happens to a server; {@code at} is the process's monotonic time in nanoseconds. */
public sealed interface HealthEvent {
  long at();

  /** It is time for a check. */
  record CheckDue(long at) implements HealthEvent {}

  /** A check ended. */
  record CheckConcluded(long at, CheckResult result) implements HealthEvent {}

  /** It is time to raise the weight of a slow start. */
  record RampDue(long at) implements HealthEvent {}

  /** The traffic told something. */
  record TrafficObserved(long at, Observation observation) implements HealthEvent {}

  /** {@code set server state maint}, {@code drain} or {@code ready}. */
  record AdminStateSet(long at, AdminState state) implements HealthEvent {}

  /** What an administrator wants of a server. */
  enum AdminState {
    READY,
    DRAIN,
    MAINT
  }

  /** {@code set server weight}; 0..256. */
  record WeightSet(long at, int weight) implements HealthEvent {}

  /** {@code set server health}. */
  record HealthSet(long at, ForcedHealth health) implements HealthEvent {}

  /** What an administrator says the checks have found. */
  enum ForcedHealth {
    UP,
    STOPPING,
    DOWN
  }

  /** {@code enable health} or {@code disable health}. */
  record ChecksEnabled(long at, boolean enabled) implements HealthEvent {}

  /**
   * The server it tracks changed.
   *
   * @param via {@code backend/server}
   */
  record TrackedChanged(long at, String via, OperationalState state, boolean maintenance)
      implements HealthEvent {}
}
