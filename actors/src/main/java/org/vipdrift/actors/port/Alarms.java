package org.vipdrift.actors.port;

/** One-shot alarms in the host's monotonic time. */
public interface Alarms {
  /**
   * Calls {@code wake} once, at the deadline or at once if that has passed. {@code wake} must only
   * send a message.
   *
   * @param monotonicDeadlineNanos as {@link Clock#monotonicNanos} counts
   */
  Alarm set(long monotonicDeadlineNanos, Runnable wake);

  /** An alarm that has been set. */
  interface Alarm {
    /** Takes the alarm back; no effect once it has gone off. */
    void cancel();
  }
}
