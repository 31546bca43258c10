package org.vipdrift.model.firewall;

/** What becomes of a packet. */
public sealed interface FirewallVerdict {
  record Accept() implements FirewallVerdict {}

  record Drop(String rule) implements FirewallVerdict {}

  record Reject(String rule) implements FirewallVerdict {}
}
