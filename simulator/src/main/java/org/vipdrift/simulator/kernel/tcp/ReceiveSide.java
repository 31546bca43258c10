package org.vipdrift.simulator.kernel.tcp;

import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;

/**
 * What a connection has received: order, window, and which acknowledgment is owed.
 *
 * <p>An acknowledgment waits up to 40 ms for data to ride on once the program has answered
 * something (Linux's ping-pong mode), else it goes with every second full segment and with every
 * pushed one.
 */
final class ReceiveSide {
  /** The initial window of Linux for segments of 1460 octets; there is no window scaling here. */
  static final int WINDOW = 64_240;

  /** TCP_DELACK_MIN. */
  static final long DELAY_NANOS = 40_000_000L;

  private int next;
  private int windowEnd;
  private int acknowledged;
  private boolean finIsKnown;
  private int finAt;
  private boolean finTaken;
  private @Nullable Reassembly reassembly;
  private boolean received;
  private boolean acknowledgesNow;

  /** Whether the program has answered what came: acknowledgments may wait for its next answer. */
  boolean pingPong;

  /** Until when the acknowledgment may wait. */
  long acknowledgmentDueAt = TcpConnection.NEVER;

  /** The next sequence number that is expected. */
  int next() {
    return next;
  }

  /** The other side's SYN has come. */
  void start(int sequence) {
    next = sequence + 1;
    acknowledged = next;
    windowEnd = next + WINDOW;
  }

  /** Whether any of a segment lies in the window, as Linux asks (tcp_sequence). */
  boolean isAcceptable(Arrival arrival) {
    return !Sequence.isBefore(arrival.end(), acknowledged)
        && !Sequence.isAfter(arrival.sequence, windowEnd);
  }

  /** Whether it carries data that was not received yet. */
  boolean bringsNews(Arrival arrival) {
    return arrival.dataLength() > 0
        && Sequence.isAfter(arrival.sequence + arrival.dataLength(), next);
  }

  /**
   * Takes a segment's data in; what comes out of order is kept.
   *
   * @return what the program may read now; null for nothing
   */
  @Nullable Octets take(Arrival arrival, long now) {
    int offset = next - arrival.sequence;
    if (arrival.isFin()) {
      finIsKnown = true;
      finAt = arrival.sequence + arrival.dataLength();
    }
    Octets data = null;
    if (offset < 0 || offset >= arrival.dataLength()) {
      boolean isNewFin = arrival.isFin() && offset == arrival.dataLength();
      acknowledgesNow |= !isNewFin;
      if (offset < 0 && arrival.dataLength() > 0) {
        if (reassembly == null) {
          reassembly = new Reassembly();
        }
        reassembly.add(arrival.sequence, arrival.dataFrom(0));
      }
    } else {
      data = arrival.dataFrom(offset);
      next += data.length();
      received = true;
      owe(arrival, now);
    }
    takeFin();
    return data;
  }

  /** What was kept and can be read now; null for nothing. */
  @Nullable Octets takeKept() {
    if (reassembly == null) {
      return null;
    }
    Octets data = reassembly.take(next);
    if (data != null) {
      next += data.length();
    }
    if (reassembly.isEmpty()) {
      reassembly = null;
    }
    acknowledgesNow = true;
    takeFin();
    return data;
  }

  private void takeFin() {
    if (finIsKnown && !finTaken && next == finAt) {
      finTaken = true;
      next++;
      acknowledgesNow = true;
    }
  }

  private void owe(Arrival arrival, long now) {
    if (next - acknowledged >= 2 * 1400 || (arrival.isPush() && !pingPong)) {
      acknowledgesNow = true;
    } else if (acknowledgmentDueAt == TcpConnection.NEVER) {
      acknowledgmentDueAt = now + DELAY_NANOS;
    }
  }

  /** Whether any data has come. */
  boolean hasReceived() {
    return received;
  }

  /** Whether all has come that will ever come. */
  boolean isFinished() {
    return finTaken;
  }

  void acknowledgeNow() {
    acknowledgesNow = true;
  }

  /** Whether an acknowledgment must go out before this turn ends. */
  boolean mustAcknowledge(long now) {
    return acknowledgesNow || acknowledgmentDueAt <= now;
  }

  /** A segment goes out, and with it the acknowledgment. */
  void acknowledged() {
    acknowledged = next;
    acknowledgesNow = false;
    acknowledgmentDueAt = TcpConnection.NEVER;
  }

  /**
   * The window to tell; its end never moves back.
   *
   * @param unread octets that the program has not read yet
   */
  int window(int unread) {
    int free = WINDOW - unread;
    if (free < 1460) {
      free = 0;
    }
    if (Sequence.isAfter(next + free, windowEnd)) {
      windowEnd = next + free;
    }
    return Math.max(0, windowEnd - next);
  }

  /** Whether reading has opened the window so far that the other side should know. */
  boolean hasOpened(int unread) {
    return WINDOW - unread - (windowEnd - next) >= 2 * 1460;
  }
}
