package org.vipdrift.simulator.kernel.tls;

import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;

/**
 * Told what becomes of a TLS connection: {@link #connected} when the handshake is over, on the
 * server too.
 */
public interface TlsHandler extends ConnectionHandler {
  /**
   * The handshake was not understood, refused or broken off; the connection is closed.
   *
   * @param problem what was expected and what came
   */
  void handshakeFailed(String problem, long cause);
}
