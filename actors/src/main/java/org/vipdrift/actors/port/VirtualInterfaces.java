package org.vipdrift.actors.port;

import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.model.vrrp.VirtualInterface;

/** Interfaces on top of others, with the MAC address of a virtual router. */
public interface VirtualInterfaces {
  /** What a process asks. */
  sealed interface Command {}

  /**
   * Makes the interface and sets it up, or takes over one of that name that is alike; {@link
   * Interfaces} tells of it as of any other.
   */
  record Ensure(String who, VirtualInterface wanted, ActorRef<Answer> replyTo, long cause)
      implements Command {}

  /** Removes an interface; nothing happens when it is not there. */
  record Remove(String who, String name, ActorRef<Answer> replyTo, long cause) implements Command {}

  /** Removes every interface that this process made. */
  record ReleaseAll(String who, long cause) implements Command {}

  /** What became of an {@link Ensure} or {@link Remove}. */
  enum Outcome {
    DONE,
    ALREADY_THERE,
    NOT_THERE,
    NO_SUCH_PARENT,
    /** The kernel would not or cannot. */
    REFUSED
  }

  /** The answer to {@link Ensure} and {@link Remove}. */
  record Answer(String name, Outcome outcome, long cause) {}
}
