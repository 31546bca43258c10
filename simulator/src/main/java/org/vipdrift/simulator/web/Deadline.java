package org.vipdrift.simulator.web;

import org.jspecify.annotations.Nullable;

/** A timer that is moved often and seldom goes off: moving it back costs nothing. */
final class Deadline {
  private static final long NEVER = Long.MAX_VALUE;

  private final ProcessTimers timers;
  private final Runnable action;
  private long at = NEVER;
  private long armedFor = NEVER;
  private ProcessTimers.@Nullable Timer timer;

  Deadline(ProcessTimers timers, Runnable action) {
    this.timers = timers;
    this.action = action;
  }

  boolean isSet() {
    return at != NEVER;
  }

  void setAfter(long nanos) {
    at = timers.nowNanos() + nanos;
    if (at < armedFor) {
      arm();
    }
  }

  /** It does not go off, unless it is set again. */
  void clear() {
    at = NEVER;
  }

  /** For good. */
  void cancel() {
    at = NEVER;
    armedFor = NEVER;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void arm() {
    if (timer != null) {
      timer.cancel();
    }
    armedFor = at;
    timer = timers.at(at, this::due);
  }

  private void due() {
    timer = null;
    armedFor = NEVER;
    if (at == NEVER) {
      return;
    }
    if (timers.nowNanos() < at) {
      arm();
    } else {
      at = NEVER;
      action.run();
    }
  }
}
