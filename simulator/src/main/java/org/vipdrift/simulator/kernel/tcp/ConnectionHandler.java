package org.vipdrift.simulator.kernel.tcp;

import org.vipdrift.model.frame.Octets;

/** Told what becomes of a connection; after {@link #failed} or a local close nothing more. */
public interface ConnectionHandler {
  /** Why a connection failed. */
  enum Failure {
    /** RST or ICMP "port unreachable" for our SYN: nobody listens, or a firewall rejects. */
    REFUSED,
    /** RST in an open connection. */
    RESET,
    /** SYN, retransmissions or keep-alive probes were not answered. */
    TIMED_OUT,
    /**
     * No route, no free port, a source that is not ours, another ICMP error for our SYN, or one
     * before retransmissions were given up.
     */
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
