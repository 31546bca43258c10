package org.vipdrift.simulator.cluster;

import java.util.function.Consumer;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.simulator.time.VirtualTime;

/** Numbers and dates everything that happens in a run. */
public final class TraceRecorder {
  private final VirtualTime time;
  private final Consumer<TraceEvent> consumer;
  private long lastId;

  TraceRecorder(VirtualTime time, Consumer<TraceEvent> consumer) {
    this.time = time;
    this.consumer = consumer;
  }

  /** Where a host's events go; an empty name is the world's. */
  public TraceSink sink(String host) {
    return (detail, cause) -> record(host, detail, cause);
  }

  private long record(String host, TraceDetail detail, long cause) {
    long id = ++lastId;
    consumer.accept(new TraceEvent(id, cause, time.nowNanos(), host, detail));
    return id;
  }
}
