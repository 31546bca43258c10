package org.vipdrift.simulator.tls;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;

/** The server's end of an accepted connection: shows the certificate that fits the hello. */
public final class TlsServer implements ConnectionHandler {
  private static final int UNRECOGNIZED_NAME = 112;

  /** What a server does with clients that say hello. */
  public interface Program {
    /**
     * Chooses a certificate.
     *
     * @return empty refuses the client
     */
    Optional<TlsCertificate> choose(ClientHello hello);

    /** What it speaks, in order of preference; none if it does not say. */
    default List<String> protocols() {
      return List.of();
    }

    /**
     * The handshake is over.
     *
     * @return who hears of the connection from now on
     */
    ConnectionHandler accepted(TlsSession session, long cause);

    /** The handshake came to nothing; the connection is closed. */
    default void refused(String reason, long cause) {}
  }

  private final TlsSession session;
  private final Program program;
  private final TlsWork work;
  private final TlsRecords records = new TlsRecords();
  private @Nullable ConnectionHandler handler;
  private Optional<ServerFlight> flight = Optional.empty();
  private Optional<ClientHello> hello = Optional.empty();
  private boolean over;

  private TlsServer(Connection below, Program program, TlsWork work) {
    this.session = new TlsSession(below);
    this.program = program;
    this.work = work;
  }

  /** Speaks TLS on a connection that has just been accepted; returns its handler. */
  public static ConnectionHandler accept(Connection below, Program program, TlsWork work) {
    return new TlsServer(below, program, work);
  }

  @Override
  public void connected(long cause) {
    throw new IllegalStateException("an accepted connection is connected");
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
      giveUp("the client does not speak TLS", cause);
    }
  }

  private void take(TlsRecords.Content content, long cause) {
    switch (content.type()) {
      case TlsRecords.HANDSHAKE -> {
        if (hello.isEmpty()) {
          greet(content.data(), cause);
        } else if (flight.isPresent() && !session.isEstablished()) {
          session.establish(
              hello.get().serverName(), flight.get().certificate(), flight.get().protocol());
          handler = program.accepted(session, cause);
        }
      }
      case TlsRecords.APPLICATION_DATA -> {
        if (handler != null) {
          handler.received(content.data(), cause);
        }
      }
      case TlsRecords.ALERT -> {
        if (!session.isEstablished()) {
          giveUp("the client refused the certificate", cause);
        }
      }
      default -> {}
    }
  }

  private void greet(Octets message, long cause) {
    hello = ClientHello.decode(message);
    if (hello.isEmpty()) {
      giveUp("the client's hello cannot be read", cause);
      return;
    }
    Optional<TlsCertificate> chosen = program.choose(hello.get());
    if (chosen.isEmpty()) {
      session
          .below()
          .send(TlsRecords.plain(TlsRecords.ALERT, new byte[] {2, UNRECOGNIZED_NAME}), cause);
      giveUp(
          "no certificate for " + hello.get().serverName().orElse("a client without a name"),
          cause);
      return;
    }
    Optional<String> protocol =
        program.protocols().stream().filter(hello.get().protocols()::contains).findFirst();
    work.compute(
        () -> {
          if (!over) {
            flight = Optional.of(new ServerFlight(chosen.get(), protocol));
            session.below().send(flight.get().encode(), cause);
          }
        });
  }

  private void giveUp(String reason, long cause) {
    over = true;
    session.below().close(cause);
    program.refused(reason, cause);
  }

  @Override
  public void finished(long cause) {
    if (handler != null) {
      handler.finished(cause);
    } else if (!over) {
      giveUp("the client left in the handshake", cause);
    }
  }

  @Override
  public void failed(Failure failure, long cause) {
    if (handler != null) {
      handler.failed(failure, cause);
    } else if (!over) {
      over = true;
      program.refused("the connection failed in the handshake", cause);
    }
  }
}
