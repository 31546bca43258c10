package org.vipdrift.netio.time;

import com.typesafe.config.Config;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/**
 * Runs actors on the thread of whoever tells them something, unless another thread is at it: for
 * short work, where waking a thread costs more than the work.
 *
 * <p>An actor that is told something by another such actor has its turn once that one has finished
 * its own: before the first {@code tell} returns, but without growing the stack.
 */
public final class CallersExecutor extends ExecutorServiceConfigurator {
  /** Called by Pekko, by name. */
  public CallersExecutor(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return CallersExecutor::sameThread;
  }

  static ExecutorService sameThread() {
    return new SameThread();
  }

  private static final class SameThread extends AbstractExecutorService {
    private final ThreadLocal<Queue<Runnable>> turns = new ThreadLocal<>();
    private volatile boolean ended;

    @Override
    public void execute(Runnable task) {
      Queue<Runnable> waiting = turns.get();
      if (waiting != null) {
        waiting.add(task);
        return;
      }
      waiting = new ArrayDeque<>();
      turns.set(waiting);
      waiting.add(task);
      try {
        takeTurns(waiting);
      } finally {
        turns.remove();
      }
    }

    /** An actor's own failure is its supervisor's matter; this is for what goes beyond that. */
    private static void takeTurns(Queue<Runnable> waiting) {
      Runnable next = waiting.poll();
      while (next != null) {
        try {
          next.run();
        } catch (Throwable failure) {
          // Those that wait would never have another turn.
          takeTurns(waiting);
          throw failure;
        }
        next = waiting.poll();
      }
    }

    @Override
    public void shutdown() {
      ended = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      ended = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return ended;
    }

    @Override
    public boolean isTerminated() {
      return ended;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return ended;
    }
  }
}
