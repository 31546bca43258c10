package org.vipdrift.actors.port;

import org.vipdrift.model.trace.TraceDetail;

/** Where a process reports what happened; host and time are added behind it. */
public interface TraceSink {
  /**
   * @param cause the id of the event that led to it, or {@link
   *     org.vipdrift.model.trace.TraceEvent#NO_CAUSE}
   * @return the id of the new event
   */
  long emit(TraceDetail detail, long cause);
}
