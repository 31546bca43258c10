package org.vipdrift.simulator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HostClockTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Object SOMEBODY = new Object();

  private final VirtualTime time = new VirtualTime();
  private final HostClock clock = new HostClock(time, 100 * SECOND);
  private final List<String> rang = new ArrayList<>();

  private HostClock.HostTimer timer(long deadline, String what) {
    return clock.schedule(deadline, () -> rang.add(time.nowNanos() + " " + what), SOMEBODY);
  }

  private void runUntil(long nanos) {
    while (time.runNext(nanos)) {
      assertThat(time.nowNanos()).isLessThanOrEqualTo(nanos);
    }
    time.advanceTo(nanos);
  }

  @Test
  void startsAtZeroWhenTheHostBoots() {
    time.advanceTo(7 * SECOND);
    HostClock booted = new HostClock(time, 100 * SECOND);
    assertThat(booted.monotonicNanos()).isZero();
    assertThat(booted.wallNanos()).isEqualTo(100 * SECOND);
    time.advanceTo(9 * SECOND);
    assertThat(booted.monotonicNanos()).isEqualTo(2 * SECOND);
    assertThat(booted.wallNanos()).isEqualTo(102 * SECOND);
  }

  @Test
  void timersForOneInstantGoOffInTheOrderInWhichTheyWereSet() {
    timer(10, "a");
    timer(10, "b");
    timer(5, "c");
    runUntil(20);
    assertThat(rang).containsExactly("5 c", "10 a", "10 b");
  }

  @Test
  void aDeadlineThatHasPassedGoesOffAtOnce() {
    time.advanceTo(10);
    timer(3, "a");
    timer(Long.MIN_VALUE, "b");
    runUntil(10);
    assertThat(rang).containsExactly("10 a", "10 b");
  }

  @Test
  void aDeadlineBeyondAllTimeNeverGoesOff() {
    clock.setDrift(HostClock.SLOWEST);
    timer(Long.MAX_VALUE, "never");
    runUntil(1_000_000 * SECOND);
    assertThat(rang).isEmpty();
    assertThat(time.pending()).isEqualTo(1);
  }

  @Test
  void aCancelledTimerIsGoneFromTheHeap() {
    timer(10, "a").cancel();
    assertThat(time.pending()).isZero();
  }

  @Test
  void aTimerCanBeSetAnew() {
    HostClock.HostTimer timer = timer(10, "a");
    timer.reschedule(20);
    assertThat(timer.deadlineNanos()).isEqualTo(20);
    runUntil(30);
    timer.reschedule(40);
    runUntil(50);
    assertThat(rang).containsExactly("20 a", "40 a");
  }

  @Test
  void theTimersOfOneOwnerCanBeCancelledTogether() {
    Object other = new Object();
    timer(10, "a");
    clock.schedule(20, () -> rang.add("other"), other);
    clock.pause();
    timer(30, "b");
    clock.cancelAll(SOMEBODY);
    clock.resume();
    runUntil(100);
    assertThat(rang).containsExactly("other");
  }

  @Test
  void aStepMovesTheWallClockOnly() {
    timer(10 * SECOND, "a");
    time.advanceTo(SECOND);
    clock.stepWall(Duration.ofHours(-1));
    assertThat(clock.wallNanos()).isEqualTo((101 - 3600) * SECOND);
    assertThat(clock.monotonicNanos()).isEqualTo(SECOND);
    runUntil(20 * SECOND);
    assertThat(rang).containsExactly("10000000000 a");
  }

  @Nested
  class Drifting {
    @Test
    void aFastClockReachesADeadlineEarly() {
      clock.setDrift(20_000_000);
      timer(SECOND, "a");
      runUntil(SECOND);
      assertThat(rang).containsExactly("980392157 a");
      assertThat(clock.monotonicNanos()).isEqualTo(1_020_000_000L);
      assertThat(clock.wallNanos()).isEqualTo(101_020_000_000L);
    }

    @Test
    void timersSetBeforeTheChangeAreMoved() {
      timer(2 * SECOND, "a");
      runUntil(SECOND);
      clock.setDrift(-500_000_000);
      runUntil(10 * SECOND);
      assertThat(rang).containsExactly("3000000000 a");
    }

    @Test
    void timersOfOneDeadlineKeepTheirOrder() {
      timer(SECOND, "a");
      timer(SECOND, "b");
      timer(SECOND, "c");
      clock.setDrift(1_000_000);
      clock.setDrift(-3);
      clock.setDrift(0);
      runUntil(2 * SECOND);
      assertThat(rang).containsExactly("1000000000 a", "1000000000 b", "1000000000 c");
    }

    @Test
    void ratesOutOfRangeAreRefused() {
      assertThatThrownBy(() -> clock.setDrift(-1_000_000_000))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> clock.setDrift(HostClock.FASTEST + 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Paused {
    @Test
    void bothClocksStandStillAndTimersWait() {
      timer(2 * SECOND, "a");
      runUntil(SECOND);
      clock.pause();
      runUntil(5 * SECOND);
      assertThat(clock.isPaused()).isTrue();
      assertThat(clock.monotonicNanos()).isEqualTo(SECOND);
      assertThat(clock.wallNanos()).isEqualTo(101 * SECOND);
      assertThat(rang).isEmpty();
      clock.resume();
      runUntil(10 * SECOND);
      assertThat(rang).containsExactly("6000000000 a");
    }

    @Test
    void timersCanBeSetAndCancelledMeanwhile() {
      clock.pause();
      HostClock.HostTimer cancelled = timer(SECOND, "cancelled");
      HostClock.HostTimer kept = timer(2 * SECOND, "kept");
      assertThat(cancelled.isPending()).isTrue();
      cancelled.cancel();
      assertThat(cancelled.isPending()).isFalse();
      assertThat(kept.isPending()).isTrue();
      runUntil(5 * SECOND);
      clock.resume();
      runUntil(10 * SECOND);
      assertThat(rang).containsExactly("7000000000 kept");
    }

    @Test
    void theRateMayChangeMeanwhile() {
      timer(2 * SECOND, "a");
      runUntil(SECOND);
      clock.pause();
      runUntil(3 * SECOND);
      clock.setDrift(1_000_000_000);
      runUntil(5 * SECOND);
      clock.resume();
      runUntil(10 * SECOND);
      assertThat(rang).containsExactly("5500000000 a");
    }

    @Test
    void pausingAndResumingTwiceIsOnce() {
      timer(2 * SECOND, "a");
      clock.resume();
      clock.pause();
      runUntil(SECOND);
      clock.pause();
      runUntil(2 * SECOND);
      clock.resume();
      clock.resume();
      runUntil(10 * SECOND);
      assertThat(rang).containsExactly("4000000000 a");
    }
  }

  @Property(tries = 200)
  void changesLoseNoFractionOfANanosecond(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    VirtualTime time = new VirtualTime();
    HostClock clock = new HostClock(time, 0);
    BigInteger billionths = BigInteger.ZERO;
    long rate = SECOND;
    for (int i = 0; i < 100; i++) {
      long step = random.nextLong(1L << random.nextInt(1, 45));
      time.advanceTo(time.nowNanos() + step);
      billionths = billionths.add(BigInteger.valueOf(step).multiply(BigInteger.valueOf(rate)));
      assertThat(clock.monotonicNanos())
          .isEqualTo(billionths.divide(BigInteger.valueOf(SECOND)).longValueExact());
      long drift = random.nextLong(HostClock.SLOWEST, HostClock.FASTEST + 1);
      clock.setDrift(drift);
      rate = SECOND + drift;
    }
  }

  @Property(tries = 200)
  void aTimerGoesOffAtTheFirstInstantAtWhichItsDeadlineIsReached(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    VirtualTime time = new VirtualTime();
    HostClock clock = new HostClock(time, 0);
    for (int i = 0; i < 20; i++) {
      time.advanceTo(time.nowNanos() + random.nextLong(10 * SECOND));
      clock.setDrift(random.nextLong(HostClock.SLOWEST, HostClock.FASTEST + 1));
      long deadline = clock.monotonicNanos() + 10 + random.nextLong(1L << random.nextInt(1, 45));
      List<Long> reached = new ArrayList<>();
      clock.schedule(deadline, () -> reached.add(clock.monotonicNanos()), SOMEBODY);
      time.advanceTo(time.nextAtNanos() - 1);
      assertThat(clock.monotonicNanos()).isLessThan(deadline);
      assertThat(time.runNext(Long.MAX_VALUE)).isTrue();
      assertThat(reached).hasSize(1);
      assertThat(reached.getFirst()).isGreaterThanOrEqualTo(deadline);
    }
  }
}
