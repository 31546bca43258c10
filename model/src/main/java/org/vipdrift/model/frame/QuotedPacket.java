package org.vipdrift.model.frame;

/**
 * The beginning of a packet as ICMP errors quote it: the addresses, and the eight octets in which
 * TCP and UDP have their ports.
 *
 * @param protocol what the packet carries
 * @param nextWord the four octets behind the ports: TCP's sequence number
 */
public record QuotedPacket(
    IpAddress source,
    IpAddress destination,
    int protocol,
    int sourcePort,
    int destinationPort,
    int nextWord) {
  private static final int QUOTED = 8;

  /** Reads a quotation; checksums and lengths in it are not looked at. */
  public static Decoded<QuotedPacket> read(Octets quoted) {
    if (quoted.length() < Ipv4Packet.HEADER_LENGTH) {
      return Decoded.malformed("a quotation of " + quoted.length() + " octets");
    }
    int version = quoted.unsignedByte(0) >> 4;
    int header = version == 6 ? Ipv6Packet.HEADER_LENGTH : (quoted.unsignedByte(0) & 15) * 4;
    boolean whole =
        (version == 4 || version == 6)
            && header >= Ipv4Packet.HEADER_LENGTH
            && quoted.length() >= header + QUOTED;
    if (!whole) {
      return Decoded.malformed(
          "version " + version + " quoted with " + quoted.length() + " octets");
    }
    IpFamily family = version == 4 ? IpFamily.IPV4 : IpFamily.IPV6;
    int addresses = version == 4 ? 12 : 8;
    return Decoded.ok(
        new QuotedPacket(
            IpAddress.read(quoted, addresses, family),
            IpAddress.read(quoted, addresses + family.octets(), family),
            quoted.unsignedByte(version == 4 ? 9 : 6),
            quoted.unsignedShort(header),
            quoted.unsignedShort(header + 2),
            quoted.int32(header + 4)));
  }
}
