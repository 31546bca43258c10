package org.vipdrift.simulator.tls;

import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;

/**
 * Told what becomes of a client's connection with TLS; {@link #connected} means that the handshake
 * is over.
 */
public interface TlsHandler extends ConnectionHandler {
  /** The two ends could not agree; the connection is closed, and nothing more is told. */
  void handshakeFailed(String reason, long cause);
}
