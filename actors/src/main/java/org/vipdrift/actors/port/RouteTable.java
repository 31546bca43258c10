package org.vipdrift.actors.port;

import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.model.route.RouteEntry;

/** The kernel's routes and routing rules. */
public interface RouteTable {
  /** What a process asks. */
  sealed interface Command {}

  /** Adds a route or rule on behalf of a process. */
  record Add(String who, RouteEntry entry, ActorRef<Answer> replyTo, long cause)
      implements Command {}

  /** Removes a route or rule, whoever added it; nothing happens when it is not there. */
  record Remove(String who, RouteEntry entry, ActorRef<Answer> replyTo, long cause)
      implements Command {}

  /** Removes everything that this process added, rules first. */
  record ReleaseAll(String who, long cause) implements Command {}

  /** What became of an {@link Add} or {@link Remove}. */
  enum Outcome {
    DONE,
    ALREADY_THERE,
    NOT_THERE,
    NO_SUCH_INTERFACE,
    /** The kernel would not: no way to the gateway, no permission. */
    REFUSED
  }

  /**
   * The answer to {@link Add} and {@link Remove}; {@code cause} is the event it left in the trace.
   */
  record Answer(RouteEntry entry, Outcome outcome, long cause) {}
}
