package org.vipdrift.model.haproxy;

/** Events of the last period, estimated from this one and the one before. */
final class EventRate {
  private static final long SECOND = 1_000_000_000L;

  private final long period;
  private long began;
  private long current;
  private long previous;
  private long most;

  EventRate() {
    this(SECOND);
  }

  EventRate(long periodNanos) {
    this.period = periodNanos;
  }

  void count(long nowNanos) {
    turn(nowNanos);
    current++;
    most = Math.max(most, perSecond(nowNanos));
  }

  private void turn(long nowNanos) {
    long elapsed = nowNanos - began;
    if (elapsed >= period) {
      previous = elapsed < 2 * period ? current : 0;
      current = 0;
      began = elapsed < 2 * period ? began + period : nowNanos;
    }
  }

  /** How many within one period up to now. */
  long perSecond(long nowNanos) {
    turn(nowNanos);
    long left = period - (nowNanos - began);
    return current + (long) (previous * ((double) left / period));
  }

  long most() {
    return most;
  }
}
