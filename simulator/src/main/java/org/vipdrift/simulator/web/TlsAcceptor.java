package org.vipdrift.simulator.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;
import org.vipdrift.simulator.kernel.tls.CertificateChooser;
import org.vipdrift.simulator.kernel.tls.TlsConnection;
import org.vipdrift.simulator.kernel.tls.TlsHandler;

/** Lets HTTP begin when the handshake is over. */
final class TlsAcceptor implements TlsHandler {
  /** A signature with an RSA key of 2,048 bits, about. */
  private static final Duration HANDSHAKE = Duration.ofNanos(500_000);

  private final HttpServer server;
  private @Nullable TlsConnection tls;
  private @Nullable ConnectionHandler http;

  private TlsAcceptor(HttpServer server) {
    this.server = server;
  }

  static ConnectionHandler accept(
      HttpServer server,
      Connection connection,
      CertificateChooser certificates,
      ProcessTimers timers) {
    TlsAcceptor acceptor = new TlsAcceptor(server);
    TlsConnection accepted =
        TlsConnection.accept(
            connection, certificates, then -> timers.after(HANDSHAKE.toNanos(), then), acceptor);
    acceptor.tls = accepted;
    return accepted;
  }

  @Override
  public void connected(long cause) {
    if (tls != null) {
      http = server.accept(tls);
    }
  }

  @Override
  public void received(Octets data, long cause) {
    if (http != null) {
      http.received(data, cause);
    }
  }

  @Override
  public void finished(long cause) {
    if (http != null) {
      http.finished(cause);
    } else if (tls != null) {
      tls.close(cause);
    }
  }

  @Override
  public void failed(Failure failure, long cause) {
    if (http != null) {
      http.failed(failure, cause);
    }
  }

  @Override
  public void handshakeFailed(String problem, long cause) {}
}
