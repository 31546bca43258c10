package org.vipdrift.netio.namespaces;

import java.io.IOException;
import org.vipdrift.model.firewall.FirewallRule;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;

/** The rules of nft that stand for a scenario's; each has a table of its own. */
final class Firewall {
  private Firewall() {}

  private static String match(PacketMatch match) {
    return switch (match) {
      case PacketMatch.Vrrp _ -> "meta l4proto 112 ";
      case PacketMatch.Destination(IpPrefix prefix) -> family(prefix) + " daddr " + prefix + " ";
      case PacketMatch.Source(IpPrefix prefix) -> family(prefix) + " saddr " + prefix + " ";
      case PacketMatch.Port(int port) -> "meta l4proto { tcp, udp } th dport " + port + " ";
      case PacketMatch.Everything _ -> "";
    };
  }

  private static String family(IpPrefix prefix) {
    return prefix.address().family() == IpFamily.IPV4 ? "ip" : "ip6";
  }

  /** Marks packets that come in. */
  static void mark(Machine machine, String table, PacketMatch match, int mark) throws IOException {
    String chain = "chain in { type filter hook prerouting priority mangle; ";
    apply(
        machine,
        "table inet " + table + " { " + chain + match(match) + "meta mark set " + mark + "; } }");
  }

  static void install(Machine machine, String table, Action.Firewall rule) throws IOException {
    String verdict = match(rule.match()) + (rule.reject() ? "reject" : "drop");
    StringBuilder chains = new StringBuilder();
    if (rule.chain() != FirewallRule.Chain.OUT) {
      chains
          .append("chain in { type filter hook input priority 0; ")
          .append(rule.networkInterface().map(name -> "iifname \"" + name + "\" ").orElse(""))
          .append(verdict)
          .append("; }\n");
    }
    if (rule.chain() != FirewallRule.Chain.IN) {
      chains
          .append("chain out { type filter hook output priority 0; ")
          .append(rule.networkInterface().map(name -> "oifname \"" + name + "\" ").orElse(""))
          .append(verdict)
          .append("; }\n");
    }
    apply(machine, "table inet " + table + " {\n" + chains + "}\n");
  }

  static void remove(Machine machine, String table) throws IOException {
    apply(machine, "delete table inet " + table + "\n");
  }

  private static void apply(Machine machine, String rules) throws IOException {
    Machine.Ended ended = machine.runInNetwork(rules, "nft", "-f", "-");
    if (ended.exit() != 0) {
      throw new IOException("nft on " + machine.name() + ": " + ended.output());
    }
  }
}
