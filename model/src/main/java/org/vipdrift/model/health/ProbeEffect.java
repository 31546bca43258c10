package org.vipdrift.model.health;

import org.vipdrift.model.frame.Octets;

/** What is to be done for a check under way. */
public sealed interface ProbeEffect {
  /** Open the connection. */
  record Open() implements ProbeEffect {}

  record Send(Octets data) implements ProbeEffect {}

  /** Tell {@link CheckProbe#timedOut} then, unless it is set anew. */
  record SetDeadline(long deadlineNanos) implements ProbeEffect {}

  /** Close the connection. */
  record Close() implements ProbeEffect {}

  /** The check is over; nothing follows. */
  record Conclude(CheckResult result) implements ProbeEffect {}
}
