package org.vipdrift.simulator.time;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * True time: what is to happen when, ordered by (nanoseconds, sequence).
 *
 * <p>An indexed heap: a cancelled event is gone at once, so timers that are re-armed with every
 * advert cost nothing later. Not thread-safe.
 */
public final class VirtualTime {
  private static final int ARITY_SHIFT = 2;

  private Node[] heap = new Node[64];

  /** The instant of each node: most comparisons need not look at the nodes themselves. */
  private long[] instants = new long[64];

  private int size;
  private long now;
  private long nextSequence;

  /** Nanoseconds since the start of the run. */
  public long nowNanos() {
    return now;
  }

  /** How many events are to come. */
  public int pending() {
    return size;
  }

  /** When the next event is due; {@link Long#MAX_VALUE} when none is. */
  public long nextAtNanos() {
    return size == 0 ? Long.MAX_VALUE : instants[0];
  }

  /**
   * Runs {@code action} at an instant, after everything that was scheduled for it before.
   *
   * @throws IllegalArgumentException when the instant has passed
   */
  public Entry schedule(long atNanos, Runnable action) {
    Entry entry = new Entry(this, action);
    insert(entry, atNanos, nextSequence++);
    return entry;
  }

  /**
   * Moves time to the next event and runs it, unless it is later than {@code untilNanos}.
   *
   * @return whether there was one
   */
  public boolean runNext(long untilNanos) {
    if (size == 0) {
      return false;
    }
    Node first = heap[0];
    if (first.at > untilNanos) {
      return false;
    }
    removeFirst();
    now = first.at;
    first.fire();
    return true;
  }

  /**
   * Moves time on when nothing is due before {@code atNanos}; no effect when that has passed.
   *
   * @throws IllegalStateException when an event is due before
   */
  public void advanceTo(long atNanos) {
    if (size > 0 && instants[0] < atNanos) {
      throw new IllegalStateException(
          "an event is due at " + instants[0] + " ns, before " + atNanos + " ns");
    }
    now = Math.max(now, atNanos);
  }

  /** Cancels everything. */
  public void clear() {
    for (int i = 0; i < size; i++) {
      heap[i].position = Node.ABSENT;
    }
    Arrays.fill(heap, 0, size, null);
    size = 0;
  }

  /** Back to zero, with nothing to come. */
  public void reset() {
    clear();
    now = 0;
    nextSequence = 0;
  }

  long takeSequence() {
    return nextSequence++;
  }

  List<Node> select(Predicate<Node> wanted) {
    List<Node> selected = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (wanted.test(heap[i])) {
        selected.add(heap[i]);
      }
    }
    return selected;
  }

  void insert(Node node, long at, long sequence) {
    if (at < now) {
      throw new IllegalArgumentException("it is " + now + " ns, too late for " + at + " ns");
    }
    node.at = at;
    node.sequence = sequence;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
      instants = Arrays.copyOf(instants, size * 2);
    }
    siftUp(size++, node);
  }

  void remove(Node node) {
    int position = node.position;
    if (position == Node.ABSENT) {
      return;
    }
    node.position = Node.ABSENT;
    Node last = takeLast();
    if (last != node) {
      place(position, last);
    }
  }

  void move(Node node, long at, long sequence) {
    if (at < now) {
      throw new IllegalArgumentException("it is " + now + " ns, too late for " + at + " ns");
    }
    node.at = at;
    node.sequence = sequence;
    place(node.position, node);
  }

  private void removeFirst() {
    heap[0].position = Node.ABSENT;
    Node last = takeLast();
    if (size > 0) {
      siftDown(0, last);
    }
  }

  private Node takeLast() {
    Node last = heap[--size];
    heap[size] = null;
    return last;
  }

  private void place(int position, Node node) {
    if (position > 0 && comesBefore(node, (position - 1) >> ARITY_SHIFT)) {
      siftUp(position, node);
    } else {
      siftDown(position, node);
    }
  }

  private boolean comesBefore(Node node, int other) {
    long instant = instants[other];
    return node.at < instant || (node.at == instant && node.sequence < heap[other].sequence);
  }

  private boolean comesBefore(int one, int other) {
    return instants[one] < instants[other]
        || (instants[one] == instants[other] && heap[one].sequence < heap[other].sequence);
  }

  private void siftUp(int from, Node node) {
    int position = from;
    while (position > 0) {
      int parent = (position - 1) >> ARITY_SHIFT;
      if (!comesBefore(node, parent)) {
        break;
      }
      put(position, heap[parent], instants[parent]);
      position = parent;
    }
    put(position, node, node.at);
  }

  private void siftDown(int from, Node node) {
    int position = from;
    while (true) {
      int child = (position << ARITY_SHIFT) + 1;
      if (child >= size) {
        break;
      }
      int end = Math.min(child + (1 << ARITY_SHIFT), size);
      int least = child;
      for (int i = child + 1; i < end; i++) {
        if (comesBefore(i, least)) {
          least = i;
        }
      }
      if (comesBefore(node, least)) {
        break;
      }
      put(position, heap[least], instants[least]);
      position = least;
    }
    put(position, node, node.at);
  }

  private void put(int position, Node node, long instant) {
    heap[position] = node;
    instants[position] = instant;
    node.position = position;
  }

  /** A place in the heap, its key and what happens then. */
  abstract static sealed class Node permits Entry, HostClock.HostTimer {
    static final int ABSENT = -1;

    final Runnable action;
    long at;
    long sequence;
    int position = ABSENT;

    Node(Runnable action) {
      this.action = action;
    }

    final void fire() {
      action.run();
    }
  }

  /** An event to come. */
  public static final class Entry extends Node {
    private final VirtualTime time;

    private Entry(VirtualTime time, Runnable action) {
      super(action);
      this.time = time;
    }

    /** When it is due, or was. */
    public long atNanos() {
      return at;
    }

    /** Whether it is still to come. */
    public boolean isPending() {
      return position != ABSENT;
    }

    /** Takes it back; no effect when it has run. */
    public void cancel() {
      time.remove(this);
    }

    /**
     * Sets another instant, as if cancelled and scheduled anew; an event that has run is to come
     * again.
     *
     * @throws IllegalArgumentException when the instant has passed
     */
    public void reschedule(long atNanos) {
      long sequence = time.takeSequence();
      if (position == ABSENT) {
        time.insert(this, atNanos, sequence);
      } else {
        time.move(this, atNanos, sequence);
      }
    }
  }
}
