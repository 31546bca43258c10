package org.vipdrift.model.firewall;

import java.util.Optional;
import org.vipdrift.model.frame.IpPacket;

/**
 * A rule of a packet filter.
 *
 * @param name by which it is removed and blamed
 * @param networkInterface where the packet comes in or goes out; none means any
 */
public record FirewallRule(
    String name, Chain chain, Optional<String> networkInterface, PacketMatch match, Target target) {
  /** Where a rule stands. */
  public enum Chain {
    IN,
    OUT,
    BOTH
  }

  /** Which way a packet goes. */
  public enum Direction {
    IN,
    OUT
  }

  /** What is done to a packet that matches. */
  public enum Target {
    ACCEPT,
    DROP,
    /** Dropped, and the sender is told by an ICMP error. */
    REJECT
  }

  boolean matches(Direction direction, String at, IpPacket packet) {
    boolean onChain =
        switch (chain) {
          case IN -> direction == Direction.IN;
          case OUT -> direction == Direction.OUT;
          case BOTH -> true;
        };
    return onChain
        && (networkInterface.isEmpty() || networkInterface.get().equals(at))
        && match.matches(packet);
  }
}
