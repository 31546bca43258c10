package org.vipdrift.model.health;

import java.util.Optional;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.CheckStep;

/** What is to be done for a check under way. */
public sealed interface ProbeEffect {
  /**
   * Open the connection, which takes the place of the one before.
   *
   * @param step that says how and where to; empty for what the server's own settings say
   */
  record Open(Optional<CheckStep.Connect> step) implements ProbeEffect {}

  record Send(Octets data) implements ProbeEffect {}

  /** Tell {@link CheckProbe#timedOut} then, unless it is set anew. */
  record SetDeadline(long deadlineNanos) implements ProbeEffect {}

  /** Close the connection. */
  record Close() implements ProbeEffect {}

  /** The check is over; nothing follows. */
  record Conclude(CheckResult result) implements ProbeEffect {}
}
