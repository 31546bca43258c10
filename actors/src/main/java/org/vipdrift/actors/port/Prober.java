package org.vipdrift.actors.port;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/**
 * The sockets of health checks: moves octets and judges nothing; what to send, what to expect and
 * when to give up is the checker's business.
 */
public interface Prober {
  /** What a checker asks. */
  sealed interface Command {}

  /** What carries a probe. */
  enum Transport {
    TCP,
    UDP,
    /** One echo request is sent at {@link Open}; the answer is {@link Opened}. */
    ICMP
  }

  /**
   * TLS around a TCP probe.
   *
   * @param serverName sent as SNI
   */
  record Tls(Optional<String> serverName) {}

  /**
   * Opens a probe.
   *
   * @param who the incarnation of the process
   * @param id chosen by the asker, told back in every answer; unique per asker and incarnation
   * @param source empty lets the routes decide
   * @param port 0 for ICMP
   * @param mark the firewall mark, 0 for none
   */
  record Open(
      String who,
      long id,
      Transport transport,
      Optional<IpAddress> source,
      IpAddress address,
      int port,
      Optional<Tls> tls,
      int mark,
      ActorRef<Answer> replyTo,
      long cause)
      implements Command {}

  /** Sends data in an open probe. */
  record Send(String who, long id, Octets data, long cause) implements Command {}

  /**
   * Ends a probe; no answer comes any more.
   *
   * @param reset ends a TCP connection with RST, as checkers do that were satisfied by the
   *     handshake
   */
  record Close(String who, long id, boolean reset, long cause) implements Command {}

  /** What becomes of a probe. */
  sealed interface Answer {
    long id();

    long cause();
  }

  /** TCP (and TLS, where asked for) is established, the UDP socket is there, or the echo came. */
  record Opened(long id, long cause) implements Answer {}

  /** Data came in. */
  record Received(long id, Octets data, long cause) implements Answer {}

  /** The other side will send no more. */
  record Finished(long id, long cause) implements Answer {}

  /** Why a probe failed. */
  enum Failure {
    REFUSED,
    RESET,
    TIMED_OUT,
    UNREACHABLE,
    /** The TLS handshake was not understood. */
    TLS
  }

  /** It failed by itself; an answer that stays away is the asker's to notice. */
  record Failed(long id, Failure failure, long cause) implements Answer {}
}
