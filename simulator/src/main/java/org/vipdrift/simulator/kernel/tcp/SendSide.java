package org.vipdrift.simulator.kernel.tcp;

import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.frame.TcpHeader;

/**
 * What a connection sends: the queue, the other side's window, retransmission.
 *
 * <p>Lost segments are found by the time-out of RFC 6298 or by three duplicate acknowledgments; the
 * first one that is missing is sent again, and each acknowledgment of a part brings the next (RFC
 * 6582). Deliberately absent: congestion control, selective acknowledgments, Nagle's algorithm.
 */
final class SendSide {
  /** net.ipv4.tcp_syn_retries. */
  static final int SYN_RETRIES = 6;

  /** net.ipv4.tcp_synack_retries. */
  static final int SYN_ACK_RETRIES = 5;

  /** net.ipv4.tcp_retries2. */
  static final int PROBES = 15;

  /** What tcp_retries2 = 15 comes to: 200 ms doubled up to 120 s, fifteen times. */
  static final long GIVE_UP_NANOS = 924_600_000_000L;

  /** The same for eight times, which is all a connection without a program gets. */
  static final long GIVE_UP_ORPHAN_NANOS = 102_200_000_000L;

  private static final int DUPLICATES = 3;

  private final TcpConnection connection;
  private final SendQueue queue = new SendQueue();
  private final RoundTrip roundTrip = new RoundTrip();
  private int unacknowledged;
  private int next;
  private int window;
  private int windowFrom;
  private int segmentSize = 536;
  private boolean synAcknowledged;
  private boolean finRequested;
  private boolean finSent;
  private boolean finAcknowledged;
  private int timedUntil;
  private long timedAt = TcpConnection.NEVER;
  private int retries;
  private long firstRetryAt = TcpConnection.NEVER;
  private int duplicates;
  private boolean recovering;
  private int recoverUntil;
  private int probes;
  private int probeDoublings;

  /** When something is to be sent again. */
  long dueAt = TcpConnection.NEVER;

  SendSide(TcpConnection connection, int initialSequence) {
    this.connection = connection;
    this.unacknowledged = initialSequence;
    this.next = initialSequence;
  }

  int unacknowledged() {
    return unacknowledged;
  }

  int next() {
    return next;
  }

  void setSegmentSize(int octets) {
    segmentSize = octets;
  }

  boolean isFinRequested() {
    return finRequested;
  }

  boolean isFinAcknowledged() {
    return finAcknowledged;
  }

  boolean isTimedFor(int sequence) {
    return !Sequence.isBefore(sequence, unacknowledged) && !Sequence.isAfter(sequence, next);
  }

  void append(Octets data) {
    queue.append(data);
  }

  void requestFin() {
    finRequested = true;
  }

  void clear() {
    queue.clear();
    dueAt = TcpConnection.NEVER;
  }

  // ---- handshake ----

  /** Sends SYN or SYN-ACK for the first time. */
  void start(int flags, long now, long cause) {
    next = unacknowledged + 1;
    time(now);
    dueAt = now + roundTrip.timeoutNanos(0);
    connection.transmit(flags, unacknowledged, queue, 0, 0, cause);
  }

  /**
   * Sends SYN or SYN-ACK again.
   *
   * @return false when it has been sent often enough
   */
  boolean startAgain(int flags, int atMost, long now, long cause) {
    if (retries >= atMost) {
      return false;
    }
    retries++;
    timedAt = TcpConnection.NEVER;
    dueAt = now + Math.min(RoundTrip.INITIAL_NANOS << retries, RoundTrip.MAXIMUM_NANOS);
    connection.transmit(flags, unacknowledged, queue, 0, 0, cause);
    return true;
  }

  // ---- what the other side says ----

  /** Takes the acknowledgment and the window of a segment. */
  void acknowledge(Arrival arrival, long now, long cause) {
    int acknowledgment = arrival.acknowledgment;
    if (Sequence.isBefore(acknowledgment, unacknowledged)) {
      return;
    }
    boolean isNews = acknowledgment != unacknowledged;
    boolean windowIsNews = arrival.window != window;
    if (isNews
        || Sequence.isAfter(arrival.sequence, windowFrom)
        || (arrival.sequence == windowFrom && arrival.window > window)) {
      window = arrival.window;
      windowFrom = arrival.sequence;
      if (window > 0) {
        probeDoublings = 0;
      }
    }
    probes = 0;
    if (isNews) {
      advance(acknowledgment, now, cause);
    } else if (unacknowledged != next && arrival.length() == 0 && !windowIsNews) {
      duplicates++;
      if (duplicates == DUPLICATES && !recovering) {
        recovering = true;
        recoverUntil = next;
        retransmit(cause);
      }
    }
  }

