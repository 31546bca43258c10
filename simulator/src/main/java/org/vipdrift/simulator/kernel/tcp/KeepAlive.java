package org.vipdrift.simulator.kernel.tcp;

/** SO_KEEPALIVE of one connection. */
final class KeepAlive {
  final long idleNanos;
  final long intervalNanos;
  final int probes;

  /** Probes that nobody has answered. */
  int sent;

  long dueAt;

  KeepAlive(long idleNanos, long intervalNanos, int probes, long now) {
    this.idleNanos = idleNanos;
    this.intervalNanos = intervalNanos;
    this.probes = probes;
    this.dueAt = now + idleNanos;
  }
}
