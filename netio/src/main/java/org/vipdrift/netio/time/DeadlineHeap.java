package org.vipdrift.netio.time;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is due when, ordered by (deadline, sequence).
 *
 * <p>An indexed heap: an entry that is taken back is gone at once, in logarithmic time. Not
 * thread-safe.
 */
final class DeadlineHeap {
  private static final int ARITY_SHIFT = 2;

  private @Nullable Entry[] heap = new Entry[64];
  private int size;
  private long nextSequence;

  /** A place in the heap, and its key. */
  abstract static class Entry {
    private static final int ABSENT = -1;

    private long deadline;
    private long sequence;
    private int position = ABSENT;

    /** Called when it is due, without any lock held. */
    abstract void fire();

    final long deadlineNanos() {
      return deadline;
    }

    final boolean isPending() {
      return position != ABSENT;
    }

    private boolean comesBefore(Entry other) {
      return deadline < other.deadline || (deadline == other.deadline && sequence < other.sequence);
    }
  }

  /** How many are to come. */
  int size() {
    return size;
  }

  /** The next one, which stays where it is. */
  Optional<Entry> first() {
    return Optional.ofNullable(heap[0]);
  }

  /** When the next one is due; {@link Long#MAX_VALUE} when there is none. */
  long firstDeadlineNanos() {
    Entry first = heap[0];
    return first == null ? Long.MAX_VALUE : first.deadline;
  }

  /**
   * Adds an entry, after all others with this deadline.
   *
   * @throws IllegalStateException when it is in a heap already
   */
  void add(Entry entry, long deadlineNanos) {
    if (entry.isPending()) {
      throw new IllegalStateException("the entry is to come already");
    }
    entry.deadline = deadlineNanos;
    entry.sequence = nextSequence++;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    siftUp(size++, entry);
  }

  /**
   * Takes an entry out.
   *
   * @return whether it was in
   */
  boolean remove(Entry entry) {
    int position = entry.position;
    if (position == Entry.ABSENT) {
      return false;
    }
    entry.position = Entry.ABSENT;
    Entry last = at(--size);
    heap[size] = null;
    if (last != entry) {
      if (position > 0 && last.comesBefore(at((position - 1) >> ARITY_SHIFT))) {
        siftUp(position, last);
      } else {
        siftDown(position, last);
      }
    }
    return true;
  }

  private Entry at(int position) {
    Entry entry = heap[position];
    if (entry == null) {
      throw new IllegalStateException("no entry at " + position + " of " + size);
    }
    return entry;
  }

  private void siftUp(int from, Entry entry) {
    int position = from;
    while (position > 0) {
      int parent = (position - 1) >> ARITY_SHIFT;
      if (!entry.comesBefore(at(parent))) {
        break;
      }
      put(position, at(parent));
      position = parent;
    }
    put(position, entry);
  }

  private void siftDown(int from, Entry entry) {
    int position = from;
    while (true) {
      int child = (position << ARITY_SHIFT) + 1;
      if (child >= size) {
        break;
      }
      int least = child;
      int end = Math.min(child + (1 << ARITY_SHIFT), size);
      for (int i = child + 1; i < end; i++) {
        if (at(i).comesBefore(at(least))) {
          least = i;
        }
      }
      if (entry.comesBefore(at(least))) {
        break;
      }
      put(position, at(least));
      position = least;
    }
    put(position, entry);
  }

  private void put(int position, Entry entry) {
    heap[position] = entry;
    entry.position = position;
  }
}