  private void advance(int acknowledgment, long now, long cause) {
    int octets = acknowledgment - unacknowledged;
    if (!synAcknowledged) {
      synAcknowledged = true;
      octets--;
    }
    if (finSent && acknowledgment == next) {
      finAcknowledged = true;
      octets--;
    }
    queue.drop(octets);
    unacknowledged = acknowledgment;
    if (timedAt != TcpConnection.NEVER && !Sequence.isBefore(acknowledgment, timedUntil)) {
      roundTrip.sample(now - timedAt);
      timedAt = TcpConnection.NEVER;
    }
    retries = 0;
    firstRetryAt = TcpConnection.NEVER;
    duplicates = 0;
    dueAt = unacknowledged == next ? TcpConnection.NEVER : now + roundTrip.timeoutNanos(0);
    if (recovering) {
      recovering = Sequence.isBefore(acknowledgment, recoverUntil);
      if (recovering) {
        retransmit(cause);
      }
    }
  }

  // ---- out ----

  /** Sends what the window lets out. */
  void output(long now, long cause) {
    int unsent = unsent();
    while (unsent > 0) {
      int usable = unacknowledged + window - next;
      int octets = Math.min(Math.min(unsent, segmentSize), usable);
      boolean silly = octets < unsent && octets < segmentSize && unacknowledged != next;
      if (octets <= 0 || silly) {
        break;
      }
      boolean last = octets == unsent;
      sendNew(octets, last, last && finRequested, now, cause);
      unsent -= octets;
    }
    if (unsent == 0 && finRequested && !finSent) {
      sendNew(0, false, true, now, cause);
    }
    if (unsent > 0 && unacknowledged == next && dueAt == TcpConnection.NEVER) {
      dueAt = now + roundTrip.timeoutNanos(probeDoublings);
    }
  }

  private int unsent() {
    return queue.length() - inFlight();
  }

  private int inFlight() {
    return next - unacknowledged - (finSent && !finAcknowledged ? 1 : 0);
  }

  private void sendNew(int octets, boolean push, boolean fin, long now, long cause) {
    int sequence = next;
    int offset = inFlight();
    next += octets + (fin ? 1 : 0);
    finSent |= fin;
    if (timedAt == TcpConnection.NEVER) {
      time(now);
    }
    if (dueAt == TcpConnection.NEVER || sequence == unacknowledged) {
      dueAt = now + roundTrip.timeoutNanos(retries);
    }
    connection.transmit(flags(push, fin), sequence, queue, offset, octets, cause);
  }

  private void time(long now) {
    timedAt = now;
    timedUntil = next;
  }

  private static int flags(boolean push, boolean fin) {
    return TcpHeader.ACK | (push ? TcpHeader.PSH : 0) | (fin ? TcpHeader.FIN : 0);
  }

  private void retransmit(long cause) {
    timedAt = TcpConnection.NEVER;
    int data = inFlight();
    int octets = Math.min(data, segmentSize);
    boolean fin = finSent && octets == data;
    connection.transmit(flags(octets > 0, fin), unacknowledged, queue, 0, octets, cause);
  }

  /**
   * The time for an acknowledgment is over, or that for the other side's window to open.
   *
   * @return false when it has been long enough
   */
  boolean retry(long giveUpAfterNanos, long now, long cause) {
    if (unacknowledged != next) {
      if (firstRetryAt == TcpConnection.NEVER) {
        firstRetryAt = now;
      } else if (now - firstRetryAt >= giveUpAfterNanos) {
        return false;
      }
      recovering = true;
      recoverUntil = next;
      retries++;
      dueAt = now + roundTrip.timeoutNanos(retries);
      retransmit(cause);
    } else if (unsent() > 0) {
      if (probes >= PROBES) {
        return false;
      }
      probes++;
      probeDoublings++;
      dueAt = now + roundTrip.timeoutNanos(probeDoublings);
      probe(cause);
    } else {
      dueAt = TcpConnection.NEVER;
    }
    return true;
  }

  /** Sends what is out of the window, so that it must be answered. */
  void probe(long cause) {
    connection.transmit(TcpHeader.ACK, unacknowledged - 1, queue, 0, 0, cause);
  }
}
