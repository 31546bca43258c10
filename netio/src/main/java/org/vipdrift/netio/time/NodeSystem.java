package org.vipdrift.netio.time;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.event.slf4j.Slf4jLogger;
import org.apache.pekko.event.slf4j.Slf4jLoggingFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.actors.port.Clock;
import scala.concurrent.ExecutionContext;

/**
 * An actor system for a daemon: on the {@link PreciseScheduler} and two named threads, ended by its
 * owner alone.
 *
 * <p>All actors run on {@code vipdrift-node-1} and {@code vipdrift-node-2}, Pekko's own too: a node
 * is idle nearly always, and what it must do at once is short; but for those that are spawned
 * {@link #onCallersThread}. Neither the JVM's shutdown nor a fatal error ends or exits anything by
 * itself; after a fatal error of an actor the actor system terminates, which {@link
 * #whenTerminated} tells. What Pekko's libraries start with every actor system (serialization, the
 * receptionist, a stream materializer) is not started: no actor here needs it, and it is 50 ms of a
 * node's start.
 *
 * @param <T> what the guardian is told
 */
public final class NodeSystem<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeSystem.class);
  private static final int THREADS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The dispatcher of actors that run on the thread of whoever tells them something. */
  private static final String CALLERS_THREAD = "vipdrift-callers-thread";

  private static final String CONFIGURATION =
      """
      pekko {
        loggers = ["%s"]
        logging-filter = "%s"
        loglevel = INFO
        stdout-loglevel = OFF
        log-dead-letters = off
        log-dead-letters-during-shutdown = off
        daemonic = on
        library-extensions = []
        actor.typed.library-extensions = []
        jvm-exit-on-fatal-error = off
        jvm-shutdown-hooks = off
        coordinated-shutdown.run-by-jvm-shutdown-hook = off
        coordinated-shutdown.run-by-actor-system-terminate = off
        coordinated-shutdown.terminate-actor-system = off
        scheduler.implementation = "%s"
        actor.default-dispatcher { executor = default-executor, throughput = 5 }
        actor.internal-dispatcher = pekko.actor.default-dispatcher
      }
      %s { type = Dispatcher, executor = "%s", throughput = 5 }
      """
          .formatted(
              Slf4jLogger.class.getName(),
              Slf4jLoggingFilter.class.getName(),
              PreciseScheduler.class.getName(),
              CALLERS_THREAD,
              CallersExecutor.class.getName());

  private final ActorSystem<T> system;
  private final ExecutorService executor;

  private NodeSystem(ActorSystem<T> system, ExecutorService executor) {
    this.system = system;
    this.executor = executor;
  }

  /**
   * Opens an actor system.
   *
   * @param name of the actor system: letters, digits and hyphens
   */
  public static <T> NodeSystem<T> open(String name, Behavior<T> guardian) {
    return open(name, guardian, () -> {});
  }

  /**
   * Opens an actor system.
   *
   * @param name of the actor system: letters, digits and hyphens
   * @param threadStarted run once on each of its threads, that of the timers included: the place to
   *     ask the kernel for a smaller timer slack or a real-time priority
   */
  public static <T> NodeSystem<T> open(String name, Behavior<T> guardian, Runnable threadStarted) {
    ExecutorService executor = executor(threadStarted);
    Config config =
        ConfigFactory.parseString(CONFIGURATION)
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    BootstrapSetup setup =
        BootstrapSetup.create(config)
            .withDefaultExecutionContext(ExecutionContext.fromExecutorService(executor));
    try {
      ActorSystem<T> system = ActorSystem.create(guardian, name, setup);
      ((PreciseScheduler) system.classicSystem().scheduler()).runOnTimerThread(threadStarted);
      return new NodeSystem<>(system, executor);
    } catch (RuntimeException failure) {
      executor.shutdownNow();
      throw failure;
    }
  }

  /** For actors that never wait: they run on the thread of whoever tells them something. */
  public static DispatcherSelector onCallersThread() {
    return DispatcherSelector.fromConfig(CALLERS_THREAD);
  }

  public ActorSystem<T> actors() {
    return system;
  }

  public Clock clock() {
    return new MonotonicClock();
  }

  public RealTimeAlarms alarms() {
    return RealTimeAlarms.of(system);
  }

  /** Calls back once when every actor has ended, whoever ended them. */
  public void whenTerminated(Runnable ended) {
    system.getWhenTerminated().whenComplete((_, _) -> ended.run());
  }

  /** Ends the actors, then the timers, then the threads; waits for it, ten seconds at most. */
  @Override
  public void close() {
    system.terminate();
    try {
      system
          .getWhenTerminated()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      executor.shutdown();
      if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("A thread of the actor system is still busy {} after its end", PATIENCE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException failure) {
      LOG.warn("The actor system has not ended in order", failure);
    } finally {
      executor.shutdownNow();
    }
  }

  private static ExecutorService executor(Runnable threadStarted) {
    AtomicInteger started = new AtomicInteger();
    ThreadFactory threads =
        task -> {
          Thread thread =
              new Thread(
                  () -> {
                    threadStarted.run();
                    task.run();
                  },
                  "vipdrift-node-" + started.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    executor.prestartAllCoreThreads();
    return executor;
  }
}
