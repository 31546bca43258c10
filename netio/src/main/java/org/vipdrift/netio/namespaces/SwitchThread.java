package org.vipdrift.netio.namespaces;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;

/**
 * The thread on which the segments of a run live: it reads the cards, carries out what is due, and
 * sleeps until the next of either.
 */
final class SwitchThread implements AutoCloseable {
  private static final int POLL_OCTETS = 8;
  private static final long SECOND = 1_000_000_000L;

  /** How many frames of a card are read before the others have their turn. */
  private static final int TURN = 64;

  private final long startNanos;
  private final int wakeUp;
  private final Thread thread;
  private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private final List<Card> cards = new ArrayList<>();
  private long sequence;
  private volatile boolean closed;

  /** A card that is read. */
  private record Card(TapDevice device, FrameReader reader) {}

  /** Takes a frame that a machine sent. */
  @FunctionalInterface
  interface FrameReader {
    void read(org.vipdrift.model.frame.Octets frame);
  }

  private record Due(long at, long sequence, Runnable task) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return at == other.at ? Long.compare(sequence, other.sequence) : Long.compare(at, other.at);
    }
  }

  private SwitchThread(long startNanos, int wakeUp, String name) {
    this.startNanos = startNanos;
    this.wakeUp = wakeUp;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  /**
   * @param startNanos the {@link System#nanoTime} that is zero on the timeline
   */
  static SwitchThread start(String name, long startNanos) throws NativeException {
    SwitchThread started = new SwitchThread(startNanos, Libc.eventDescriptor(), name);
    started.thread.start();
    return started;
  }

  /** Nanoseconds since the start of the run. */
  long nowNanos() {
    return System.nanoTime() - startNanos;
  }

  /** Does something on the thread, soon. */
  void execute(Runnable order) {
    orders.add(order);
    if (Thread.currentThread() != thread) {
      wake();
    }
  }

  /** Does something on the thread and waits for what comes of it. */
  <T> T ask(Supplier<T> question) {
    if (Thread.currentThread() == thread) {
      return question.get();
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    execute(
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException bug ? bug : e;
    }
  }

  /** On the thread: does something at a time of the timeline. */
  void schedule(long at, Runnable task) {
    due.add(new Due(at, sequence++, task));
  }

  /** On the thread: reads a card from now on. */
  void read(TapDevice device, FrameReader reader) {
    cards.add(new Card(device, reader));
  }

  private void wake() {
    try (Arena arena = Arena.ofConfined()) {
      Libc.write(wakeUp, arena.allocateFrom(JAVA_LONG, 1), 8);
    }
  }

  private void run() {
    try (Arena arena = Arena.ofConfined()) {
      sleepPrecisely();
      MemorySegment timeout = arena.allocate(16, 8);
      MemorySegment count = arena.allocate(JAVA_LONG);
      MemorySegment polled = MemorySegment.NULL;
      int watched = -1;
      while (!closed) {
        if (watched != cards.size()) {
          watched = cards.size();
          polled = descriptors(arena);
        }
        await(polled, watched, timeout);
        Libc.read(wakeUp, count, 8);
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
          order.run();
        }
        for (int i = 0; i < watched; i++) {
          if (polled.get(JAVA_SHORT, (i + 1L) * POLL_OCTETS + 6) != 0) {
            drain(cards.get(i));
          }
        }
        while (!due.isEmpty() && due.peek().at <= nowNanos()) {
          due.remove().task.run();
        }
      }
    } finally {
      Libc.close(wakeUp);
    }
  }

  /** Without this a thread's sleep may last 50 microseconds longer than it asked for. */
  private static void sleepPrecisely() {
    try {
      Libc.processControl(Constants.PR_SET_TIMERSLACK, 1);
    } catch (NativeException e) {
      throw new IllegalStateException(e);
    }
  }

  private MemorySegment descriptors(Arena arena) {
    MemorySegment polled = arena.allocate((cards.size() + 1L) * POLL_OCTETS, 4);
    polled.set(JAVA_INT, 0, wakeUp);
    polled.set(JAVA_SHORT, 4, (short) Constants.POLLIN);
    for (int i = 0; i < cards.size(); i++) {
      polled.set(JAVA_INT, (i + 1L) * POLL_OCTETS, cards.get(i).device.descriptor());
      polled.set(JAVA_SHORT, (i + 1L) * POLL_OCTETS + 4, (short) Constants.POLLIN);
    }
    return polled;
  }

  private void await(MemorySegment polled, int watched, MemorySegment timeout) {
    MemorySegment until = MemorySegment.NULL;
    if (!due.isEmpty()) {
      long left = Math.max(0, due.peek().at - nowNanos());
      timeout.set(JAVA_LONG, 0, left / SECOND);
      timeout.set(JAVA_LONG, 8, left % SECOND);
      until = timeout;
    }
    Libc.poll(polled, watched + 1L, until);
  }

  private static void drain(Card card) {
    for (int i = 0; i < TURN; i++) {
      var frame = card.device.read();
      if (frame.isEmpty()) {
        return;
      }
      card.reader.read(frame.get());
    }
  }

  /** Ends the thread; the cards may be closed afterwards. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      wake();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
