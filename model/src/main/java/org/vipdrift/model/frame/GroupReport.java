package org.vipdrift.model.frame;

import java.util.List;

/**
 * What a host wants, or no longer wants, to hear.
 *
 * @param memberships at least one, all of one family
 */
public record GroupReport(List<Membership> memberships) implements GroupMessage {
  /** One group's part of a report; sources are not told apart. */
  public record Membership(IpAddress group, Change change) {}

  /** What is said about a group. */
  public enum Change {
    /** The answer to a query: still a member. */
    MEMBER,
    JOINED,
    LEFT
  }

  public GroupReport {
    memberships = List.copyOf(memberships);
    if (memberships.isEmpty()) {
      throw new IllegalArgumentException("a report of no group");
    }
    for (Membership membership : memberships) {
      if (membership.group().family() != memberships.getFirst().group().family()) {
        throw new IllegalArgumentException("a report of groups of both families");
      }
    }
  }

  public static GroupReport of(IpAddress group, Change change) {
    return new GroupReport(List.of(new Membership(group, change)));
  }

  @Override
  public IpPacket toPacket(IpAddress source) {
    return switch (source) {
      case IpAddress.V4 v4 -> IgmpBytes.write(this, v4);
      case IpAddress.V6 v6 -> MldBytes.write(this, v6);
    };
  }
}
