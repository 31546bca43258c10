package org.vipdrift.model.frame;

/**
 * An IPv6 packet (RFC 8200).
 *
 * @param trafficClass 0..255
 * @param flowLabel 0..2^20-1
 * @param protocol the header's "next header"
 * @param hopLimit 0..255
 * @param payload with the extension headers, if there are any
 */
public record Ipv6Packet(
    int trafficClass,
    int flowLabel,
    int protocol,
    int hopLimit,
    IpAddress.V6 source,
    IpAddress.V6 destination,
    Octets payload)
    implements IpPacket {
  public static final int HEADER_LENGTH = 40;

  public Ipv6Packet {
    if (payload.length() > 65535) {
      throw new IllegalArgumentException("IPv6 payload of " + payload.length() + " octets");
    }
  }

  public static Ipv6Packet of(
      IpAddress.V6 source, IpAddress.V6 destination, int protocol, int hopLimit, Octets payload) {
    return new Ipv6Packet(0, 0, protocol, hopLimit, source, destination, payload);
  }

  @Override
  public Ipv6Packet forwarded() {
    return new Ipv6Packet(
        trafficClass, flowLabel, protocol, hopLimit - 1, source, destination, payload);
  }

  @Override
  public int etherType() {
    return EthernetFrame.ETHER_TYPE_IPV6;
  }

  @Override
  public int length() {
    return HEADER_LENGTH + payload.length();
  }

  @Override
  public void writeTo(byte[] target, int at) {
    WireBytes.putInt(target, at, 6 << 28 | trafficClass << 20 | flowLabel);
    WireBytes.putShort(target, at + 4, payload.length());
    target[at + 6] = (byte) protocol;
    target[at + 7] = (byte) hopLimit;
    source.writeTo(target, at + 8);
    destination.writeTo(target, at + 24);
    payload.copyInto(target, at + HEADER_LENGTH);
  }

  /**
   * Reads a packet; octets after its payload length are padding and ignored.
   *
   * @param at where the packet begins: 0, or {@link EthernetFrame#HEADER_LENGTH} in a whole frame
   */
  public static Decoded<Ipv6Packet> decode(Octets octets, int at) {
    int available = octets.length() - at;
    if (available < HEADER_LENGTH) {
      return Decoded.malformed("an IPv6 header has 40 octets, not " + available);
    }
    int first = octets.int32(at);
    if (first >>> 28 != 6) {
      return Decoded.malformed("IP version " + (first >>> 28) + " is not 6");
    }
    int payloadLength = octets.unsignedShort(at + 4);
    if (payloadLength > available - HEADER_LENGTH) {
      return Decoded.malformed(
          "IPv6 payload length " + payloadLength + " does not fit into " + available + " octets");
    }
    return Decoded.ok(
        new Ipv6Packet(
            first >>> 20 & 255,
            first & 0xfffff,
            octets.unsignedByte(at + 6),
            octets.unsignedByte(at + 7),
            new IpAddress.V6(octets.int64(at + 8), octets.int64(at + 16)),
            new IpAddress.V6(octets.int64(at + 24), octets.int64(at + 32)),
            octets.slice(at + HEADER_LENGTH, at + HEADER_LENGTH + payloadLength)));
  }
}
