package org.vipdrift.model.frame;

/** What a switch and its link rules ask about a frame, read in place and without allocation. */
public final class FrameFacts {
  private static final int IP = EthernetFrame.HEADER_LENGTH;

  private FrameFacts() {}

  /** Whether there is a whole Ethernet header; the other questions may only be asked if so. */
  public static boolean hasHeader(Octets frame) {
    return frame.length() >= EthernetFrame.HEADER_LENGTH;
  }

  /** The 48 bits of the destination. */
  public static long destination(Octets frame) {
    return (long) frame.unsignedShort(0) << 32 | frame.int32(2) & 0xffffffffL;
  }

  /** The 48 bits of the source. */
  public static long source(Octets frame) {
    return (long) frame.unsignedShort(6) << 32 | frame.int32(8) & 0xffffffffL;
  }

  /** Whether 48 bits are a multicast or broadcast address. */
  public static boolean isGroup(long mac) {
    return (mac >>> 40 & 1) != 0;
  }

  public static int etherType(Octets frame) {
    return frame.unsignedShort(12);
  }

  public static boolean isIpv4(Octets frame) {
    return etherType(frame) == EthernetFrame.ETHER_TYPE_IPV4
        && frame.length() >= IP + Ipv4Packet.HEADER_LENGTH;
  }

  public static boolean isIpv6(Octets frame) {
    return etherType(frame) == EthernetFrame.ETHER_TYPE_IPV6
        && frame.length() >= IP + Ipv6Packet.HEADER_LENGTH;
  }

  public static boolean isArp(Octets frame) {
    return etherType(frame) == EthernetFrame.ETHER_TYPE_ARP
        && frame.length() >= IP + ArpPacket.LENGTH;
  }

  /** The IP protocol, or IPv6's next header; -1 if the frame is not IP. */
  public static int ipProtocol(Octets frame) {
    if (isIpv4(frame)) {
      return frame.unsignedByte(IP + 9);
    }
    return isIpv6(frame) ? frame.unsignedByte(IP + 6) : -1;
  }

  /**
   * Where the TCP header begins in a frame whose IP packet is whole, unfragmented and without
   * options or extension headers; -1 for everything else, IPv4 headers with a wrong checksum
   * included.
   */
  public static int plainTcp(Octets frame) {
    if (isIpv4(frame)) {
      int end = ipEnd(frame);
      return frame.unsignedShort(IP) >>> 8 == 0x45
              && frame.unsignedByte(IP + 9) == IpProtocol.TCP
              && (frame.unsignedShort(IP + 6) & 0x3fff) == 0
              && end <= frame.length()
              && end >= IP + Ipv4Packet.HEADER_LENGTH
              && InternetChecksum.fold(
                      InternetChecksum.sum(frame, IP, IP + Ipv4Packet.HEADER_LENGTH))
                  == 0
          ? IP + Ipv4Packet.HEADER_LENGTH
          : -1;
    }
    return isIpv6(frame)
            && frame.unsignedByte(IP) >>> 4 == 6
            && frame.unsignedByte(IP + 6) == IpProtocol.TCP
            && ipEnd(frame) <= frame.length()
        ? IP + Ipv6Packet.HEADER_LENGTH
        : -1;
  }

  /** Where the IP packet ends and padding begins; ask {@link #isIpv4} or {@link #isIpv6} first. */
  public static int ipEnd(Octets frame) {
    return isIpv4(frame)
        ? IP + frame.unsignedShort(IP + 2)
        : IP + Ipv6Packet.HEADER_LENGTH + frame.unsignedShort(IP + 4);
  }

  /** Ask {@link #isIpv4} or {@link #isIpv6} first. */
  public static IpAddress ipSource(Octets frame) {
    return isIpv4(frame)
        ? new IpAddress.V4(frame.int32(IP + 12))
        : new IpAddress.V6(frame.int64(IP + 8), frame.int64(IP + 16));
  }

  /** Ask {@link #isIpv4} or {@link #isIpv6} first. */
  public static IpAddress ipDestination(Octets frame) {
    return isIpv4(frame)
        ? new IpAddress.V4(frame.int32(IP + 16))
        : new IpAddress.V6(frame.int64(IP + 24), frame.int64(IP + 32));
  }

  /** The 32 bits of an IPv4 destination; ask {@link #isIpv4} first. */
  public static int ipv4Destination(Octets frame) {
    return frame.int32(IP + 16);
  }

  /** Whether an IPv4 or IPv6 destination lies in a network. */
  public static boolean isTo(Octets frame, IpPrefix prefix) {
    return switch (prefix.address()) {
      case IpAddress.V4 v4 ->
          isIpv4(frame) && sameV4(frame.int32(IP + 16), v4.bits(), prefix.length());
      case IpAddress.V6 _ ->
          isIpv6(frame) && prefix.contains(IpAddress.read(frame, IP + 24, IpFamily.IPV6));
    };
  }

  /** Whether an IPv4 or IPv6 source lies in a network. */
  public static boolean isFrom(Octets frame, IpPrefix prefix) {
    return switch (prefix.address()) {
      case IpAddress.V4 v4 ->
          isIpv4(frame) && sameV4(frame.int32(IP + 12), v4.bits(), prefix.length());
      case IpAddress.V6 _ ->
          isIpv6(frame) && prefix.contains(IpAddress.read(frame, IP + 8, IpFamily.IPV6));
    };
  }

  private static boolean sameV4(int left, int right, int length) {
    return length == 0 || (left ^ right) >>> (32 - length) == 0;
  }

  /**
   * Whether the frame announces an address unasked: gratuitous ARP, request or reply, or a
   * neighbour advertisement that answers no solicitation.
   */
  public static boolean isAnnouncement(Octets frame) {
    if (isArp(frame)) {
      return frame.int32(IP + 14) == frame.int32(IP + 24);
    }
    int icmp = IP + Ipv6Packet.HEADER_LENGTH;
    return ipProtocol(frame) == IpProtocol.ICMPV6
        && isIpv6(frame)
        && frame.length() > icmp + 4
        && frame.unsignedByte(icmp) == NeighborAdvertisement.TYPE
        && (frame.unsignedByte(icmp + 4) & 0x40) == 0;
  }
}
