package org.vipdrift.simulator.kernel.tcp;

import org.vipdrift.model.frame.Octets;

/** Told what becomes of a connection; after {@link #failed} or a local close nothing more. */
public interface ConnectionHandler {
  /** Why a connection failed. */
  enum Failure {
    /** RST for our SYN: nobody listens. */
    REFUSED,
    /** RST in an open connection. */
    RESET,
    /** Retransmissions or keep-alive probes were not answered. */
    TIMED_OUT,
    /** No route, or an ICMP error for our SYN. */
    UNREACHABLE
  }

  /** The handshake is over; of an accepted connection not called. */
  void connected(long cause);

  /** The next octets of the stream. */
  void received(Octets data, long cause);

  /** The other side has sent FIN: no more data will come. */
  void finished(long cause);

  void failed(Failure failure, long cause);
}
