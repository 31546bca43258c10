package org.vipdrift.model.segment;

import java.time.Duration;

/**
 * What a link rule does to a frame. {@link Pass} and losing a frame decide its fate; the others
 * change it and leave it to the rules that follow, as do losses that spare it. All percentages are
 * 0..100.
 */
public sealed interface Treatment {
  /** No later rule applies. */
  record Pass() implements Treatment {}

  record Drop() implements Treatment {}

  /** Each frame is lost with the same probability. */
  record LoseFraction(double percent) implements Treatment {
    public LoseFraction {
      checkPercent(percent);
    }
  }

  /**
   * Frames are lost in bursts: the two-state model of Gilbert and Elliott, a state per link. Links
   * begin good.
   *
   * @param toBad probability per frame of a good link turning bad
   * @param toGood probability per frame of a bad link turning good
   * @param lossInBad probability of loss while bad
   * @param lossInGood probability of loss while good
   */
  record LoseBursts(double toBad, double toGood, double lossInBad, double lossInGood)
      implements Treatment {
    public LoseBursts {
      checkPercent(toBad);
      checkPercent(toGood);
      checkPercent(lossInBad);
      checkPercent(lossInGood);
    }

    /** The share of frames lost in the long run, in percent. */
    public double averageLoss() {
      double turning = toBad + toGood;
      double bad = turning == 0 ? 0 : toBad / turning;
      return bad * lossInBad + (1 - bad) * lossInGood;
    }
  }

  /** Frames arrive later by {@code base} and up to {@code jitter}, evenly drawn. */
  record Delay(Duration base, Duration jitter) implements Treatment {
    public Delay {
      checkNotNegative(base);
      checkNotNegative(jitter);
    }
  }

  /** A frame arrives twice with this probability. */
  record Duplicate(double percent) implements Treatment {
    public Duplicate {
      checkPercent(percent);
    }
  }

  /** A frame is held back with this probability, so that later ones overtake it. */
  record Reorder(double percent, Duration delay) implements Treatment {
    public Reorder {
      checkPercent(percent);
      checkNotNegative(delay);
    }
  }

  /** One bit of a frame, anywhere in it, flips with this probability. */
  record Corrupt(double percent) implements Treatment {
    public Corrupt {
      checkPercent(percent);
    }
  }

  private static void checkPercent(double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("a probability of " + percent + " %");
    }
  }

  private static void checkNotNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a delay of " + duration);
    }
  }
}
