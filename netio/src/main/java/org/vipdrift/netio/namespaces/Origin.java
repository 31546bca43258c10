package org.vipdrift.netio.namespaces;

/** The moment at which a run's timeline begins: known once everything is built. */
final class Origin {
  private volatile long nanoTime;

  /**
   * @param nanoTime a {@link System#nanoTime}
   */
  Origin(long nanoTime) {
    this.nanoTime = nanoTime;
  }

  void set(long newNanoTime) {
    nanoTime = newNanoTime;
  }

  long nanoTime() {
    return nanoTime;
  }

  /** Nanoseconds since then; negative before it. */
  long nowNanos() {
    return System.nanoTime() - nanoTime;
  }
}
