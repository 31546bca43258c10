package org.vipdrift.model.segment;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vipdrift.model.frame.GroupMessage;
import org.vipdrift.model.frame.GroupQuery;
import org.vipdrift.model.frame.GroupReport;
import org.vipdrift.model.frame.IpAddress;

/** Which ports want which IPv4 groups, and behind which ports somebody asks. */
final class SnoopingTable {
  /** Twice the query interval and the response time (RFC 3376 section 8.4). */
  static final long MEMBERSHIP_NANOS = Duration.ofSeconds(260).toNanos();

  /** Twice the query interval and half the response time (RFC 3376 section 8.5). */
  static final long ROUTER_NANOS = Duration.ofSeconds(255).toNanos();

  /** How long a group that was left is still delivered, in case another member speaks up. */
  static final long LAST_MEMBER_NANOS = Duration.ofSeconds(2).toNanos();

  private static final int MAXIMUM_GROUPS = 1024;
  private static final int ALL_HOSTS = 0xe0000001;

  private final SnoopingSettings settings;
  private final Map<Integer, PortTimes> membersOf = new LinkedHashMap<>();
  private final PortTimes routers = new PortTimes();

  /** Until when something holds, per port. */
  private static final class PortTimes {
    private long[] until = new long[8];

    boolean holds(int port, long at) {
      return port < until.length && at < until[port];
    }

    boolean holdsAnywhere(long at) {
      return Arrays.stream(until).anyMatch(time -> at < time);
    }

    void set(int port, long time) {
      if (port >= until.length) {
        until = Arrays.copyOf(until, Math.max(port + 1, until.length * 2));
      }
      until[port] = time;
    }
  }

  SnoopingTable(SnoopingSettings settings) {
    this.settings = settings;
  }

  SnoopingSettings settings() {
    return settings;
  }

  /** Whether a group is sent only where it is wanted; the group of all hosts never is. */
  boolean prunes(int group) {
    boolean multicast = group >>> 28 == 0xe;
    boolean linkLocal = group >>> 8 == 0xe00000;
    return multicast && group != ALL_HOSTS && (!linkLocal || settings.linkLocalPruned());
  }

  /** Whether a group is sent to a port: a member is behind it, or a router. */
  boolean wants(int group, int port, long at) {
    PortTimes members = membersOf.get(group);
    return members != null && members.holds(port, at) || isRouterPort(port, at);
  }

  boolean isRouterPort(int port, long at) {
    return routers.holds(port, at);
  }

  void heard(GroupMessage message, int port, long at) {
    switch (message) {
      case GroupQuery _ -> routers.set(port, at + ROUTER_NANOS);
      case GroupReport report -> {
        for (GroupReport.Membership membership : report.memberships()) {
          if (membership.group() instanceof IpAddress.V4(int group)) {
            heard(group, membership.change(), port, at);
          }
        }
      }
    }
  }

  private void heard(int group, GroupReport.Change change, int port, long at) {
    if (change == GroupReport.Change.LEFT) {
      PortTimes members = membersOf.get(group);
      if (members != null && members.holds(port, at)) {
        members.set(port, Math.min(members.until[port], at + LAST_MEMBER_NANOS));
      }
      return;
    }
    if (!membersOf.containsKey(group) && membersOf.size() >= MAXIMUM_GROUPS) {
      membersOf.values().removeIf(members -> !members.holdsAnywhere(at));
      if (membersOf.size() >= MAXIMUM_GROUPS) {
        return;
      }
    }
    membersOf.computeIfAbsent(group, _ -> new PortTimes()).set(port, at + MEMBERSHIP_NANOS);
  }

  void flush(int port) {
    routers.set(port, 0);
    membersOf.values().forEach(members -> members.set(port, 0));
  }
}
