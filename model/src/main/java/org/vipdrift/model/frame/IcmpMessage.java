package org.vipdrift.model.frame;

/**
 * A message of ICMP (RFC 792) or ICMPv6 (RFC 4443), neighbour discovery (RFC 4861) included; group
 * membership is {@link GroupMessage}.
 */
public sealed interface IcmpMessage
    permits IcmpEcho, IcmpUnreachable, NeighborSolicitation, NeighborAdvertisement, IcmpOther {
  /**
   * The message with its checksum, as the payload of a packet between these two, whose family
   * decides between ICMP and ICMPv6.
   */
  Octets encode(IpAddress source, IpAddress destination);

  /**
   * The whole packet.
   *
   * @param hopLimit 0..255; neighbour discovery must have 255
   */
  default IpPacket toPacket(IpAddress source, IpAddress destination, int hopLimit) {
    int protocol = source.family() == IpFamily.IPV4 ? IpProtocol.ICMP : IpProtocol.ICMPV6;
    return IpPacket.of(source, destination, protocol, hopLimit, encode(source, destination));
  }

  /** Reads what an ICMP or ICMPv6 packet carries; checks the checksum. */
  static Decoded<? extends IcmpMessage> decode(IpPacket packet) {
    Octets octets = packet.payload();
    if (octets.length() < 8) {
      return malformed("an ICMP message has at least 8 octets, not " + octets.length());
    }
    return switch (packet) {
      case Ipv4Packet ipv4 -> {
        if (ipv4.protocol() != IpProtocol.ICMP || ipv4.isLaterFragment()) {
          yield malformed(IpProtocol.name(ipv4.protocol()) + " is not an ICMP message");
        }
        yield InternetChecksum.of(octets) == 0 ? decodeV4(octets) : malformed("wrong checksum");
      }
      case Ipv6Packet ipv6 -> {
        if (ipv6.protocol() != IpProtocol.ICMPV6) {
          yield malformed(IpProtocol.name(ipv6.protocol()) + " is not ICMPv6");
        }
        yield IcmpBytes.checksumIsRight(ipv6, octets)
            ? decodeV6(ipv6)
            : malformed("wrong checksum");
      }
    };
  }

  private static Decoded<? extends IcmpMessage> decodeV4(Octets octets) {
    return switch (octets.unsignedByte(0)) {
      case 0, 8 -> Decoded.ok(IcmpEcho.read(octets, octets.unsignedByte(0) == 8));
      case 3 -> Decoded.ok(IcmpUnreachable.read(octets, IpFamily.IPV4));
      default -> Decoded.ok(IcmpOther.read(octets));
    };
  }

  private static Decoded<? extends IcmpMessage> decodeV6(Ipv6Packet packet) {
    Octets octets = packet.payload();
    return switch (octets.unsignedByte(0)) {
      case 128, 129 -> Decoded.ok(IcmpEcho.read(octets, octets.unsignedByte(0) == 128));
      case 1 -> Decoded.ok(IcmpUnreachable.read(octets, IpFamily.IPV6));
      case NeighborSolicitation.TYPE -> NeighborSolicitation.read(packet);
      case NeighborAdvertisement.TYPE -> NeighborAdvertisement.read(packet);
      default -> Decoded.ok(IcmpOther.read(octets));
    };
  }

  private static Decoded<? extends IcmpMessage> malformed(String problem) {
    return Decoded.<IcmpOther>malformed(problem);
  }
}
