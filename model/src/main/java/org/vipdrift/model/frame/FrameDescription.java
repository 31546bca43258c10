package org.vipdrift.model.frame;

/** The one line that a sniffer prints for a frame, down to what IP carries. */
public final class FrameDescription {
  private FrameDescription() {}

  /** Never fails: a broken frame is described as such. */
  public static String of(Octets frame) {
    return switch (EthernetFrame.decode(frame)) {
      case Decoded.Malformed<EthernetFrame>(String problem) -> "malformed frame: " + problem;
      case Decoded.Ok<EthernetFrame>(EthernetFrame ethernet) ->
          switch (ethernet.etherType()) {
            case EthernetFrame.ETHER_TYPE_ARP -> arp(ArpPacket.decode(ethernet.payload(), 0));
            case EthernetFrame.ETHER_TYPE_IPV4, EthernetFrame.ETHER_TYPE_IPV6 ->
                ip(IpPacket.decodeFrame(frame));
            default ->
                ethernet.source()
                    + " > "
                    + ethernet.destination()
                    + ": EtherType 0x"
                    + Integer.toHexString(ethernet.etherType())
                    + ", length "
                    + frame.length();
          };
    };
  }

  private static String arp(Decoded<ArpPacket> decoded) {
    return switch (decoded) {
      case Decoded.Malformed<ArpPacket>(String problem) -> "malformed ARP: " + problem;
      case Decoded.Ok<ArpPacket>(ArpPacket arp) when arp.isGratuitous() ->
          "ARP, gratuitous "
              + (arp.operation() == ArpPacket.Operation.REQUEST ? "request, " : "reply, ")
              + arp.senderAddress()
              + " is at "
              + arp.senderMac();
      case Decoded.Ok<ArpPacket>(ArpPacket arp) ->
          switch (arp.operation()) {
            case REQUEST -> "ARP, who has " + arp.targetAddress() + "? tell " + arp.senderAddress();
            case REPLY -> "ARP, " + arp.senderAddress() + " is at " + arp.senderMac();
          };
    };
  }

  private static String ip(Decoded<? extends IpPacket> decoded) {
    return switch (decoded) {
      case Decoded.Malformed<? extends IpPacket>(String problem) -> "malformed IP: " + problem;
      case Decoded.Ok<? extends IpPacket>(IpPacket packet) ->
          packet.source() + " > " + packet.destination() + ": " + content(packet);
    };
  }

  private static String content(IpPacket packet) {
    if (packet.protocol() == IpProtocol.ICMP || packet.protocol() == IpProtocol.ICMPV6) {
      if (IcmpMessage.decode(packet) instanceof Decoded.Ok<? extends IcmpMessage>(var message)) {
        return icmp(message);
      }
    }
    if (GroupMessage.decode(packet) instanceof Decoded.Ok<? extends GroupMessage>(var message)) {
      return group(message);
    }
    if (TcpSegment.decode(packet) instanceof Decoded.Ok<TcpSegment>(TcpSegment segment)) {
      return tcp(segment);
    }
    if (UdpDatagram.decode(packet) instanceof Decoded.Ok<UdpDatagram>(UdpDatagram datagram)) {
      return "UDP, port "
          + datagram.sourcePort()
          + " > "
          + datagram.destinationPort()
          + ", length "
          + datagram.data().length();
    }
    if (IpTunnel.decapsulate(packet) instanceof Decoded.Ok<? extends IpPacket>(IpPacket inner)) {
      return "IP in IP, " + ip(Decoded.ok(inner));
    }
    return IpProtocol.name(packet.protocol())
        + ", ttl "
        + packet.hopLimit()
        + ", length "
        + packet.payload().length();
  }

  private static String tcp(TcpSegment segment) {
    StringBuilder text = new StringBuilder("TCP, port ");
    text.append(segment.sourcePort()).append(" > ").append(segment.destinationPort());
    text.append(", ");
    for (TcpFlag flag : TcpFlag.values()) {
      if (segment.has(flag.bit)) {
        text.append(flag).append(' ');
      }
    }
    text.append("seq ").append(Integer.toUnsignedLong(segment.sequence()));
    if (segment.has(TcpHeader.ACK)) {
      text.append(", ack ").append(Integer.toUnsignedLong(segment.acknowledgment()));
    }
    return text.append(", win ")
        .append(segment.window())
        .append(", length ")
        .append(segment.data().length())
        .toString();
  }

  private enum TcpFlag {
    SYN(TcpHeader.SYN),
    FIN(TcpHeader.FIN),
    RST(TcpHeader.RST),
    PSH(TcpHeader.PSH),
    ACK(TcpHeader.ACK);

    final int bit;

    TcpFlag(int bit) {
      this.bit = bit;
    }
  }

  private static String icmp(IcmpMessage message) {
    return switch (message) {
      case IcmpEcho echo ->
          (echo.request() ? "ICMP echo request, id " : "ICMP echo reply, id ")
              + echo.identifier()
              + ", seq "
              + echo.sequence();
      case IcmpUnreachable unreachable -> "ICMP unreachable: " + unreachable.reason().text();
      case NeighborSolicitation solicitation ->
          "neighbor solicitation, who has " + solicitation.target();
      case NeighborAdvertisement advertisement ->
          "neighbor advertisement"
              + flags(advertisement)
              + ", "
              + advertisement.target()
              + advertisement.targetLinkLayer().map(mac -> " is at " + mac).orElse("");
      case IcmpOther other -> "ICMP type " + other.type() + ", code " + other.code();
    };
  }

  private static String flags(NeighborAdvertisement advertisement) {
    StringBuilder flags = new StringBuilder();
    if (advertisement.router()) {
      flags.append(" router");
    }
    if (advertisement.solicited()) {
      flags.append(" solicited");
    }
    if (advertisement.override()) {
      flags.append(" override");
    }
    return flags.toString();
  }

  private static String group(GroupMessage message) {
    return switch (message) {
      case GroupQuery query ->
          "group query for " + query.group().map(IpAddress::toString).orElse("all groups");
      case GroupReport report -> {
        StringBuilder text = new StringBuilder("group report:");
        for (GroupReport.Membership membership : report.memberships()) {
          text.append(text.charAt(text.length() - 1) == ':' ? " " : ", ");
          text.append(
              switch (membership.change()) {
                case MEMBER -> "member of ";
                case JOINED -> "joined ";
                case LEFT -> "left ";
              });
          text.append(membership.group());
        }
        yield text.toString();
      }
    };
  }
}
