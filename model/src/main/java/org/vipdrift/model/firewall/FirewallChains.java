package org.vipdrift.model.firewall;

import java.util.List;
import java.util.stream.Stream;
import org.vipdrift.model.firewall.FirewallRule.Direction;
import org.vipdrift.model.frame.IpPacket;

/**
 * The packet filter of a host: the first rule that matches decides, else the packet is accepted.
 */
public record FirewallChains(List<FirewallRule> rules) {
  /** A host without a firewall. */
  public static final FirewallChains OPEN = new FirewallChains(List.of());

  private static final FirewallVerdict ACCEPT = new FirewallVerdict.Accept();

  public FirewallChains {
    rules = List.copyOf(rules);
  }

  /** With a rule at the end. */
  public FirewallChains append(FirewallRule rule) {
    return new FirewallChains(Stream.concat(rules.stream(), Stream.of(rule)).toList());
  }

  /** Without the rules of this name. */
  public FirewallChains without(String name) {
    return new FirewallChains(rules.stream().filter(rule -> !rule.name().equals(name)).toList());
  }

  /**
   * @param networkInterface where the packet came in or goes out
   */
  public FirewallVerdict evaluate(Direction direction, String networkInterface, IpPacket packet) {
    for (FirewallRule rule : rules) {
      if (rule.matches(direction, networkInterface, packet)) {
        return switch (rule.target()) {
          case ACCEPT -> ACCEPT;
          case DROP -> new FirewallVerdict.Drop(rule.name());
          case REJECT -> new FirewallVerdict.Reject(rule.name());
        };
      }
    }
    return ACCEPT;
  }
}
