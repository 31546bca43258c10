package org.vipdrift.simulator.process;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.ExecutorServiceFactory;
import org.apache.pekko.dispatch.ExecutorServiceFactoryProvider;

/** What a dispatcher takes for a thread pool: the one queue, under the name of a slot. */
final class SlotExecutor extends AbstractExecutorService implements ExecutorServiceFactoryProvider {
  private final WorldThread world;
  private ProcessSlot slot;

  SlotExecutor(WorldThread world) {
    this.world = world;
    this.slot = world.systemSlot();
  }

  WorldThread world() {
    return world;
  }

  ProcessSlot slot() {
    return slot;
  }

  /** From now on runs are on behalf of this slot. */
  void occupy(ProcessSlot slot) {
    this.slot = slot;
  }

  @Override
  public void execute(Runnable run) {
    world.enqueue(slot, run);
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return new ExecutorServiceFactory() {
      @Override
      public ExecutorService createExecutorService() {
        return SlotExecutor.this;
      }
    };
  }

  /** There is nothing to shut down: the queue outlives its dispatchers. */
  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
