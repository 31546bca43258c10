package org.vipdrift.model.trace;

/**
 * One thing that happened, where, when and because of what.
 *
 * @param id 1, 2, 3 ... in the order of emission
 * @param cause the id of the event that led to this one; 0 where it is not known
 * @param atNanos nanoseconds since the start of the run: true time, virtual or measured
 * @param host the host it happened on; empty for the world (timeline, segments)
 */
public record TraceEvent(long id, long cause, long atNanos, String host, TraceDetail detail) {
  /** The cause of what has none. */
  public static final long NO_CAUSE = 0;
}
