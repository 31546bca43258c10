package org.vipdrift.netio.time;

import com.typesafe.config.Config;
import java.io.Closeable;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractSchedulerBase;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import org.vipdrift.netio.time.DeadlineHeap.Entry;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/**
 * Pekko's scheduler with the precision of the kernel's timers instead of ticks.
 *
 * <p>A task at a fixed rate keeps to its grid: what could not run in time, for the process was
 * stopped, follows at once.
 */
public final class PreciseScheduler extends AbstractSchedulerBase implements Closeable {
  /** 73 years from now: later than any deadline that is meant, and no overflow. */
  private static final long FARTHEST = Long.MAX_VALUE / 4;

  private final TimerThread timers;

  /** Called by Pekko, by name. */
  public PreciseScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
    this.timers = TimerThread.start(threads);
  }

  /** Alarms on the same thread. */
  RealTimeAlarms alarms() {
    return new RealTimeAlarms(timers);
  }

  /**
   * Runs something once on the thread of the timers, soon: what makes a thread precise (timer
   * slack, scheduling class) must be asked for by the thread itself.
   */
  public void runOnTimerThread(Runnable action) {
    alarms().set(System.nanoTime(), action);
  }

  @Override
  public double maxFrequency() {
    return 10_000;
  }

  @Override
  public Cancellable scheduleOnce(
      FiniteDuration delay, Runnable task, ExecutionContext executionContext) {
    return started(new Task(timers, 0, task, executionContext), delay);
  }

  @Override
  @SuppressWarnings("deprecation") // the one that Pekko's periodic timers end up in
  public Cancellable schedule(
      FiniteDuration initialDelay,
      FiniteDuration interval,
      Runnable task,
      ExecutionContext executionContext) {
    long every = interval.toNanos();
    if (every <= 0) {
      throw new IllegalArgumentException("expected a positive interval, got " + interval);
    }
    return started(new Task(timers, every, task, executionContext), initialDelay);
  }

  /** Called by Pekko when the actor system has ended; tasks that wait for that are run now. */
  @Override
  public void close() {
    for (Entry entry : timers.drain()) {
      if (entry instanceof Task task && task.task instanceof TaskRunOnClose) {
        task.task.run();
      }
    }
  }

  private Cancellable started(Task task, FiniteDuration delay) {
    long after = Math.clamp(delay.toNanos(), 0, FARTHEST);
    if (!timers.add(task, System.nanoTime() + after)) {
      // The type that Pekko's dispatchers expect then.
      throw new IllegalStateException("the actor system has ended, nothing can be scheduled");
    }
    return task;
  }

  private static final class Task extends Entry implements Cancellable {
    private final TimerThread timers;
    private final long interval;
    private final Runnable task;
    private final ExecutionContext executionContext;
    private volatile boolean cancelled;

    Task(TimerThread timers, long interval, Runnable task, ExecutionContext executionContext) {
      this.timers = timers;
      this.interval = interval;
      this.task = task;
      this.executionContext = executionContext;
    }

    @Override
    void fire() {
      if (interval > 0 && !cancelled) {
        timers.add(this, deadlineNanos() + interval);
        if (cancelled) {
          timers.remove(this);
          return;
        }
      }
      executionContext.execute(task);
    }

    @Override
    public boolean cancel() {
      if (interval > 0) {
        boolean first = !cancelled;
        cancelled = true;
        timers.remove(this);
        return first;
      }
      boolean inTime = timers.remove(this);
      if (inTime) {
        cancelled = true;
      }
      return inTime;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }
}
