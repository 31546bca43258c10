package org.vipdrift.model.frame;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.frame.GroupReport.Change;

/** IGMP on the wire. */
final class IgmpBytes {
  private static final int QUERY = 0x11;
  private static final int REPORT_V1 = 0x12;
  private static final int REPORT_V2 = 0x16;
  private static final int LEAVE_V2 = 0x17;
  private static final int REPORT_V3 = 0x22;

  private static final IpAddress.V4 ALL_HOSTS = new IpAddress.V4(0xe0000001);
  private static final IpAddress.V4 ALL_IGMPV3_ROUTERS = new IpAddress.V4(0xe0000016);

  private IgmpBytes() {}

  static Ipv4Packet write(GroupQuery query, IpAddress.V4 source) {
    byte[] bytes = new byte[12];
    bytes[0] = QUERY;
    bytes[1] = (byte) Math.min(127, query.maxResponse().toMillis() / 100);
    query.group().ifPresent(group -> group.writeTo(bytes, 4));
    bytes[8] = 2;
    bytes[9] = (byte) GroupQuery.DEFAULT_INTERVAL.toSeconds();
    return packet(bytes, source, query.group().map(IpAddress.V4.class::cast).orElse(ALL_HOSTS));
  }

  static Ipv4Packet write(GroupReport report, IpAddress.V4 source) {
    byte[] bytes = new byte[8 + report.memberships().size() * GroupRecords.length(IpFamily.IPV4)];
    bytes[0] = REPORT_V3;
    GroupRecords.write(bytes, 8, report.memberships());
    return packet(bytes, source, ALL_IGMPV3_ROUTERS);
  }

  private static Ipv4Packet packet(byte[] bytes, IpAddress.V4 source, IpAddress.V4 destination) {
    WireBytes.putShort(
        bytes, 2, InternetChecksum.fold(InternetChecksum.sum(bytes, 0, bytes.length)));
    return new Ipv4Packet(
        0xc0,
        0,
        Ipv4Packet.DONT_FRAGMENT,
        1,
        IpProtocol.IGMP,
        source,
        destination,
        Ipv4Packet.ROUTER_ALERT,
        Octets.adopt(bytes));
  }

  static Decoded<? extends GroupMessage> decode(Ipv4Packet packet) {
    Octets octets = packet.payload();
    if (packet.protocol() != IpProtocol.IGMP || packet.isLaterFragment()) {
      return malformed(IpProtocol.name(packet.protocol()) + " is not an IGMP message");
    }
    if (octets.length() < 8) {
      return malformed("an IGMP message has at least 8 octets, not " + octets.length());
    }
    if (InternetChecksum.of(octets) != 0) {
      return malformed("wrong IGMP checksum");
    }
    IpAddress.V4 group = new IpAddress.V4(octets.int32(4));
    int type = octets.unsignedByte(0);
    return switch (type) {
      case QUERY -> Decoded.ok(query(octets, group));
      case REPORT_V1, REPORT_V2 -> Decoded.ok(GroupReport.of(group, Change.MEMBER));
      case LEAVE_V2 -> Decoded.ok(GroupReport.of(group, Change.LEFT));
      case REPORT_V3 -> GroupRecords.read(octets, IpFamily.IPV4);
      default -> malformed("IGMP type " + type);
    };
  }

  private static GroupQuery query(Octets octets, IpAddress.V4 group) {
    int code = octets.unsignedByte(1);
    // RFC 3376 section 4.1.1: from 128 on the code is a floating-point number.
    int tenths = code < 128 ? code : (code & 15 | 16) << ((code >> 4 & 7) + 3);
    return new GroupQuery(
        IpFamily.IPV4,
        group.bits() == 0 ? Optional.empty() : Optional.of(group),
        Duration.ofMillis(tenths * 100L));
  }

  private static Decoded<? extends GroupMessage> malformed(String problem) {
    return Decoded.<GroupReport>malformed(problem);
  }
}
