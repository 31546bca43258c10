package org.vipdrift.model.frame;

/**
 * An IPv4 packet (RFC 791); the header checksum is computed on encoding and checked on decoding.
 *
 * @param trafficClass the octet once called type of service, 0..255
 * @param identification 0..65535
 * @param fragment flags and fragment offset as they stand in the header, 0..65535
 * @param hopLimit the TTL, 0..255
 * @param options 0..40 octets, a multiple of four
 */
public record Ipv4Packet(
    int trafficClass,
    int identification,
    int fragment,
    int hopLimit,
    int protocol,
    IpAddress.V4 source,
    IpAddress.V4 destination,
    Octets options,
    Octets payload)
    implements IpPacket {
  public static final int HEADER_LENGTH = 20;
  public static final int DONT_FRAGMENT = 0x4000;

  /** "Routers, look at this" (RFC 2113), which IGMP carries. */
  public static final Octets ROUTER_ALERT = Octets.ofHex("94040000");

  public Ipv4Packet {
    if (options.length() > 40 || options.length() % 4 != 0) {
      throw new IllegalArgumentException("IPv4 options of " + options.length() + " octets");
    }
    if (HEADER_LENGTH + options.length() + payload.length() > 65535) {
      throw new IllegalArgumentException("IPv4 payload of " + payload.length() + " octets");
    }
  }

  public static Ipv4Packet of(
      IpAddress.V4 source, IpAddress.V4 destination, int protocol, int ttl, Octets payload) {
    return new Ipv4Packet(0, 0, 0, ttl, protocol, source, destination, Octets.EMPTY, payload);
  }

  public Ipv4Packet withTrafficClass(int newTrafficClass) {
    return new Ipv4Packet(
        newTrafficClass,
        identification,
        fragment,
        hopLimit,
        protocol,
        source,
        destination,
        options,
        payload);
  }

  public Ipv4Packet withIdentification(int newIdentification) {
    return new Ipv4Packet(
        trafficClass,
        newIdentification & 0xffff,
        fragment,
        hopLimit,
        protocol,
        source,
        destination,
        options,
        payload);
  }

  public Ipv4Packet withOptions(Octets newOptions) {
    return new Ipv4Packet(
        trafficClass,
        identification,
        fragment,
        hopLimit,
        protocol,
        source,
        destination,
        newOptions,
        payload);
  }

  @Override
  public Ipv4Packet forwarded() {
    return new Ipv4Packet(
        trafficClass,
        identification,
        fragment,
        hopLimit - 1,
        protocol,
        source,
        destination,
        options,
        payload);
  }

  /** Whether this is a later piece of a fragmented packet, without the payload's header. */
  public boolean isLaterFragment() {
    return (fragment & 0x1fff) != 0;
  }

  /** Whether this is any piece of a fragmented packet. */
  public boolean isFragment() {
    return (fragment & 0x3fff) != 0;
  }

  @Override
  public int etherType() {
    return EthernetFrame.ETHER_TYPE_IPV4;
  }

  @Override
  public int length() {
    return HEADER_LENGTH + options.length() + payload.length();
  }

  @Override
  public void writeTo(byte[] target, int at) {
    int headerLength = HEADER_LENGTH + options.length();
    target[at] = (byte) (0x40 | headerLength / 4);
    target[at + 1] = (byte) trafficClass;
    WireBytes.putShort(target, at + 2, length());
    WireBytes.putShort(target, at + 4, identification);
    WireBytes.putShort(target, at + 6, fragment);
    target[at + 8] = (byte) hopLimit;
    target[at + 9] = (byte) protocol;
    source.writeTo(target, at + 12);
    destination.writeTo(target, at + 16);
    options.copyInto(target, at + HEADER_LENGTH);
    int checksum = InternetChecksum.fold(InternetChecksum.sum(target, at, at + headerLength));
    WireBytes.putShort(target, at + 10, checksum);
    payload.copyInto(target, at + headerLength);
  }

  /**
   * Reads a packet; octets after its total length are padding and ignored.
   *
   * @param at where the packet begins: 0, or {@link EthernetFrame#HEADER_LENGTH} in a whole frame
   */
  public static Decoded<Ipv4Packet> decode(Octets octets, int at) {
    int available = octets.length() - at;
    if (available < HEADER_LENGTH) {
      return Decoded.malformed("an IPv4 header has at least 20 octets, not " + available);
    }
    int first = octets.unsignedByte(at);
    int headerLength = (first & 15) * 4;
    if (first >> 4 != 4 || headerLength < HEADER_LENGTH || headerLength > available) {
      return Decoded.malformed("not an IPv4 header: it begins with " + first);
    }
    int totalLength = octets.unsignedShort(at + 2);
    if (totalLength < headerLength || totalLength > available) {
      return Decoded.malformed(
          "IPv4 total length " + totalLength + " does not fit into " + available + " octets");
    }
    if (InternetChecksum.fold(InternetChecksum.sum(octets, at, at + headerLength)) != 0) {
      return Decoded.malformed("wrong IPv4 header checksum");
    }
    return Decoded.ok(
        new Ipv4Packet(
            octets.unsignedByte(at + 1),
            octets.unsignedShort(at + 4),
            octets.unsignedShort(at + 6),
            octets.unsignedByte(at + 8),
            octets.unsignedByte(at + 9),
            new IpAddress.V4(octets.int32(at + 12)),
            new IpAddress.V4(octets.int32(at + 16)),
            headerLength == HEADER_LENGTH
                ? Octets.EMPTY
                : octets.slice(at + HEADER_LENGTH, at + headerLength),
            octets.slice(at + headerLength, at + totalLength)));
  }
}
