package org.vipdrift.model.checker;

import org.vipdrift.model.frame.Octets;

/** What happens to one check on the wire; {@code at} is monotonic time in nanoseconds. */
public sealed interface ProbeEvent {
  long at();

  /**
   * It begins.
   *
   * @param number of the check, which tells queries apart
   */
  record Started(long at, long number) implements ProbeEvent {}

  /** Connected, or the echo came back. */
  record Opened(long at) implements ProbeEvent {}

  /** Data came. */
  record Received(long at, Octets data) implements ProbeEvent {}

  /** The other side sends no more. */
  record Finished(long at) implements ProbeEvent {}

  /** The socket failed. */
  record Failed(long at, Failure failure) implements ProbeEvent {}

  /** The time set with {@link ProbeEffect.SetTimeout} is over. */
  record TimedOut(long at) implements ProbeEvent {}

  /** Why a socket failed. */
  enum Failure {
    REFUSED("connection refused"),
    RESET("connection reset"),
    TIMED_OUT("connection timed out"),
    UNREACHABLE("network unreachable"),
    TLS("no TLS");

    private final String text;

    Failure(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
