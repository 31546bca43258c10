package org.vipdrift.simulator.tls;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;

/** The client's end: says hello when the connection is open, and looks at the certificate. */
public final class TlsClient implements ConnectionHandler {
  private static final int UNKNOWN_CERTIFICATE = 46;

  private final ClientHello hello;
  private final Optional<String> expectedName;
  private final TlsHandler handler;
  private final TlsRecords records = new TlsRecords();
  private @Nullable TlsSession session;
  private boolean over;

  private TlsClient(ClientHello hello, Optional<String> expectedName, TlsHandler handler) {
    this.hello = hello;
    this.expectedName = expectedName;
    this.handler = handler;
  }

  /**
   * Opens a connection and speaks TLS on it.
   *
   * @param expectedName what the certificate must be for; empty if any will do
   * @param open opens the connection below with the given handler
   * @return the connection for the program; it is open when the handler hears so
   */
  public static TlsSession connect(
      ClientHello hello,
      Optional<String> expectedName,
      TlsHandler handler,
      Function<ConnectionHandler, Connection> open) {
    TlsClient client = new TlsClient(hello, expectedName, handler);
    TlsSession opened = new TlsSession(open.apply(client));
    client.session = opened;
    return opened;
  }

  @Override
  public void connected(long cause) {
    below().send(TlsRecords.plain(TlsRecords.HANDSHAKE, hello.encode()), cause);
  }

  private TlsSession own() {
    if (session == null) {
      throw new IllegalStateException("told before the connection was returned");
    }
    return session;
  }

  private Connection below() {
    return own().below();
  }

  @Override
  public void received(Octets data, long cause) {
    records.add(data);
    Optional<TlsRecords.Content> next = records.next();
    while (next.isPresent() && !over) {
      take(next.get(), cause);
      next = records.next();
    }
    if (records.isBroken() && !over) {
      giveUp("the other side does not speak TLS", cause);
    }
  }

  private void take(TlsRecords.Content content, long cause) {
    switch (content.type()) {
      case TlsRecords.HANDSHAKE -> {
        if (!own().isEstablished() && !ServerFlight.isHello(content.data())) {
          shown(content.data(), cause);
        }
      }
      case TlsRecords.APPLICATION_DATA -> {
        if (own().isEstablished()) {
          handler.received(content.data(), cause);
        }
      }
      case TlsRecords.ALERT -> {
        if (!own().isEstablished()) {
          giveUp("the server refused the handshake", cause);
        }
      }
      default -> {}
    }
  }

  private void shown(Octets hidden, long cause) {
    Optional<ServerFlight> flight = ServerFlight.decode(hidden);
    if (flight.isEmpty()) {
      giveUp("the server's answer cannot be read", cause);
      return;
    }
    TlsCertificate certificate = flight.get().certificate();
    if (expectedName.isPresent() && !certificate.isFor(expectedName.get())) {
      below()
          .send(
              TlsRecords.hidden(
                  TlsRecords.ALERT, Octets.adopt(new byte[] {2, UNKNOWN_CERTIFICATE})),
              cause);
      giveUp(
          "the certificate is for "
              + String.join(", ", certificate.names())
              + ", not for "
              + expectedName.get(),
          cause);
      return;
    }
    own().establish(hello.serverName(), certificate, flight.get().protocol());
    below().send(ServerFlight.finished(), cause);
    handler.connected(cause);
  }

  private void giveUp(String reason, long cause) {
    over = true;
    below().close(cause);
    handler.handshakeFailed(reason, cause);
  }

  @Override
  public void finished(long cause) {
    if (over) {
      return;
    }
    if (own().isEstablished()) {
      handler.finished(cause);
    } else {
      giveUp("the server ended the connection in the handshake", cause);
    }
  }

  @Override
  public void failed(Failure failure, long cause) {
    if (!over) {
      over = true;
      handler.failed(failure, cause);
    }
  }
}
