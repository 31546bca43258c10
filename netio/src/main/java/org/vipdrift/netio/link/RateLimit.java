package org.vipdrift.netio.link;

import java.util.Arrays;

/**
 * How many packets of each class may pass on: a burst, and so many a second. For one thread.
 *
 * <p>This is what bounds the messages on their way to actors: an actor never holds more than the
 * burst and what arrives while it does not run.
 */
final class RateLimit {
  private final long nanosPerPacket;
  private final long burstNanos;

  /** Until when a class has spent its allowance; at most a burst ahead of now. */
  private final long[] spentUntil;

  /**
   * @param classes how many are told apart
   * @param burst packets that may come at once
   */
  RateLimit(int classes, int perSecond, int burst, long nowNanos) {
    this.nanosPerPacket = 1_000_000_000L / perSecond;
    this.burstNanos = nanosPerPacket * burst;
    this.spentUntil = new long[classes];
    Arrays.fill(spentUntil, nowNanos);
  }

  boolean admit(int which, long nowNanos) {
    long from = spentUntil[which] - nowNanos > 0 ? spentUntil[which] : nowNanos;
    if (from + nanosPerPacket - nowNanos > burstNanos) {
      return false;
    }
    spentUntil[which] = from + nanosPerPacket;
    return true;
  }
}
