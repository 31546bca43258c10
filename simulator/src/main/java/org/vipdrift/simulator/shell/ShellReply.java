package org.vipdrift.simulator.shell;

import java.time.Duration;

/** What the world answers to a {@link ShellStep.Waiting}. */
public sealed interface ShellReply {
  /** The first resume of a run. */
  record Begin() implements ShellReply {}

  /** An answer to a step. */
  sealed interface Answered extends ShellReply {}

  /** The time is over. */
  record Elapsed() implements Answered {}

  /** The echo or ARP reply came. */
  record EchoReceived(Duration roundTrip) implements Answered {}

  /** The connection was accepted. */
  record Connected() implements Answered {}

  /** The server answered. */
  record Fetched(int status, String body) implements Answered {}

  /** Nothing good came of it. */
  record Failed(Failure failure) implements Answered {}

  /** Why nothing came of it. */
  enum Failure {
    /** The timeout passed. */
    TIMED_OUT,
    /** A TCP reset answered the SYN. */
    REFUSED,
    /** No route, or nobody answered ARP. */
    UNREACHABLE,
    /** The server closed the connection without an answer. */
    EMPTY_REPLY,
    /** The connection was reset in the middle. */
    RESET,
    /** The TLS handshake failed. */
    TLS_FAILED,
    /** The certificate did not verify. */
    CERTIFICATE_REFUSED
  }
}
