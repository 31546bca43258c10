package org.vipdrift.model.frame;

import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.frame.GroupReport.Change;
import org.vipdrift.model.frame.GroupReport.Membership;

/** The group records of IGMPv3 and MLDv2, which differ only in the width of an address. */
final class GroupRecords {
  private static final int MODE_IS_INCLUDE = 1;
  private static final int MODE_IS_EXCLUDE = 2;
  private static final int CHANGE_TO_INCLUDE = 3;
  private static final int CHANGE_TO_EXCLUDE = 4;
  private static final int ALLOW_NEW_SOURCES = 5;

  private GroupRecords() {}

  static int length(IpFamily family) {
    return 4 + family.octets();
  }

  /** Writes records without sources behind each other; the count goes in front of them. */
  static void write(byte[] target, int at, List<Membership> memberships) {
    WireBytes.putShort(target, at - 2, memberships.size());
    int next = at;
    for (Membership membership : memberships) {
      target[next] =
          switch (membership.change()) {
            case MEMBER -> MODE_IS_EXCLUDE;
            case JOINED -> CHANGE_TO_EXCLUDE;
            case LEFT -> CHANGE_TO_INCLUDE;
          };
      membership.group().writeTo(target, next + 4);
      next += length(membership.group().family());
    }
  }

  /** Reads the records of a report whose header has eight octets. */
  static Decoded<? extends GroupMessage> read(Octets report, IpFamily family) {
    int count = report.unsignedShort(6);
    List<Membership> memberships = new ArrayList<>();
    int at = 8;
    for (int i = 0; i < count; i++) {
      if (at + length(family) > report.length()) {
        return Decoded.<GroupReport>malformed("a report ends within record " + (i + 1));
      }
      int sources = report.unsignedShort(at + 2);
      IpAddress group = IpAddress.read(report, at + 4, family);
      switch (report.unsignedByte(at)) {
        case MODE_IS_EXCLUDE -> memberships.add(new Membership(group, Change.MEMBER));
        case MODE_IS_INCLUDE ->
            memberships.add(new Membership(group, sources > 0 ? Change.MEMBER : Change.LEFT));
        case CHANGE_TO_EXCLUDE, ALLOW_NEW_SOURCES ->
            memberships.add(new Membership(group, Change.JOINED));
        case CHANGE_TO_INCLUDE ->
            memberships.add(new Membership(group, sources > 0 ? Change.JOINED : Change.LEFT));
        default -> {
          // BLOCK_OLD_SOURCES (6) takes sources off; unknown types are ignored (RFC 3376 4.2.12).
        }
      }
      at += length(family) + sources * family.octets() + report.unsignedByte(at + 1) * 4;
    }
    return memberships.isEmpty()
        ? Decoded.<GroupReport>malformed("a report that says nothing about any group")
        : Decoded.ok(new GroupReport(memberships));
  }
}
