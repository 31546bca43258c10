package org.vipdrift.model.verdict;

import java.time.Duration;

/**
 * How long things took, in buckets of less than 1 % of their value, so that its size does not grow.
 */
final class LatencyHistogram {
  /** Values below this have buckets of their own; above, each power of two has half as many. */
  private static final int LINEAR = 256;

  private static final int HALF = LINEAR / 2;
  private static final int LINEAR_BITS = 8;

  private final long[] counts = new long[LINEAR + (Long.SIZE - LINEAR_BITS) * HALF];
  private long total;
  private long greatestNanos;

  void add(Duration duration) {
    long nanos = Math.max(0, duration.toNanos());
    counts[bucket(nanos)]++;
    total++;
    greatestNanos = Math.max(greatestNanos, nanos);
  }

  private static int bucket(long nanos) {
    if (nanos < LINEAR) {
      return (int) nanos;
    }
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    int shift = power - LINEAR_BITS + 1;
    return LINEAR + (shift - 1) * HALF + (int) (nanos >>> shift) - HALF;
  }

  /** The greatest value of a bucket. */
  private static long top(int bucket) {
    if (bucket < LINEAR) {
      return bucket;
    }
    int shift = (bucket - LINEAR) / HALF + 1;
    long mantissa = (bucket - LINEAR) % HALF + HALF;
    return (mantissa + 1 << shift) - 1;
  }

  long total() {
    return total;
  }

  Duration greatest() {
    return Duration.ofNanos(greatestNanos);
  }

  /**
   * What this percentage took no longer than, at most 1 % too high.
   *
   * @param percent more than 0 and at most 100
   */
  Duration percentile(double percent) {
    long rank = rank(total, percent);
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= rank && seen > 0) {
        return Duration.ofNanos(Math.min(top(bucket), greatestNanos));
      }
    }
    return Duration.ZERO;
  }

  /** How many of so many make up a percentage: the nearest rank. */
  static long rank(long total, double percent) {
    return Math.max(1, (long) Math.ceil(total * percent / 100 - 1e-9));
  }
}
