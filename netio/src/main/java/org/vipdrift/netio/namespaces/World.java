package org.vipdrift.netio.namespaces;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The thread that acts on a run's hosts, now and later; what fails on it fails the run. */
final class World implements AutoCloseable {
  private final ScheduledThreadPoolExecutor executor;
  private final Origin origin;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  World(String threadName, Origin origin) {
    this.origin = origin;
    this.executor =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name(threadName).unstarted(task));
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.prestartAllCoreThreads();
  }

  void execute(Runnable task) {
    at(origin.nowNanos(), task);
  }

  void later(long millis, Runnable task) {
    at(origin.nowNanos() + millis * 1_000_000L, task);
  }

  /** Does something at a time of the timeline; nothing once the run is over. */
  void at(long nanos, Runnable task) {
    long delay = Math.max(0, nanos - origin.nowNanos());
    try {
      executor.schedule(() -> guarded(task), delay, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The run is over.
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  @Nullable Throwable failure() {
    return failure.get();
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      executor.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
