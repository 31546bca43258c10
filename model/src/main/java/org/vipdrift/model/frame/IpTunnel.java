package org.vipdrift.model.frame;

/** IP in IP (RFC 2003, RFC 2473), as IPVS tunnels to its real servers. */
public final class IpTunnel {
  private IpTunnel() {}

  /** The protocol by which a packet of this family is announced. */
  public static int protocol(IpFamily inner) {
    return switch (inner) {
      case IPV4 -> IpProtocol.IPIP;
      case IPV6 -> IpProtocol.IPV6;
    };
  }

  /**
   * Wraps a packet into another one.
   *
   * @param hopLimit of the outer packet
   * @throws IllegalArgumentException when it does not fit into 65,535 octets
   */
  public static IpPacket encapsulate(
      IpPacket inner, IpAddress source, IpAddress destination, int hopLimit) {
    return IpPacket.of(
        source, destination, protocol(inner.source().family()), hopLimit, inner.encode());
  }

  /** Takes the packet out of another one. */
  public static Decoded<? extends IpPacket> decapsulate(IpPacket outer) {
    return switch (outer.protocol()) {
      case IpProtocol.IPIP -> Ipv4Packet.decode(outer.payload(), 0);
      case IpProtocol.IPV6 -> Ipv6Packet.decode(outer.payload(), 0);
      default ->
          Decoded.<Ipv4Packet>malformed(IpProtocol.name(outer.protocol()) + " is not IP in IP");
    };
  }
}
