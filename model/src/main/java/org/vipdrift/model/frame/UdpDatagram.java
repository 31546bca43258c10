package org.vipdrift.model.frame;

/**
 * A UDP datagram (RFC 768).
 *
 * @param sourcePort 0..65535
 * @param destinationPort 0..65535
 */
public record UdpDatagram(int sourcePort, int destinationPort, Octets data) {
  public static final int HEADER_LENGTH = 8;

  public UdpDatagram {
    if (HEADER_LENGTH + data.length() > 65535) {
      throw new IllegalArgumentException("a UDP datagram of " + data.length() + " octets");
    }
  }

  /** The datagram with its checksum, as the payload of a packet between these two. */
  public Octets encode(IpAddress source, IpAddress destination) {
    byte[] bytes = new byte[HEADER_LENGTH + data.length()];
    WireBytes.putShort(bytes, 0, sourcePort);
    WireBytes.putShort(bytes, 2, destinationPort);
    WireBytes.putShort(bytes, 4, bytes.length);
    data.copyInto(bytes, HEADER_LENGTH);
    long sum =
        InternetChecksum.sum(bytes, 0, bytes.length)
            + InternetChecksum.pseudoHeader(source, destination, IpProtocol.UDP, bytes.length);
    int checksum = InternetChecksum.fold(sum);
    // Zero on the wire means that the sender computed none.
    WireBytes.putShort(bytes, 6, checksum == 0 ? 0xffff : checksum);
    return Octets.adopt(bytes);
  }

  /** The whole packet. */
  public IpPacket toPacket(IpAddress source, IpAddress destination, int hopLimit) {
    return IpPacket.of(source, destination, IpProtocol.UDP, hopLimit, encode(source, destination));
  }

  /** Reads what a UDP packet carries; checks the checksum, which IPv4 senders may leave out. */
  public static Decoded<UdpDatagram> decode(IpPacket packet) {
    Octets octets = packet.payload();
    boolean laterFragment = packet instanceof Ipv4Packet ipv4 && ipv4.isLaterFragment();
    if (packet.protocol() != IpProtocol.UDP || laterFragment) {
      return Decoded.malformed(IpProtocol.name(packet.protocol()) + " is not a UDP datagram");
    }
    if (octets.length() < HEADER_LENGTH) {
      return Decoded.malformed("a UDP header has 8 octets, not " + octets.length());
    }
    int length = octets.unsignedShort(4);
    if (length < HEADER_LENGTH || length > octets.length()) {
      return Decoded.malformed(
          "UDP length " + length + " does not fit into " + octets.length() + " octets");
    }
    boolean unchecked = octets.unsignedShort(6) == 0 && packet.source().family() == IpFamily.IPV4;
    long sum =
        InternetChecksum.sum(octets, 0, length)
            + InternetChecksum.pseudoHeader(
                packet.source(), packet.destination(), IpProtocol.UDP, length);
    if (!unchecked && InternetChecksum.fold(sum) != 0) {
      return Decoded.malformed("wrong checksum");
    }
    return Decoded.ok(
        new UdpDatagram(
            octets.unsignedShort(0), octets.unsignedShort(2), octets.slice(HEADER_LENGTH, length)));
  }
}
