package org.vipdrift.model.checker;

import org.vipdrift.model.frame.Octets;

/** What is to be done for one check on the wire. */
public sealed interface ProbeEffect {
  /** Open the socket. */
  record Open() implements ProbeEffect {}

  /** Send data. */
  record Send(Octets data) implements ProbeEffect {}

  /** Send {@link ProbeEvent.TimedOut} then, and forget the time set before. */
  record SetTimeout(long deadlineNanos) implements ProbeEffect {}

  /** It is over and good; the socket is closed. */
  record Succeed() implements ProbeEffect {}

  /** It is over and bad; the socket is closed. */
  record Fail(String explanation) implements ProbeEffect {}
}
