package org.vipdrift.actors.port;

import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.vrrp.AddressAttributes;

/** The kernel's table of local addresses. */
public interface AddressTable {
  /** What a process asks. */
  sealed interface Command {}

  /**
   * Adds an address on behalf of a process.
   *
   * @param attributes what else the kernel is to keep; a testbed without a use for one leaves it
   *     out
   */
  record Add(
      String who,
      String networkInterface,
      IpPrefix address,
      AddressAttributes attributes,
      ActorRef<Answer> replyTo,
      long cause)
      implements Command {
    /** Without attributes. */
    public Add(
        String who,
        String networkInterface,
        IpPrefix address,
        ActorRef<Answer> replyTo,
        long cause) {
      this(who, networkInterface, address, AddressAttributes.NONE, replyTo, cause);
    }
  }

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
    NO_SUCH_INTERFACE,
    /**
     * The kernel would not: a scope that contradicts the network's first address, no permission.
     */
    REFUSED
  }

  /**
   * The answer to {@link Add} and {@link Remove}; {@code cause} is the event it left in the trace.
   */
  record Answer(String networkInterface, IpPrefix address, Outcome outcome, long cause) {}
}
