package org.vipdrift.simulator.kernel.tcp;

/** SO_KEEPALIVE of one connection: when it is probed, and when it is given up. */
final class KeepAlive {
  private final long idleNanos;
  private final long intervalNanos;
  private final int probes;
  private int unanswered;
  private long dueAt;

  KeepAlive(long idleNanos, long intervalNanos, int probes, long now) {
    this.idleNanos = idleNanos;
    this.intervalNanos = intervalNanos;
    this.probes = probes;
    this.dueAt = now + idleNanos;
  }

  long dueAt() {
    return dueAt;
  }

  /** The other end lives. */
  void heard(long now) {
    unanswered = 0;
    postpone(now);
  }

  /** There is no need for a probe: data is on its way. */
  void postpone(long now) {
    dueAt = now + idleNanos;
  }

  /** Whether as many probes as there may be have had no answer. */
  boolean isExhausted() {
    return unanswered >= probes;
  }

  void probed(long now) {
    unanswered++;
    dueAt = now + intervalNanos;
  }
}
