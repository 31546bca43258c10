package org.vipdrift.simulator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private final VirtualTime time = new VirtualTime();
  private final List<String> happened = new ArrayList<>();

  private VirtualTime.Entry schedule(long at, String what) {
    return time.schedule(at, () -> happened.add(time.nowNanos() + " " + what));
  }

  @Test
  void eventsHappenInTheOrderOfTheirInstants() {
    schedule(30, "c");
    schedule(10, "a");
    schedule(20, "b");
    runUntil(100);
    assertThat(happened).containsExactly("10 a", "20 b", "30 c");
  }

  @Test
  void eventsOfOneInstantHappenInTheOrderInWhichTheyWereScheduled() {
    schedule(10, "a");
    schedule(10, "b");
    schedule(10, "c");
    runUntil(10);
    assertThat(happened).containsExactly("10 a", "10 b", "10 c");
  }

  @Test
  void anEventMayScheduleAnotherForNow() {
    time.schedule(10, () -> schedule(10, "again"));
    runUntil(10);
    assertThat(happened).containsExactly("10 again");
  }

  @Test
  void aLaterEventIsLeftAndTimeStays() {
    schedule(11, "later");
    assertThat(time.runNext(10)).isFalse();
    assertThat(time.nowNanos()).isZero();
    assertThat(time.nextAtNanos()).isEqualTo(11);
  }

  @Test
  void aCancelledEventIsGoneAtOnce() {
    VirtualTime.Entry entry = schedule(10, "never");
    schedule(20, "b");
    entry.cancel();
    entry.cancel();
    assertThat(entry.isPending()).isFalse();
    assertThat(time.pending()).isEqualTo(1);
    runUntil(100);
    assertThat(happened).containsExactly("20 b");
  }

  @Test
  void aRescheduledEventGoesBehindThoseOfItsNewInstant() {
    VirtualTime.Entry moved = schedule(10, "moved");
    schedule(20, "b");
    moved.reschedule(20);
    assertThat(moved.atNanos()).isEqualTo(20);
    runUntil(100);
    assertThat(happened).containsExactly("20 b", "20 moved");
  }

  @Test
  void anEventThatHasHappenedCanBeScheduledAgain() {
    VirtualTime.Entry entry = schedule(10, "a");
    runUntil(10);
    entry.reschedule(30);
    runUntil(100);
    assertThat(happened).containsExactly("10 a", "30 a");
  }

  @Test
  void thePastIsRefused() {
    time.advanceTo(10);
    assertThatThrownBy(() -> schedule(9, "too late"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it is 10 ns, too late for 9 ns");
    VirtualTime.Entry entry = schedule(20, "moved");
    assertThatThrownBy(() -> entry.reschedule(9)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void timeDoesNotJumpOverAnEvent() {
    schedule(10, "a");
    assertThatThrownBy(() -> time.advanceTo(11)).isInstanceOf(IllegalStateException.class);
    time.advanceTo(10);
    assertThat(time.nowNanos()).isEqualTo(10);
  }

  @Test
  void aResetLeavesNothing() {
    VirtualTime.Entry entry = schedule(10, "a");
    time.advanceTo(5);
    time.reset();
    assertThat(time.nowNanos()).isZero();
    assertThat(time.pending()).isZero();
    assertThat(entry.isPending()).isFalse();
    entry.cancel();
    assertThat(time.runNext(Long.MAX_VALUE)).isFalse();
  }

  private record Key(long at, long sequence) {}

  @Property(tries = 300)
  void behavesLikeASortedMap(@ForAll long seed, @ForAll @IntRange(min = 1, max = 600) int steps) {
    SplittableRandom random = new SplittableRandom(seed);
    VirtualTime time = new VirtualTime();
    Map<Key, Integer> model =
        new TreeMap<>(Comparator.comparingLong(Key::at).thenComparingLong(Key::sequence));
    List<VirtualTime.Entry> entries = new ArrayList<>();
    List<Key> keys = new ArrayList<>();
    List<Integer> ran = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      int choice = random.nextInt(10);
      long at = time.nowNanos() + random.nextInt(20);
      if (choice < 5 || entries.isEmpty()) {
        int id = entries.size();
        entries.add(time.schedule(at, () -> ran.add(id)));
        keys.add(new Key(at, step));
        model.put(keys.get(id), id);
      } else if (choice < 9) {
        int id = random.nextInt(entries.size());
        model.remove(keys.get(id));
        if (choice < 7) {
          entries.get(id).cancel();
        } else {
          entries.get(id).reschedule(at);
          keys.set(id, new Key(at, step));
          model.put(keys.get(id), id);
        }
      } else if (time.runNext(Long.MAX_VALUE)) {
        expected.add(((TreeMap<Key, Integer>) model).pollFirstEntry().getValue());
      }
      assertThat(time.pending()).isEqualTo(model.size());
      assertThat(ran).isEqualTo(expected);
    }
    expected.addAll(model.values());
    while (time.runNext(Long.MAX_VALUE)) {
      assertThat(time.nextAtNanos()).isGreaterThanOrEqualTo(time.nowNanos());
    }
    assertThat(ran).isEqualTo(expected);
  }

  private void runUntil(long nanos) {
    while (time.runNext(nanos)) {
      assertThat(time.nowNanos()).isLessThanOrEqualTo(nanos);
    }
  }
}
