package org.vipdrift.model.frame;

/** An IPv4 or IPv6 packet. */
public sealed interface IpPacket extends FramePayload permits Ipv4Packet, Ipv6Packet {
  IpAddress source();

  IpAddress destination();

  /** The IANA number of what the payload is; of the first extension header, if IPv6 has any. */
  int protocol();

  /** IPv4's TTL, IPv6's hop limit: 0..255. */
  int hopLimit();

  Octets payload();

  /** The packet as a router passes it on: one hop less to live. */
  IpPacket forwarded();

  /** A packet with the usual header fields; both addresses are of one family. */
  static IpPacket of(
      IpAddress source, IpAddress destination, int protocol, int hopLimit, Octets payload) {
    return switch (source) {
      case IpAddress.V4 from ->
          Ipv4Packet.of(from, (IpAddress.V4) destination, protocol, hopLimit, payload);
      case IpAddress.V6 from ->
          Ipv6Packet.of(from, (IpAddress.V6) destination, protocol, hopLimit, payload);
    };
  }

  /** Reads an IP packet out of a whole frame. */
  static Decoded<? extends IpPacket> decodeFrame(Octets frame) {
    if (frame.length() < EthernetFrame.HEADER_LENGTH) {
      return Decoded.<Ipv4Packet>malformed("a frame of " + frame.length() + " octets");
    }
    int etherType = frame.unsignedShort(12);
    return switch (etherType) {
      case EthernetFrame.ETHER_TYPE_IPV4 -> Ipv4Packet.decode(frame, EthernetFrame.HEADER_LENGTH);
      case EthernetFrame.ETHER_TYPE_IPV6 -> Ipv6Packet.decode(frame, EthernetFrame.HEADER_LENGTH);
      default ->
          Decoded.<Ipv4Packet>malformed(
              "EtherType 0x" + Integer.toHexString(etherType) + " is not IP");
    };
  }
}
