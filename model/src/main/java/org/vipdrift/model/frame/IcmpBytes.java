package org.vipdrift.model.frame;

/** What all ICMP messages share: type, code, checksum. */
final class IcmpBytes {
  private IcmpBytes() {}

  /** Puts type and code in front of a body that starts at octet 4, and the checksum between. */
  static Octets finish(byte[] bytes, int type, int code, IpAddress source, IpAddress destination) {
    bytes[0] = (byte) type;
    bytes[1] = (byte) code;
    long sum = InternetChecksum.sum(bytes, 0, bytes.length);
    if (source.family() == IpFamily.IPV6) {
      sum += InternetChecksum.pseudoHeader(source, destination, IpProtocol.ICMPV6, bytes.length);
    }
    WireBytes.putShort(bytes, 2, InternetChecksum.fold(sum));
    return Octets.adopt(bytes);
  }

  static boolean checksumIsRight(Ipv6Packet packet, Octets message) {
    long pseudoHeader =
        InternetChecksum.pseudoHeader(
            packet.source(), packet.destination(), IpProtocol.ICMPV6, message.length());
    return InternetChecksum.fold(InternetChecksum.sum(message) + pseudoHeader) == 0;
  }
}
