package org.vipdrift.model.audit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.keepalived.Authentication;
import org.vipdrift.model.config.keepalived.ConfiguredAddress;
import org.vipdrift.model.config.keepalived.VrrpInstanceBlock;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;

/** Whether two instances of one virtual router understand each other. */
final class PairAudit {
  private static final String DEAF = ": each drops the other's adverts, two masters";

  private final Node a;
  private final Node b;
  private final VrrpInstanceBlock left;
  private final VrrpInstanceBlock right;
  private final Findings findings;

  private PairAudit(Node a, Node b, Findings findings) {
    this.a = a;
    this.b = b;
    this.left = a.instance();
    this.right = b.instance();
    this.findings = findings;
  }

  static void check(Node a, Node b, Findings findings) {
    PairAudit audit = new PairAudit(a, b, findings);
    audit.version();
    audit.authentication();
    audit.advertInterval();
    audit.addressLists();
    audit.excludedAddresses();
    audit.netmasks();
    audit.destination();
    audit.peers(a, b);
    audit.peers(b, a);
  }

  private void warning(String code, String keyword, String message) {
    findings.warning(code, a, b, keyword, message);
  }

  private String each(Object ofLeft, Object ofRight) {
    return ofLeft + " on " + a.host() + ", " + ofRight + " on " + b.host();
  }

  private void version() {
    if (left.version() != right.version()) {
      warning(
          "version-mismatch",
          "version",
          "the VRRP version is " + each(left.version(), right.version()) + DEAF);
    }
  }

  private void authentication() {
    if (left.version() != right.version()) {
      return;
    }
    String ofLeft = left.authentication().map(i -> i.type().name()).orElse("none");
    String ofRight = right.authentication().map(i -> i.type().name()).orElse("none");
    if (!ofLeft.equals(ofRight)) {
      warning(
          "auth-type-mismatch",
          "auth_type",
          "the authentication is " + each(ofLeft, ofRight) + DEAF);
    } else if (!Objects.equals(password(left), password(right))) {
      warning("password-mismatch", "auth_pass", "the passwords differ" + DEAF);
    }
  }

  private static Optional<String> password(VrrpInstanceBlock instance) {
    return instance.authentication().map(Authentication::password);
  }

  private void advertInterval() {
    if (left.advertInterval().equals(right.advertInterval())) {
      return;
    }
    String both =
        "advert_int is "
            + each(
                Findings.seconds(left.advertInterval()), Findings.seconds(right.advertInterval()));
    if (left.version() == 2 && right.version() == 2) {
      warning("advert-interval-mismatch", "advert_int", both + DEAF);
    } else if (left.version() == 3 && right.version() == 3) {
      findings.note(
          "advert-intervals-differ",
          a,
          b,
          "advert_int",
          both
              + ": in version 3 a BACKUP learns the MASTER's; the time to take over changes with"
              + " the master");
    }
  }

  private void addressLists() {
    TreeSet<IpAddress> onlyLeft = a.addresses();
    TreeSet<IpAddress> onlyRight = b.addresses();
    onlyLeft.removeAll(b.addresses());
    onlyRight.removeAll(a.addresses());
    if (!onlyLeft.isEmpty() || !onlyRight.isEmpty()) {
      warning(
          "address-list-mismatch",
          "virtual_ipaddress",
          "the address lists differ (" + only(onlyLeft, onlyRight) + ")" + DEAF);
    }
  }

  private String only(TreeSet<IpAddress> onlyLeft, TreeSet<IpAddress> onlyRight) {
    String ofLeft = onlyLeft.isEmpty() ? "" : "only on " + a.host() + ": " + list(onlyLeft);
    String ofRight = onlyRight.isEmpty() ? "" : "only on " + b.host() + ": " + list(onlyRight);
    return ofLeft + (ofLeft.isEmpty() || ofRight.isEmpty() ? "" : "; ") + ofRight;
  }

  private static String list(TreeSet<IpAddress> addresses) {
    return String.join(", ", addresses.stream().map(IpAddress::toString).toList());
  }

  private void excludedAddresses() {
    TreeSet<IpAddress> onlyLeft = excluded(left);
    TreeSet<IpAddress> onlyRight = excluded(right);
    onlyLeft.removeAll(excluded(right));
    onlyRight.removeAll(excluded(left));
    if (!onlyLeft.isEmpty() || !onlyRight.isEmpty()) {
      warning(
          "excluded-addresses-differ",
          "virtual_ipaddress_excluded",
          "the excluded addresses differ ("
              + only(onlyLeft, onlyRight)
              + "): no advert carries them, so the election works, but they vanish with their"
              + " host");
    }
  }

  private static TreeSet<IpAddress> excluded(VrrpInstanceBlock instance) {
    TreeSet<IpAddress> all = new TreeSet<>();
    instance.excludedAddresses().stream().map(ConfiguredAddress::address).forEach(all::add);
    return all;
  }

  private void netmasks() {
    for (ConfiguredAddress ofLeft : left.addresses()) {
      for (ConfiguredAddress ofRight : right.addresses()) {
        boolean same = ofLeft.address().equals(ofRight.address());
        if (same && ofLeft.prefix().length() != ofRight.prefix().length()) {
          findings.add(
              Severity.WARNING,
              "netmask-mismatch",
              Findings.pair(a, b)
                  + ofLeft.address()
                  + " has prefix length "
                  + each(ofLeft.prefix().length(), ofRight.prefix().length())
                  + ": adverts carry no prefix length, so the election works, but the hosts route"
                  + " differently while they hold it",
              List.of(ofLeft.span(), ofRight.span()),
              Optional.empty());
        }
      }
    }
  }

  private void destination() {
    if (left.unicast().enabled() != right.unicast().enabled()) {
      Node sender = left.unicast().enabled() ? a : b;
      Node speaker = sender == a ? b : a;
      warning(
          "unicast-mismatch",
          "unicast_peer",
          sender.host()
              + " sends to its peers and has not joined the group, "
              + speaker.host()
              + " sends to the group and drops unicast: neither accepts the other's adverts, two"
              + " masters");
    } else if (!left.unicast().enabled() && !group(a).equals(group(b))) {
      warning(
          "multicast-group-mismatch",
          "mcast_dst_ip",
          "adverts go to " + each(group(a), group(b)) + ": neither hears the other, two masters");
    }
  }

  private static IpAddress group(Node node) {
    boolean v4 = node.instance().family() == IpFamily.IPV4;
    return node.instance()
        .multicastDestination()
        .orElse(
            v4
                ? node.configuration().global().multicastGroup4()
                : node.configuration().global().multicastGroup6());
  }

  /** Whether one host sends where the other listens, as far as the other says its address. */
  private void peers(Node from, Node to) {
    Optional<IpAddress> source = to.instance().sourceAddress();
    boolean unicast = from.instance().unicast().enabled() && to.instance().unicast().enabled();
    boolean listed =
        source.isEmpty()
            || from.instance().unicast().peers().stream()
                .anyMatch(p -> p.address().equals(source.get()));
    if (!unicast || listed) {
      return;
    }
    boolean heardAnyway = to.instance().priority() > from.instance().priority();
    String what =
        from.host() + " does not send to " + source.get() + ": " + to.host() + " never hears it ";
    findings.warning(
        "peer-missing",
        from,
        to,
        "unicast_peer",
        heardAnyway
            ? what + "and works only while it has the higher priority"
            : what + "and becomes MASTER beside it, two masters");
  }
}
