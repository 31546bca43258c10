package org.vipdrift.simulator.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.GroupQuery;
import org.vipdrift.model.frame.GroupReport;
import org.vipdrift.model.frame.GroupReport.Change;
import org.vipdrift.model.frame.GroupReport.Membership;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.NeighborAdvertisement;
import org.vipdrift.model.frame.NeighborSolicitation;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.trace.TraceEvent;

/**
 * Which multicast groups one interface receives, and what it tells the segment about them.
 *
 * <p>Departs from Linux: a change is reported once, not twice, and the groups of neighbour
 * discovery are not reported, since nothing here prunes IPv6 multicast.
 */
final class GroupMemberships {
  private static final IpAddress ALL_HOSTS = IpAddress.v4(224, 0, 0, 1);

  private final NetworkInterface networkInterface;
  private final SplitRandom random;
  private final Map<IpAddress, Integer> joined = new LinkedHashMap<>(4);

  GroupMemberships(NetworkInterface networkInterface, SplitRandom random) {
    this.networkInterface = networkInterface;
    this.random = random;
  }

  void join(IpAddress group) {
    if (joined.merge(group, 1, Integer::sum) == 1) {
      report(List.of(group), Change.JOINED);
    }
  }

  void leave(IpAddress group) {
    Integer count = joined.get(group);
    if (count != null && count > 1) {
      joined.put(group, count - 1);
    } else if (count != null) {
      joined.remove(group);
      report(List.of(group), Change.LEFT);
    }
  }

  void clear() {
    joined.clear();
  }

  /** Whether the interface takes packets to a group up. */
  boolean receives(IpAddress group) {
    return joined.containsKey(group)
        || switch (group) {
          case IpAddress.V4 v4 -> v4.equals(ALL_HOSTS);
          case IpAddress.V6 v6 ->
              v6.equals(NeighborAdvertisement.ALL_NODES) || isSolicitedNodeGroup(v6);
        };
  }

  /** The link came up: nobody on it knows what is wanted here. */
  void reportAll() {
    for (IpFamily family : IpFamily.values()) {
      report(groups(family), Change.JOINED);
    }
  }

  /** Answers a query, some time within what it allows. */
  void queried(GroupQuery query) {
    boolean concerned =
        query.group().map(joined::containsKey).orElse(!groups(query.family()).isEmpty());
    if (concerned) {
      long within = Math.max(1, query.maxResponse().toNanos());
      networkInterface.later(random.nextLong(within), () -> answer(query.family(), query.group()));
    }
  }

  private void answer(IpFamily family, Optional<IpAddress> group) {
    report(
        groups(family).stream()
            .filter(each -> group.isEmpty() || group.get().equals(each))
            .toList(),
        Change.MEMBER);
  }

  private void report(List<IpAddress> groups, Change change) {
    if (groups.isEmpty() || !networkInterface.isUp()) {
      return;
    }
    networkInterface.sendReport(
        new GroupReport(groups.stream().map(group -> new Membership(group, change)).toList()),
        groups.getFirst().family(),
        TraceEvent.NO_CAUSE);
  }

  private List<IpAddress> groups(IpFamily family) {
    List<IpAddress> groups = new ArrayList<>();
    for (IpAddress group : joined.keySet()) {
      if (group.family() == family) {
        groups.add(group);
      }
    }
    return groups;
  }

  private boolean isSolicitedNodeGroup(IpAddress.V6 group) {
    for (LocalAddress address : networkInterface.addressList()) {
      if (address.prefix().address() instanceof IpAddress.V6 own
          && NeighborSolicitation.groupOf(own).equals(group)) {
        return true;
      }
    }
    return false;
  }
}
