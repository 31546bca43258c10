package org.vipdrift.model.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.keepalived.KeepalivedConfiguration;

/** Looks at each host's configuration alone and at every two that share a virtual router. */
public final class KeepalivedAudit {
  private final Map<String, KeepalivedConfiguration> configurations;
  private final Findings findings = new Findings();

  private KeepalivedAudit(Map<String, KeepalivedConfiguration> configurations) {
    this.configurations = configurations;
  }

  /**
   * @param configurations by host name, in the order the findings shall name them
   */
  public static List<Finding> audit(Map<String, KeepalivedConfiguration> configurations) {
    KeepalivedAudit audit = new KeepalivedAudit(configurations);
    configurations.values().forEach(c -> HostAudit.check(c, audit.findings));
    List<String> hosts = List.copyOf(configurations.keySet());
    for (int i = 0; i < hosts.size(); i++) {
      for (String later : hosts.subList(i + 1, hosts.size())) {
        audit.hosts(hosts.get(i), later);
      }
    }
    if (hosts.size() > 1) {
      hosts.forEach(audit::alone);
    }
    return audit.findings.toList();
  }

  private List<Node> nodes(String host) {
    KeepalivedConfiguration configuration = configurations.get(host);
    return configuration == null
        ? List.of()
        : configuration.instances().stream().map(i -> new Node(host, configuration, i)).toList();
  }

  private void hosts(String left, String right) {
    List<Node> theirs = nodes(right);
    for (Node a : nodes(left)) {
      Optional<Node> counterpart = counterpart(a, theirs);
      if (counterpart.isPresent()) {
        PairAudit.check(a, counterpart.get(), findings);
        ElectionAudit.check(a, counterpart.get(), findings);
      }
      theirs.stream().filter(b -> split(a, b)).forEach(b -> differentVrid(a, b));
    }
    routerIds(left, right);
  }

  private static boolean split(Node a, Node b) {
    return a.instance().family() == b.instance().family()
        && a.instance().vrid() != b.instance().vrid()
        && a.sharesAddress(b);
  }

  private void differentVrid(Node a, Node b) {
    findings.warning(
        "vrid-mismatch",
        a,
        b,
        "virtual_router_id",
        "the same address under VRIDs "
            + a.instance().vrid()
            + " and "
            + b.instance().vrid()
            + ": neither hears the other, two masters");
  }

  /**
   * The instance of another host with the same VRID and family; of several, which a host may have
   * on several interfaces, the one on the interface of the same name, else one with a common
   * address.
   */
  private static Optional<Node> counterpart(Node node, List<Node> others) {
    List<Node> same = others.stream().filter(node::sameRouter).toList();
    return same.stream()
        .filter(o -> o.instance().interfaceName().equals(node.instance().interfaceName()))
        .findFirst()
        .or(() -> same.stream().filter(node::sharesAddress).findFirst())
        .or(() -> same.stream().findFirst());
  }

  /** An instance that no other host can take over from. */
  private void alone(String host) {
    List<Node> others = new ArrayList<>();
    configurations.keySet().stream()
        .filter(h -> !h.equals(host))
        .forEach(h -> others.addAll(nodes(h)));
    for (Node node : nodes(host)) {
      boolean met = others.stream().anyMatch(o -> node.sameRouter(o) || split(node, o));
      if (!met) {
        findings.add(
            Severity.WARNING,
            "instance-without-peer",
            "VRID "
                + node.instance().vrid()
                + " is only on "
                + host
                + ": when that host is gone, nobody holds its addresses",
            List.of(node.instance().spanOf("virtual_router_id")),
            Optional.empty());
      }
    }
  }

  private void routerIds(String left, String right) {
    Optional<SourceSpan> first = statement(left, "router_id");
    Optional<SourceSpan> second = statement(right, "router_id");
    Optional<String> name = routerId(left);
    if (first.isPresent() && second.isPresent() && name.equals(routerId(right))) {
      findings.add(
          Severity.NOTE,
          "same-router-id",
          "router_id is '"
              + name.orElse("")
              + "' on both hosts: VRRP does not use it, but mails and logs cannot be told apart",
          List.of(first.get(), second.get()),
          Optional.empty());
    }
  }

  private Optional<String> routerId(String host) {
    return Optional.ofNullable(configurations.get(host)).flatMap(c -> c.global().routerId());
  }

  private Optional<SourceSpan> statement(String host, String keyword) {
    return Optional.ofNullable(configurations.get(host)).flatMap(c -> HostAudit.global(c, keyword));
  }
}
