package org.vipdrift.simulator.kernel.tcp;

/**
 * How long to wait for an acknowledgment: RFC 6298 with the bounds of Linux, whose minimum holds
 * for the variation: the time-out is never less than the round trip and 200 ms.
 */
final class RoundTrip {
  static final long INITIAL_NANOS = 1_000_000_000L;
  static final long MINIMUM_NANOS = 200_000_000L;
  static final long MAXIMUM_NANOS = 120_000_000_000L;

  private long smoothed = -1;
  private long variation;
  private long timeout = INITIAL_NANOS;

  void sample(long nanos) {
    if (smoothed < 0) {
      smoothed = nanos;
      variation = nanos / 2;
    } else {
      variation += (Math.abs(nanos - smoothed) - variation) / 4;
      smoothed += (nanos - smoothed) / 8;
    }
    timeout = Math.min(MAXIMUM_NANOS, smoothed + Math.max(MINIMUM_NANOS, 4 * variation));
  }

  /**
   * @param doublings how often it ran out already
   */
  long timeoutNanos(int doublings) {
    return doublings > 12 ? MAXIMUM_NANOS : Math.min(MAXIMUM_NANOS, timeout << doublings);
  }
}
