package org.vipdrift.netio.namespaces;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

/**
 * Numbers and dates everything that happens in a run, on whatever thread it is noticed, and tells
 * it on one.
 */
final class TraceRecorder {
  private final Origin origin;
  private final Consumer<TraceEvent> sink;
  private final BlockingQueue<Runnable> told = new LinkedBlockingQueue<>();
  private long lastId;
  private long lastAt;
  private boolean closed;

  TraceRecorder(Origin origin, Consumer<TraceEvent> sink) {
    this.origin = origin;
    this.sink = sink;
  }

  long nowNanos() {
    return origin.nowNanos();
  }

  /** The number of the event, by which others name it as their cause. */
  long emit(String host, TraceDetail detail, long cause) {
    return emit(host, detail, cause, nowNanos());
  }

  /** The same of something that was measured before; it is told at the earliest now. */
  synchronized long emit(String host, TraceDetail detail, long cause, long at) {
    if (closed) {
      return TraceEvent.NO_CAUSE;
    }
    lastAt = Math.max(Math.max(lastAt, at), 0);
    TraceEvent event = new TraceEvent(++lastId, cause, lastAt, host, detail);
    told.add(() -> sink.accept(event));
    return event.id();
  }

  /** The same of something that was measured by {@link System#nanoTime}. */
  void emitMeasured(String host, TraceDetail detail, long cause, long nanoTime) {
    emit(host, detail, cause, nanoTime - origin.nanoTime());
  }

  /** Has something done on the telling thread, in its place among the events. */
  synchronized void tell(Runnable other) {
    if (!closed) {
      told.add(other);
    }
  }

  /** Nothing that happens from now on is told. */
  synchronized void close() {
    closed = true;
  }

  /** Tells what there is to tell, waiting for it until a time of the timeline. */
  void tellUntil(long at) throws InterruptedException {
    while (true) {
      long left = at - nowNanos();
      Runnable next = left <= 0 ? told.poll() : told.poll(left, TimeUnit.NANOSECONDS);
      if (next == null) {
        if (left <= 0) {
          return;
        }
        continue;
      }
      next.run();
    }
  }
}
