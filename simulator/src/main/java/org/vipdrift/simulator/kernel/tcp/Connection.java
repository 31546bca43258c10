package org.vipdrift.simulator.kernel.tcp;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;

/** A TCP connection as its program sees it; calls on a closed one have no effect. */
public interface Connection {
  IpAddress localAddress();

  int localPort();

  IpAddress remoteAddress();

  int remotePort();

  /** Whether data can be sent: established, not closed from this side. */
  boolean isOpen();

  /**
   * From whose network card the last segment of this connection came; empty before the first, and
   * for a connection of a host to itself.
   */
  Optional<MacAddress> peerMac();

  /** Sends data: it is queued without bound and retransmitted until acknowledged. */
  void send(Octets data, long cause);

  /** Sends FIN after what is queued; data may still come in. */
  void finish(long cause);

  /** Gives the connection up from this side: FIN, and what still comes in is answered with RST. */
  void close(long cause);

  /** Ends it with RST. */
  void abort(long cause);

  /** SO_KEEPALIVE with the kernel's 7200 s, 75 s, 9 probes unless other values are given. */
  void keepAlive(Duration idle, Duration interval, int probes);
}
