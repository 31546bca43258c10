package org.vipdrift.model.frame;

/**
 * Who wants which multicast: IGMP (RFC 2236, RFC 3376) or MLD (RFC 2710, RFC 3810). Every version
 * is read; IGMPv3 and MLDv2 are written, as Linux does by default.
 */
public sealed interface GroupMessage permits GroupQuery, GroupReport {
  /** The whole packet, to the group where the standard sends it, with one hop to live. */
  IpPacket toPacket(IpAddress source);

  /** Reads what an IGMP or MLD packet carries; checks the checksum. */
  static Decoded<? extends GroupMessage> decode(IpPacket packet) {
    return switch (packet) {
      case Ipv4Packet ipv4 -> IgmpBytes.decode(ipv4);
      case Ipv6Packet ipv6 -> MldBytes.decode(ipv6);
    };
  }
}
