package org.vipdrift.model.segment;

import java.util.random.RandomGenerator;

/**
 * The sending side of a port: frames wait behind each other, and a storm takes its share as a
 * steady stream instead of frame by frame.
 */
final class PortQueue {
  static final long FULL = -1;

  /** Preamble, check sequence and gap: what a frame takes on the wire beyond its own octets. */
  private static final int OVERHEAD_OCTETS = 24;

  /** Without the check sequence, which is counted as overhead. */
  private static final int SHORTEST_FRAME = 60;

  private final double bitsPerSecond;
  private final double queueNanos;
  private final RandomGenerator random;
  private double stormBitsPerSecond;
  private double backlogNanos;
  private long backlogAt;

  PortQueue(PortRate rate, RandomGenerator random) {
    this.bitsPerSecond = rate.bitsPerSecond();
    this.queueNanos = nanosFor(rate.queueOctets());
    this.random = random;
  }

  /** What so many frames a second fill, in bits per second. */
  static double bitsPerSecond(double framesPerSecond, int frameOctets) {
    return framesPerSecond * wireOctets(frameOctets) * 8;
  }

  void storm(double newStormBitsPerSecond, long at) {
    drain(at);
    stormBitsPerSecond = newStormBitsPerSecond;
  }

  void clear(long at) {
    backlogNanos = 0;
    backlogAt = at;
  }

  /**
   * Takes a frame in.
   *
   * @return nanoseconds that it waits before its first bit leaves, 0 on an idle port; or {@link
   *     #FULL}
   */
  long offer(int frameOctets, long at) {
    drain(at);
    double takes = nanosFor(wireOctets(frameOctets));
    if (backlogNanos + takes > queueNanos) {
      // A queue that a storm keeps full has room as often as the link takes one of its frames off.
      boolean stormed = stormBitsPerSecond >= bitsPerSecond;
      if (!stormed || random.nextDouble() * stormBitsPerSecond >= bitsPerSecond) {
        return FULL;
      }
      return (long) queueNanos;
    }
    long wait = (long) backlogNanos;
    backlogNanos += takes;
    return wait;
  }

  private void drain(long at) {
    double elapsed = at - backlogAt;
    backlogAt = at;
    if (backlogNanos > 0 || stormBitsPerSecond > 0) {
      double filled = elapsed * stormBitsPerSecond / bitsPerSecond;
      backlogNanos = Math.clamp(backlogNanos + filled - elapsed, 0, queueNanos);
    }
  }

  private double nanosFor(double octets) {
    return octets * 8e9 / bitsPerSecond;
  }

  private static int wireOctets(int frameOctets) {
    return Math.max(frameOctets, SHORTEST_FRAME) + OVERHEAD_OCTETS;
  }
}
