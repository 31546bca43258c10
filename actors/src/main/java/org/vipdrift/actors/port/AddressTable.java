package org.vipdrift.actors.port;

import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.model.frame.IpPrefix;

/** The kernel's table of local addresses. */
public interface AddressTable {
  /** What a process asks. */
  sealed interface Command {}

  /** Adds an address on behalf of a process. */
  record Add(
      String who, String networkInterface, IpPrefix address, ActorRef<Answer> replyTo, long cause)
      implements Command {}

  /** Removes an address, whoever added it; nothing happens when it is not there. */
  record Remove(
      String who, String networkInterface, IpPrefix address, ActorRef<Answer> replyTo, long cause)
      implements Command {}

  /** Removes everything that this process added. */
  record ReleaseAll(String who, long cause) implements Command {}

  /** What became of an {@link Add} or {@link Remove}. */
  enum Outcome {
    DONE,
    ALREADY_THERE,
    NOT_THERE,
    NO_SUCH_INTERFACE
  }

  /**
   * The answer to {@link Add} and {@link Remove}; {@code cause} is the event it left in the trace.
   */
  record Answer(String networkInterface, IpPrefix address, Outcome outcome, long cause) {}
}
