package org.vipdrift.simulator.process;

import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractSchedulerBase;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import org.jspecify.annotations.Nullable;
import org.vipdrift.simulator.time.HostClock;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/**
 * Pekko's scheduler in the clock of the host whose process asks.
 *
 * <p>Typed timers run their task on the calling thread, so the execution context does not tell who
 * asks; the {@link WorldThread} does.
 */
final class VirtualScheduler extends AbstractSchedulerBase {
  private final WorldThread world = new WorldThread();

  /** Called by Pekko, by name. */
  VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {}

  WorldThread world() {
    return world;
  }

  @Override
  public double maxFrequency() {
    return 1e9;
  }

  @Override
  public Cancellable scheduleOnce(
      FiniteDuration delay, Runnable task, ExecutionContext executionContext) {
    if (task instanceof TaskRunOnClose) {
      // A dispatcher without actors wants to be shut down some time: pooled ones stay.
      return Cancellable.alreadyCancelled();
    }
    world.checkThread();
    return new Task(world.current(), delay.toNanos(), 0, task, executionContext);
  }

  @Override
  @SuppressWarnings("deprecation") // the one that Pekko's periodic timers end up in
  public Cancellable schedule(
      FiniteDuration initialDelay,
      FiniteDuration interval,
      Runnable task,
      ExecutionContext executionContext) {
    world.checkThread();
    if (interval.toNanos() <= 0) {
      throw new IllegalArgumentException("expected a positive interval, got " + interval);
    }
    return new Task(
        world.current(), initialDelay.toNanos(), interval.toNanos(), task, executionContext);
  }

  private static final class Task implements Cancellable, Runnable {
    private final long interval;
    private final Runnable task;
    private final ExecutionContext executionContext;
    private HostClock.@Nullable HostTimer timer;
    private boolean cancelled;

    Task(
        ProcessSlot slot,
        long delay,
        long interval,
        Runnable task,
        ExecutionContext executionContext) {
      this.interval = interval;
      this.task = task;
      this.executionContext = executionContext;
      HostClock clock = slot.clock();
      this.timer = clock.schedule(clock.monotonicNanos() + Math.max(0, delay), this, slot);
    }

    @Override
    public void run() {
      HostClock.HostTimer fired = timer;
      if (interval > 0 && fired != null) {
        fired.reschedule(fired.deadlineNanos() + interval);
      } else {
        timer = null;
      }
      executionContext.execute(task);
    }

    @Override
    public boolean cancel() {
      if (timer == null) {
        return false;
      }
      timer.cancel();
      timer = null;
      cancelled = true;
      return true;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }
}
