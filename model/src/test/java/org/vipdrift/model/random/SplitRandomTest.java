package org.vipdrift.model.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SplitRandomTest {
  private static long[] draw(SplitRandom random) {
    return LongStream.generate(random::nextLong).limit(3).toArray();
  }

  @Test
  void drawsTheNumbersThatSplitMix64IsKnownToDraw() {
    assertThat(draw(SplitRandom.ofSeed(1234567)))
        .containsExactly(
            6457827717110365317L,
            3203168211198807973L,
            Long.parseUnsignedLong("9817491932198370423"));
  }

  @Test
  void splitStreamsAreTheSameForEver() {
    assertThat(draw(SplitRandom.ofSeed(1).split("test2")))
        .containsExactly(-2715157857244606451L, 1683048486584589408L, 3592241635239586647L);
    assertThat(draw(SplitRandom.ofSeed(1).split("test3")))
        .containsExactly(3391767594009341059L, 3746544777546677301L, -7296599925155060456L);
    assertThat(draw(SplitRandom.ofSeed(2).split("test2")))
        .containsExactly(8553017221849468233L, 6160559619307787829L, -730284867505132506L);
  }

  @Test
  void splittingNeitherDependsOnDrawsNorChangesThem() {
    SplitRandom fresh = SplitRandom.ofSeed(7);
    SplitRandom used = SplitRandom.ofSeed(7);
    used.nextLong();
    used.split("other").nextLong();
    assertThat(draw(used.split("host"))).isEqualTo(draw(fresh.split("host")));
    fresh.nextLong();
    assertThat(draw(used)).isEqualTo(draw(fresh));
  }

  @Test
  void orderOfSplittingMatters() {
    SplitRandom seed = SplitRandom.ofSeed(1);
    assertThat(draw(seed.split("a").split("b"))).isNotEqualTo(draw(seed.split("b").split("a")));
    assertThat(draw(seed.split("a").split("b"))).isNotEqualTo(draw(seed.split("ab")));
  }

  @Test
  void chanceIsNeverAtZeroAlwaysAtHundredAndFairBetween() {
    SplitRandom random = SplitRandom.ofSeed(1);
    assertThat(hits(random, 0)).isZero();
    assertThat(hits(random, 100)).isEqualTo(10_000);
    assertThat(hits(random, 40)).isBetween(3_900, 4_100);
  }

  private static int hits(SplitRandom random, double percent) {
    int hits = 0;
    for (int i = 0; i < 10_000; i++) {
      hits += random.chance(percent) ? 1 : 0;
    }
    return hits;
  }
}
