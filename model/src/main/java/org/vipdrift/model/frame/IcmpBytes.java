package org.vipdrift.model.frame;

/** What all ICMP messages share: type, code, checksum. */
final class IcmpBytes {
  private IcmpBytes() {}

  /** Puts type and code in front of a body that starts at octet 4, and the checksum between. */
  static Octets finish(byte[] bytes, int type, int code, IpAddress source, IpAddress destination) {
    bytes[0] = (byte) type;
    bytes[1] = (byte) code;
    InternetChecksum checksum = new InternetChecksum().add(bytes, 0, bytes.length);
    if (source.family() == IpFamily.IPV6) {
      checksum.addPseudoHeader(source, destination, IpProtocol.ICMPV6, bytes.length);
    }
    WireBytes.putShort(bytes, 2, checksum.value());
    return Octets.adopt(bytes);
  }

  static boolean checksumIsRight(Ipv6Packet packet, Octets message) {
    return new InternetChecksum()
            .add(message)
            .addPseudoHeader(
                packet.source(), packet.destination(), IpProtocol.ICMPV6, message.length())
            .value()
        == 0;
  }
}
