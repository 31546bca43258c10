package org.vipdrift.netio.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.vipdrift.netio.time.DeadlineHeap.Entry;

class DeadlineHeapTest {
  private final DeadlineHeap heap = new DeadlineHeap();

  private static final class Numbered extends Entry {
    private final int number;

    Numbered(int number) {
      this.number = number;
    }

    @Override
    void fire() {
      throw new AssertionError("a heap fires nothing");
    }
  }

  private static List<Integer> drained(DeadlineHeap from) {
    List<Integer> numbers = new ArrayList<>();
    for (Optional<Entry> next = from.first(); next.isPresent(); next = from.first()) {
      numbers.add(((Numbered) next.get()).number);
      from.remove(next.get());
    }
    return numbers;
  }

  @Test
  void anEmptyHeapHasNoDeadline() {
    assertThat(heap.firstDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(heap.first()).isEmpty();
  }

  @Test
  void equalDeadlinesKeepTheirOrder() {
    for (int i = 0; i < 100; i++) {
      heap.add(new Numbered(i), 7);
    }
    assertThat(drained(heap)).isSorted().hasSize(100);
  }

  @Test
  void anEntryIsInOnlyOnce() {
    Numbered entry = new Numbered(1);
    heap.add(entry, 5);
    assertThatThrownBy(() -> heap.add(entry, 6)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anEntryIsTakenOutOnlyOnce() {
    Numbered entry = new Numbered(1);
    heap.add(entry, 5);
    assertThat(heap.remove(entry)).isTrue();
    assertThat(heap.remove(entry)).isFalse();
    assertThat(heap.size()).isZero();
  }

  @Property
  void whatRemainsComesInTheOrderOfDeadlines(
      @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 40) Integer> deadlines,
      @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 299) Integer> removals) {
    DeadlineHeap tried = new DeadlineHeap();
    List<Numbered> expected = new ArrayList<>();
    List<Numbered> entries = new ArrayList<>();
    for (int deadline : deadlines) {
      Numbered entry = new Numbered(entries.size());
      entries.add(entry);
      expected.add(entry);
      tried.add(entry, deadline);
    }
    for (int removal : removals) {
      if (removal < entries.size()) {
        assertThat(tried.remove(entries.get(removal)))
            .isEqualTo(expected.remove(entries.get(removal)));
      }
    }
    expected.sort(Comparator.comparingLong(Numbered::deadlineNanos));
    assertThat(drained(tried)).isEqualTo(expected.stream().map(e -> e.number).toList());
  }
}
