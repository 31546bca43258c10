package org.vipdrift.model.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.keepalived.Authentication;
import org.vipdrift.model.config.keepalived.ConfiguredAddress;
import org.vipdrift.model.config.keepalived.KeepalivedConfiguration;
import org.vipdrift.model.config.keepalived.VrrpInstanceBlock;
import org.vipdrift.model.frame.IpAddress;

/** Compares the instances of several hosts that share VRID and address family. */
public final class KeepalivedAudit {
  private final List<Finding> findings = new ArrayList<>();

  private KeepalivedAudit() {}

  private record Node(String host, VrrpInstanceBlock instance) {}

  /**
   * @param configurations by host name, in the order the findings shall name them
   */
  public static List<Finding> audit(Map<String, KeepalivedConfiguration> configurations) {
    KeepalivedAudit audit = new KeepalivedAudit();
    List<Node> nodes = new ArrayList<>();
    configurations.forEach(
        (host, configuration) ->
            configuration.instances().forEach(i -> audit.add(nodes, new Node(host, i))));
    return List.copyOf(audit.findings);
  }

  private void add(List<Node> nodes, Node node) {
    for (Node other : nodes) {
      boolean pair =
          !other.host().equals(node.host())
              && other.instance().family() == node.instance().family();
      if (pair && other.instance().vrid() == node.instance().vrid()) {
        compare(other, node);
      } else if (pair && shareAddress(other.instance(), node.instance())) {
        report(
            "vrid-mismatch",
            other,
            node,
            "virtual_router_id",
            "the same address under two VRIDs: two masters");
      }
    }
    nodes.add(node);
  }

  private static boolean shareAddress(VrrpInstanceBlock a, VrrpInstanceBlock b) {
    return addresses(a).stream().anyMatch(addresses(b)::contains);
  }

  private static TreeSet<IpAddress> addresses(VrrpInstanceBlock instance) {
    TreeSet<IpAddress> all = new TreeSet<>();
    instance.addresses().stream().map(ConfiguredAddress::address).forEach(all::add);
    return all;
  }

  private void compare(Node a, Node b) {
    differs("version-mismatch", a, b, "version", VrrpInstanceBlock::version);
    differs(
        "password-mismatch",
        a,
        b,
        "auth_pass",
        i -> i.authentication().map(Authentication::password));
    if (a.instance().version() == 2 && b.instance().version() == 2) {
      differs("advert-interval-mismatch", a, b, "advert_int", VrrpInstanceBlock::advertInterval);
    }
    differs("address-list-mismatch", a, b, "virtual_ipaddress", KeepalivedAudit::addresses);
    netmask(a, b);
    differs("unicast-mismatch", a, b, "unicast_peer", i -> i.unicast().enabled());
    peers(a, b);
    peers(b, a);
    if (a.instance().priority() == b.instance().priority()) {
      boolean owners = a.instance().owner();
      report(
          owners ? "both-owners" : "equal-priorities",
          a,
          b,
          "priority",
          owners
              ? "both have priority 255: the one with the lower address steps down to 254"
              : "equal priorities: which host is MASTER depends on who was first");
    }
    weightedPeer(a, b);
    weightedPeer(b, a);
  }

  private void differs(
      String code, Node a, Node b, String keyword, Function<VrrpInstanceBlock, Object> value) {
    if (!Objects.equals(value.apply(a.instance()), value.apply(b.instance()))) {
      report(
          code, a, b, keyword, keyword + " differs: each drops the other's adverts, two masters");
    }
  }

  private void netmask(Node a, Node b) {
    for (ConfiguredAddress left : a.instance().addresses()) {
      for (ConfiguredAddress right : b.instance().addresses()) {
        boolean same = left.address().equals(right.address());
        if (same && left.prefix().length() != right.prefix().length()) {
          report(
              "netmask-mismatch",
              a,
              b,
              "virtual_ipaddress",
              left.address() + " has two prefix lengths");
        }
      }
    }
  }

  private void peers(Node from, Node to) {
    Optional<IpAddress> source = to.instance().sourceAddress();
    boolean known =
        source.isEmpty()
            || !from.instance().unicast().enabled()
            || from.instance().unicast().peers().stream()
                .anyMatch(p -> p.address().equals(source.get()));
    if (!known) {
      report(
          "peer-missing", from, to, "unicast_peer", from.host() + " does not send to " + to.host());
    }
  }

  /** The classic trap: the master's priority falls, and the peer never takes over. */
  private void weightedPeer(Node waiting, Node falling) {
    boolean weighted =
        falling.instance().tracking().scripts().stream().anyMatch(e -> e.weight() != 0);
    if (waiting.instance().nopreempt() && weighted) {
      report(
          "nopreempt-with-weighted-peer",
          waiting,
          falling,
          "nopreempt",
          waiting.host() + " never takes over when a weighted script lowers " + falling.host());
    }
  }

  private void report(String code, Node a, Node b, String keyword, String message) {
    findings.add(
        new Finding(
            code,
            Severity.WARNING,
            "VRID " + a.instance().vrid() + " on " + a.host() + " and " + b.host() + ": " + message,
            List.of(a.instance().spanOf(keyword), b.instance().spanOf(keyword)),
            Optional.empty()));
  }
}
