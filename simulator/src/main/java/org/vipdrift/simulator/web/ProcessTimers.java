package org.vipdrift.simulator.web;

import java.util.ArrayDeque;
import java.util.Deque;
import org.vipdrift.simulator.time.HostClock;

/**
 * The timers of one incarnation of a process: what comes due while it is frozen runs at the thaw,
 * and after its death nothing does.
 */
public final class ProcessTimers {
  private final HostClock clock;
  private final Deque<Timer> overdue = new ArrayDeque<>();
  private boolean frozen;
  private boolean closed;

  public ProcessTimers(HostClock clock) {
    this.clock = clock;
  }

  /** A timer that can be cancelled. */
  public final class Timer {
    private final Runnable action;
    private final HostClock.HostTimer timer;
    private boolean cancelled;

    private Timer(long deadlineNanos, Runnable action) {
      this.action = action;
      this.timer = clock.schedule(deadlineNanos, this::due, ProcessTimers.this);
    }

    public void cancel() {
      cancelled = true;
      timer.cancel();
    }

    private void due() {
      if (frozen) {
        overdue.add(this);
      } else if (!cancelled && !closed) {
        action.run();
      }
    }
  }

  /** The host's monotonic time. */
  public long nowNanos() {
    return clock.monotonicNanos();
  }

  /** What the host's wall clock shows. */
  public long wallNanos() {
    return clock.wallNanos();
  }

  /** Runs something at a moment of the host's monotonic time. */
  public Timer at(long deadlineNanos, Runnable action) {
    return new Timer(deadlineNanos, action);
  }

  /** Runs something after a while. */
  public Timer after(long nanos, Runnable action) {
    return new Timer(nowNanos() + nanos, action);
  }

  /** SIGSTOP. */
  public void freeze() {
    frozen = true;
  }

  /** SIGCONT: what has become due runs now. */
  public void thaw() {
    frozen = false;
    while (!frozen && !overdue.isEmpty()) {
      overdue.poll().due();
    }
  }

  /** The process is dead. */
  public void close() {
    closed = true;
    overdue.clear();
    clock.cancelAll(this);
  }
}
