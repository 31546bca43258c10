package org.vipdrift.actors.port;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Sends mails through an SMTP server. */
public interface MailTransport {
  /** What a process asks. */
  sealed interface Command {}

  /**
   * Sends one mail to everybody in one transaction and answers once.
   *
   * @param id told back in the answer
   * @param heloName what to greet the server with; empty for the host's name
   * @param from the sender, in the envelope and in the header
   * @param body lines with {@code \n} between them, without the one that ends a message
   */
  record Send(
      String who,
      long id,
      Server server,
      Optional<String> heloName,
      String from,
      List<String> to,
      String subject,
      String body,
      ActorRef<Answer> replyTo,
      long cause)
      implements Command {
    public Send {
      to = List.copyOf(to);
    }
  }

  /** Gives up every mail of this process that is under way, without answers. */
  record AbandonAll(String who) implements Command {}

  /**
   * A mail server.
   *
   * @param host name or address
   * @param connectTimeout also of every answer it owes
   */
  record Server(String host, int port, Duration connectTimeout) {}

  /** What became of a {@link Send}. */
  sealed interface Answer {
    long id();
  }

  /** The server took it. */
  record Sent(long id, long cause) implements Answer {}

  /** The server could not be reached or would not take it. */
  record Failed(long id, String why, long cause) implements Answer {}
}
