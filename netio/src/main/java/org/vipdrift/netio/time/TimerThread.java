package org.vipdrift.netio.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.netio.time.DeadlineHeap.Entry;

/** The one thread that fires whatever is due, and sleeps until the next deadline. */
final class TimerThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TimerThread.class);
  private static final String NAME = "vipdrift-timers";

  private final Object lock = new Object();
  private final DeadlineHeap heap = new DeadlineHeap();
  private final Thread thread;
  private boolean closed;

  /** The deadline that the thread sleeps for; the past while it is awake and will look again. */
  private long sleepsUntil = Long.MIN_VALUE;

  private TimerThread(ThreadFactory threads) {
    this.thread = threads.newThread(this::run);
    thread.setName(NAME);
  }

  static TimerThread start(ThreadFactory threads) {
    TimerThread started = new TimerThread(threads);
    started.thread.start();
    return started;
  }

  /**
   * Has an entry fired at a deadline.
   *
   * @return false when the thread has ended, and the entry will never fire
   */
  boolean add(Entry entry, long deadlineNanos) {
    boolean wake;
    synchronized (lock) {
      if (closed) {
        return false;
      }
      heap.add(entry, deadlineNanos);
      wake = deadlineNanos < sleepsUntil;
    }
    if (wake) {
      LockSupport.unpark(thread);
    }
    return true;
  }

  /**
   * Takes an entry back.
   *
   * @return false when it has fired, or is firing
   */
  boolean remove(Entry entry) {
    synchronized (lock) {
      return heap.remove(entry);
    }
  }

  boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  /** Ends the thread; what is still to come will not fire, and is returned in its order. */
  List<Entry> drain() {
    List<Entry> rest = new ArrayList<>();
    synchronized (lock) {
      closed = true;
      Optional<Entry> first = heap.first();
      while (first.isPresent()) {
        heap.remove(first.get());
        rest.add(first.get());
        first = heap.first();
      }
    }
    LockSupport.unpark(thread);
    return rest;
  }

  @Override
  public void close() {
    drain();
  }

  private void run() {
    while (true) {
      long due;
      Entry next = null;
      synchronized (lock) {
        if (closed) {
          return;
        }
        due = heap.firstDeadlineNanos();
        if (due <= System.nanoTime()) {
          next = heap.first().orElseThrow();
          heap.remove(next);
          sleepsUntil = Long.MIN_VALUE;
        } else {
          sleepsUntil = due;
        }
      }
      if (next == null) {
        sleepUntil(due);
      } else {
        fire(next);
      }
    }
  }

  /** Returns early when woken, or for no reason: the caller looks again. */
  private void sleepUntil(long due) {
    if (due == Long.MAX_VALUE) {
      LockSupport.park(this);
    } else {
      long remaining = due - System.nanoTime();
      if (remaining > 0) {
        LockSupport.parkNanos(this, remaining);
      }
    }
    Thread.interrupted(); // an interrupt is no wish of ours, and would keep park from sleeping
  }

  private static void fire(Entry entry) {
    try {
      entry.fire();
    } catch (Throwable failure) {
      // Every timer of the node depends on this thread: it outlives whatever a task throws.
      LOG.error("A timer's task failed", failure);
    }
  }
}
