package org.vipdrift.simulator.kernel.socket;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.vipdrift.simulator.time.HostClock;

/** One incarnation of a process with its sockets. */
public final class SocketOwner {
  private final HostClock clock;
  private final Object timerOwner;
  private final ArrayDeque<OwnedSocket> waiting = new ArrayDeque<>(0);
  private @Nullable OwnedSocket first;
  private @Nullable OwnedSocket last;
  private boolean frozen;

  public SocketOwner(HostClock clock, Object timerOwner) {
    this.clock = clock;
    this.timerOwner = timerOwner;
  }

  /** Nothing is told any more until {@link #thaw}. */
  public void freeze() {
    frozen = true;
  }

  /** What waited is told by an event that follows at once, in the order in which it came. */
  public void thaw() {
    if (frozen) {
      frozen = false;
      if (!waiting.isEmpty()) {
        clock.schedule(clock.monotonicNanos(), this::tell, timerOwner);
      }
    }
  }

  /** The process has ended: every socket is closed as Linux does it. */
  public void close(long cause) {
    waiting.clear();
    while (first != null) {
      OwnedSocket socket = first;
      remove(socket);
      socket.processEnded(cause);
    }
  }

  private void tell() {
    while (!frozen && !waiting.isEmpty()) {
      OwnedSocket next = waiting.removeFirst();
      next.isWaiting = false;
      next.tellWhatWaited();
    }
  }

  boolean mustWait() {
    return frozen || !waiting.isEmpty();
  }

  void enqueue(OwnedSocket socket) {
    if (!socket.isWaiting) {
      socket.isWaiting = true;
      waiting.addLast(socket);
    }
  }

  void add(OwnedSocket socket) {
    if (socket.isRegistered) {
      return;
    }
    socket.previous = last;
    if (last == null) {
      first = socket;
    } else {
      last.next = socket;
    }
    last = socket;
    socket.isRegistered = true;
  }

  void remove(OwnedSocket socket) {
    if (!socket.isRegistered) {
      return;
    }
    OwnedSocket before = socket.previous;
    OwnedSocket after = socket.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    socket.previous = null;
    socket.next = null;
    socket.isRegistered = false;
  }
}
