package org.vipdrift.model.tracking;

import java.time.Duration;

/**
 * When a check script runs, and how many results in a row count.
 *
 * @param interval from the start of one run to the next; more than zero
 * @param timeout of one run; keepalived takes the interval where none is configured
 * @param rise successes in a row that make it up; at least 1
 * @param fall failures in a row that make it down; at least 1
 * @param initiallyFailed {@code init_fail}: down until it succeeds, instead of undecided
 * @param overlapping whether a run starts when it is due though another still goes on, as with
 *     keepalived 2.2.7, which logs that it skips the run and starts it (measured); otherwise it
 *     starts when that one has ended
 */
public record ScriptSettings(
    String name,
    Duration interval,
    Duration timeout,
    int rise,
    int fall,
    boolean initiallyFailed,
    boolean overlapping) {
  public ScriptSettings {
    if (rise < 1 || fall < 1 || !interval.isPositive()) {
      throw new IllegalArgumentException("script " + name + ": rise, fall, interval must be > 0");
    }
  }

  /** Runs as keepalived does: they may overlap. */
  public ScriptSettings(
      String name,
      Duration interval,
      Duration timeout,
      int rise,
      int fall,
      boolean initiallyFailed) {
    this(name, interval, timeout, rise, fall, initiallyFailed, true);
  }

  /** The same, one run at a time. */
  public ScriptSettings withoutOverlap() {
    return new ScriptSettings(name, interval, timeout, rise, fall, initiallyFailed, false);
  }
}
