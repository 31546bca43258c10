package org.vipdrift.netio.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

/**
 * The trace of a running node: numbers and times every event and hands it to observers on one
 * thread of its own.
 *
 * <p>Never blocks who reports: events that come while {@value #CAPACITY} wait are dropped and
 * counted. Their numbers are missing in what the observers see.
 */
public final class LiveTrace implements TraceSink, AutoCloseable {
  /** Sees every event, in order. */
  public interface Observer {
    void accept(TraceEvent event);

    /** Nothing waits at the moment: the time to flush. */
    default void idle() {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(LiveTrace.class);
  private static final int CAPACITY = 65_536;
  private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(5);

  private final Object lock = new Object();
  private final ArrayDeque<TraceEvent> waiting = new ArrayDeque<>();
  private final String host;
  private final long startNanos;
  private final List<Observer> observers;
  private final Thread thread;
  private long lastId;
  private long dropped;
  private boolean asleep;
  private boolean closed;

  private LiveTrace(String host, long startNanos, List<Observer> observers) {
    this.host = host;
    this.startNanos = startNanos;
    this.observers = List.copyOf(observers);
    this.thread = Thread.ofPlatform().daemon().name("vipdrift-trace").unstarted(this::run);
  }

  /**
   * @param host in every event
   * @param startNanos by {@link System#nanoTime}, the zero of the trace
   */
  public static LiveTrace start(String host, long startNanos, List<Observer> observers) {
    LiveTrace trace = new LiveTrace(host, startNanos, observers);
    trace.thread.start();
    return trace;
  }

  @Override
  public long emit(TraceDetail detail, long cause) {
    synchronized (lock) {
      long id = ++lastId;
      if (closed || waiting.size() >= CAPACITY) {
        dropped++;
        return id;
      }
      waiting.add(new TraceEvent(id, cause, now(), host, detail));
      if (asleep) {
        asleep = false;
        lock.notifyAll();
      }
      return id;
    }
  }

  /** The trace's time. */
  public long now() {
    return System.nanoTime() - startNanos;
  }

  /** Events that no observer saw. */
  public long dropped() {
    synchronized (lock) {
      return dropped;
    }
  }

  private void run() {
    List<TraceEvent> batch = new ArrayList<>();
    while (take(batch)) {
      for (TraceEvent event : batch) {
        for (Observer observer : observers) {
          guarded(() -> observer.accept(event));
        }
      }
      batch.clear();
    }
    observers.forEach(observer -> guarded(observer::idle));
  }

  private boolean take(List<TraceEvent> batch) {
    boolean told = false;
    while (true) {
      synchronized (lock) {
        if (!waiting.isEmpty()) {
          batch.addAll(waiting);
          waiting.clear();
          return true;
        }
        if (closed) {
          return false;
        }
        if (told) {
          asleep = true;
          try {
            lock.wait();
          } catch (InterruptedException end) {
            return false;
          }
          continue;
        }
      }
      told = true;
      observers.forEach(observer -> guarded(observer::idle));
    }
  }

  /** An observer's trouble is not the node's. */
  private static void guarded(Runnable observation) {
    try {
      observation.run();
    } catch (RuntimeException trouble) {
      LOG.warn("An observer of the trace failed", trouble);
    }
  }

  /** Hands on what waits, then ends; waits five seconds at most. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
