package org.vipdrift.model.frame;

/**
 * A TCP segment (RFC 9293 section 3.1); of its options only the maximum segment size is kept.
 *
 * @param sourcePort 0..65535
 * @param destinationPort 0..65535
 * @param flags {@link TcpHeader#FIN} and its like, 0..255
 * @param window 0..65535
 * @param maximumSegmentSize the option, 0 for none
 */
public record TcpSegment(
    int sourcePort,
    int destinationPort,
    int sequence,
    int acknowledgment,
    int flags,
    int window,
    int maximumSegmentSize,
    Octets data) {
  /** The segment with its checksum, as the payload of a packet between these two. */
  public Octets encode(IpAddress source, IpAddress destination) {
    int header = maximumSegmentSize > 0 ? TcpHeader.LENGTH_WITH_MSS : TcpHeader.LENGTH;
    byte[] bytes = new byte[header + data.length()];
    data.copyInto(bytes, header);
    return TcpHeader.finish(
        bytes,
        source,
        sourcePort,
        destination,
        destinationPort,
        sequence,
        acknowledgment,
        flags,
        window,
        maximumSegmentSize);
  }

  /** The whole packet. */
  public IpPacket toPacket(IpAddress source, IpAddress destination, int hopLimit) {
    return IpPacket.of(source, destination, IpProtocol.TCP, hopLimit, encode(source, destination));
  }

  /** Whether all of these flags are set. */
  public boolean has(int wanted) {
    return (flags & wanted) == wanted;
  }

  /** Reads what a TCP packet carries; checks the checksum. */
  public static Decoded<TcpSegment> decode(IpPacket packet) {
    Octets octets = packet.payload();
    boolean laterFragment = packet instanceof Ipv4Packet ipv4 && ipv4.isLaterFragment();
    if (packet.protocol() != IpProtocol.TCP || laterFragment) {
      return Decoded.malformed(IpProtocol.name(packet.protocol()) + " is not a TCP segment");
    }
    if (!TcpHeader.isWellFormed(octets, 0, octets.length())) {
      return Decoded.malformed("not a TCP header in " + octets.length() + " octets");
    }
    if (!TcpHeader.checksumIsRight(
        octets, 0, octets.length(), packet.source(), packet.destination())) {
      return Decoded.malformed("wrong checksum");
    }
    return Decoded.ok(
        new TcpSegment(
            TcpHeader.sourcePort(octets, 0),
            TcpHeader.destinationPort(octets, 0),
            TcpHeader.sequence(octets, 0),
            TcpHeader.acknowledgment(octets, 0),
            TcpHeader.flags(octets, 0),
            TcpHeader.window(octets, 0),
            TcpHeader.maximumSegmentSize(octets, 0),
            octets.slice(TcpHeader.headerLength(octets, 0), octets.length())));
  }
}
