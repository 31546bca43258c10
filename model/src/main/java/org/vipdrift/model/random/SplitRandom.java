package org.vipdrift.model.random;

import java.util.random.RandomGenerator;

/**
 * A seeded stream of random numbers (SplitMix64 by Steele, Lea and Flood, 2014) that can be split
 * by name.
 */
public final class SplitRandom implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final long seed;
  private long state;

  private SplitRandom(long seed) {
    this.seed = seed;
    this.state = seed;
  }

  public static SplitRandom ofSeed(long seed) {
    return new SplitRandom(seed);
  }

  /**
   * The stream of this name. It depends on this stream's seed and the name alone, not on what has
   * been drawn or split before, and drawing from it leaves this stream as it is.
   */
  public SplitRandom split(String name) {
    return new SplitRandom(mix(mix(seed ^ GOLDEN_GAMMA) + hash(name)));
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /**
   * Whether something that happens in so many cases of a hundred happens now; draws one number.
   *
   * @param percent 0..100
   */
  public boolean chance(double percent) {
    return nextDouble() * 100 < percent;
  }

  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }

  /** FNV-1a over the characters: the same on every machine and in every Java version. */
  private static long hash(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
