package org.vipdrift.simulator.kernel;

import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpPacket;

/** The marks that packets get on their way in, as by {@code iptables -t mangle -j MARK}. */
final class PacketMarks {
  private record Rule(PacketMatch match, int mark) {}

  private final List<Rule> rules = new ArrayList<>();

  void add(PacketMatch match, int mark) {
    rules.add(new Rule(match, mark));
  }

  /** The last rule that matches decides, as MARK lets the packet go on. */
  int of(IpPacket packet) {
    int mark = 0;
    for (Rule rule : rules) {
      if (rule.match.matches(packet)) {
        mark = rule.mark;
      }
    }
    return mark;
  }
}
