package org.vipdrift.model.frame;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.frame.GroupReport.Change;

/** MLD on the wire: ICMPv6 behind a hop-by-hop header with the router alert. */
final class MldBytes {
  private static final int QUERY = 130;
  private static final int REPORT_V1 = 131;
  private static final int DONE_V1 = 132;
  private static final int REPORT_V2 = 143;

  private static final Octets HOP_BY_HOP = Octets.ofHex("3a00050200000100");
  private static final IpAddress.V6 ALL_MLDV2_ROUTERS = new IpAddress.V6(0xff02L << 48, 0x16);

  private MldBytes() {}

  static Ipv6Packet write(GroupQuery query, IpAddress.V6 source) {
    byte[] bytes = new byte[28];
    WireBytes.putShort(bytes, 4, (int) Math.min(32767, query.maxResponse().toMillis()));
    query.group().ifPresent(group -> group.writeTo(bytes, 8));
    bytes[24] = 2;
    bytes[25] = (byte) GroupQuery.DEFAULT_INTERVAL.toSeconds();
    IpAddress.V6 destination =
        query.group().map(IpAddress.V6.class::cast).orElse(NeighborAdvertisement.ALL_NODES);
    return packet(bytes, QUERY, source, destination);
  }

  static Ipv6Packet write(GroupReport report, IpAddress.V6 source) {
    byte[] bytes = new byte[8 + report.memberships().size() * GroupRecords.length(IpFamily.IPV6)];
    GroupRecords.write(bytes, 8, report.memberships());
    return packet(bytes, REPORT_V2, source, ALL_MLDV2_ROUTERS);
  }

  private static Ipv6Packet packet(
      byte[] bytes, int type, IpAddress.V6 source, IpAddress.V6 destination) {
    Octets message = IcmpBytes.finish(bytes, type, 0, source, destination);
    byte[] payload = new byte[HOP_BY_HOP.length() + message.length()];
    HOP_BY_HOP.copyInto(payload, 0);
    message.copyInto(payload, HOP_BY_HOP.length());
    return Ipv6Packet.of(source, destination, IpProtocol.HOP_BY_HOP, 1, Octets.adopt(payload));
  }

  static Decoded<? extends GroupMessage> decode(Ipv6Packet packet) {
    Octets payload = packet.payload();
    int at = 0;
    int protocol = packet.protocol();
    if (protocol == IpProtocol.HOP_BY_HOP && payload.length() >= 8) {
      protocol = payload.unsignedByte(0);
      at = 8 + payload.unsignedByte(1) * 8;
    }
    if (protocol != IpProtocol.ICMPV6) {
      return malformed(IpProtocol.name(protocol) + " is not MLD");
    }
    if (payload.length() - at < 8) {
      return malformed("an MLD message has at least 8 octets, not " + (payload.length() - at));
    }
    Octets message = at == 0 ? payload : payload.slice(at, payload.length());
    if (!IcmpBytes.checksumIsRight(packet, message)) {
      return malformed("wrong MLD checksum");
    }
    int type = message.unsignedByte(0);
    if (type == REPORT_V2) {
      return GroupRecords.read(message, IpFamily.IPV6);
    }
    if (message.length() < 24) {
      return malformed("ICMPv6 type " + type + " of " + message.length() + " octets is not MLD");
    }
    IpAddress.V6 group = new IpAddress.V6(message.int64(8), message.int64(16));
    return switch (type) {
      case QUERY ->
          Decoded.ok(
              new GroupQuery(
                  IpFamily.IPV6,
                  group.high() == 0 && group.low() == 0 ? Optional.empty() : Optional.of(group),
                  Duration.ofMillis(message.unsignedShort(4))));
      case REPORT_V1 -> Decoded.ok(GroupReport.of(group, Change.MEMBER));
      case DONE_V1 -> Decoded.ok(GroupReport.of(group, Change.LEFT));
      default -> malformed("ICMPv6 type " + type + " is not MLD");
    };
  }

  private static Decoded<? extends GroupMessage> malformed(String problem) {
    return Decoded.<GroupReport>malformed(problem);
  }
}
