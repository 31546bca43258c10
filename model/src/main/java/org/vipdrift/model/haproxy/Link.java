package org.vipdrift.model.haproxy;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/** A connection as the proxy sees it; calls on a closed one have no effect. */
public interface Link {
  IpAddress localAddress();

  int localPort();

  IpAddress remoteAddress();

  int remotePort();

  /** Whether it is encrypted. */
  boolean isTls();

  /** The name the client asked for in its handshake. */
  Optional<String> serverName();

  void send(Octets data, long cause);

  /** Sends no more, but still receives. */
  void finish(long cause);

  void close(long cause);

  /** Ends it with RST. */
  void abort(long cause);
}
