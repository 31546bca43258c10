package org.vipdrift.model.haproxy;

import org.jspecify.annotations.Nullable;

/** Where a stream stands at its backend: in a queue, in a slot of a server, or nowhere. */
final class Place {
  private final Stream stream;
  private @Nullable Waiting waiting;
  private @Nullable Server occupied;
  private boolean counted;
  private long serverQueuePosition;
  private long backendQueuePosition;

  Place(Stream stream) {
    this.stream = stream;
  }

  /** How many left queues of servers ahead of it, and itself; 0 when it never waited there. */
  long serverQueuePosition() {
    return serverQueuePosition;
  }

  /** As {@link #serverQueuePosition}, of the backend's queue. */
  long backendQueuePosition() {
    return backendQueuePosition;
  }

  // ---- in a queue ----

  /**
   * Joins a queue.
   *
   * @param of whose queue it is; null for the backend's
   */
  void queue(Backend at, @Nullable Server of) {
    waiting = at.enqueue(stream, of);
  }

  /** Out of the queue, if it is in one, without having had its turn. */
  void leaveQueue() {
    if (waiting != null) {
      Waiting left = waiting;
      served(left.server != null, stream.requireBackend().leaveQueue(left));
    }
  }

  /** It is out of the queue already, after waiting at this position. */
  void served(boolean fromServerQueue, long position) {
    waiting = null;
    if (fromServerQueue) {
      serverQueuePosition += position;
    } else {
      backendQueuePosition += position;
    }
  }

  /** It is out of the queue already, and its waiting does not count. */
  void sentAway() {
    waiting = null;
  }

  // ---- in a slot ----

  /** Takes a slot, unless it has it. */
  void take(Server chosen) {
    if (occupied != chosen) {
      occupied = chosen;
      chosen.backend.occupy(chosen, stream);
    }
  }

  /** Gives its slot back. */
  void release(long cause) {
    if (occupied != null) {
      uncount();
      Server left = occupied;
      occupied = null;
      left.backend.vacate(left, stream, cause);
    }
  }

  /** From now on it is one of the server's sessions. */
  void count(Server server, long now) {
    if (!counted) {
      counted = true;
      server.counter.sessionBegan(now);
    }
  }

  /** It no longer is, though it may keep the slot. */
  void uncount() {
    if (counted && occupied != null) {
      counted = false;
      occupied.counter.sessionEnded();
    }
  }
}
