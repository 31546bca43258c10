package org.vipdrift.simulator.kernel.ipvs;

import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.InternetChecksum;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.Ipv4Packet;
import org.vipdrift.model.frame.Ipv6Packet;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.frame.TcpHeader;
import org.vipdrift.model.frame.UdpDatagram;
import org.vipdrift.model.ipvs.Flow;
import org.vipdrift.model.ipvs.PacketKind;
import org.vipdrift.model.ipvs.TransportProtocol;

/** Reads and rewrites the ports, addresses and checksums of TCP and UDP packets. */
final class TransportHeader {
  private static final int TCP_CHECKSUM = 16;
  private static final int UDP_CHECKSUM = 6;

  private TransportHeader() {}

  /** What the packet belongs to; none for what has no ports. */
  static @Nullable Flow flow(IpPacket packet, int mark) {
    Octets payload = packet.payload();
    boolean fragment = packet instanceof Ipv4Packet ipv4 && ipv4.isFragment();
    if (fragment) {
      return null;
    }
    TransportProtocol protocol;
    if (packet.protocol() == IpProtocol.TCP
        && TcpHeader.isWellFormed(payload, 0, payload.length())) {
      protocol = TransportProtocol.TCP;
    } else if (packet.protocol() == IpProtocol.UDP
        && payload.length() >= UdpDatagram.HEADER_LENGTH) {
      protocol = TransportProtocol.UDP;
    } else {
      return null;
    }
    return new Flow(
        protocol,
        packet.source(),
        payload.unsignedShort(0),
        packet.destination(),
        payload.unsignedShort(2),
        mark);
  }

  static PacketKind kind(IpPacket packet) {
    if (packet.protocol() != IpProtocol.TCP) {
      return PacketKind.OTHER;
    }
    int flags = TcpHeader.flags(packet.payload(), 0);
    return PacketKind.of(
        (flags & TcpHeader.SYN) != 0,
        (flags & TcpHeader.ACK) != 0,
        (flags & TcpHeader.FIN) != 0,
        (flags & TcpHeader.RST) != 0);
  }

  static IpPacket withDestination(IpPacket packet, IpAddress address, int port) {
    return rewritten(packet, packet.source(), address, 2, port);
  }

  static IpPacket withSource(IpPacket packet, IpAddress address, int port) {
    return rewritten(packet, address, packet.destination(), 0, port);
  }

  private static IpPacket rewritten(
      IpPacket packet, IpAddress source, IpAddress destination, int portAt, int port) {
    byte[] bytes = packet.payload().toByteArray();
    putShort(bytes, portAt, port);
    boolean tcp = packet.protocol() == IpProtocol.TCP;
    int at = tcp ? TCP_CHECKSUM : UDP_CHECKSUM;
    boolean unchecked = !tcp && bytes[at] == 0 && bytes[at + 1] == 0;
    if (!unchecked) {
      putShort(bytes, at, 0);
      long sum =
          InternetChecksum.sum(bytes, 0, bytes.length)
              + InternetChecksum.pseudoHeader(source, destination, packet.protocol(), bytes.length);
      int checksum = InternetChecksum.fold(sum);
      putShort(bytes, at, !tcp && checksum == 0 ? 0xffff : checksum);
    }
    Octets payload = Octets.adopt(bytes);
    return switch (packet) {
      case Ipv4Packet p ->
          new Ipv4Packet(
              p.trafficClass(),
              p.identification(),
              p.fragment(),
              p.hopLimit(),
              p.protocol(),
              (IpAddress.V4) source,
              (IpAddress.V4) destination,
              p.options(),
              payload);
      case Ipv6Packet p -> IpPacket.of(source, destination, p.protocol(), p.hopLimit(), payload);
    };
  }

  private static void putShort(byte[] target, int at, int value) {
    target[at] = (byte) (value >> 8);
    target[at + 1] = (byte) value;
  }
}
