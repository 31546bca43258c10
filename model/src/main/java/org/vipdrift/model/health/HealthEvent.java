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

  /** The server it tracks changed. */
  record TrackedChanged(long at, OperationalState state) implements HealthEvent {}

  /**
   * The server it tracks went into maintenance or drain, or left it.
   *
   * @param tracked how that server is now
   */
  record FlagInherited(long at, Administration.Flag flag, boolean set, OperationalState tracked)
      implements HealthEvent {}
}
