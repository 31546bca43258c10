package org.vipdrift.netio.port;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of the ports: few, named, started when there is work and ended when there is none.
 */
final class NamedThreads {
  private static final int STACK_BYTES = 256 * 1024;
  private static final int IDLE_SECONDS = 60;

  private NamedThreads() {}

  /**
   * A pool.
   *
   * @param name of the threads, to which a number is added
   * @param most how many there may be; more work waits
   */
  static ExecutorService pool(String name, int most) {
    AtomicInteger started = new AtomicInteger();
    return pool(most, task -> thread(name + "-" + started.incrementAndGet(), task));
  }

  /** A pool of threads that a factory makes. */
  static ExecutorService pool(int most, ThreadFactory factory) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** A thread that does not keep the JVM from ending; not started. */
  static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }
}
