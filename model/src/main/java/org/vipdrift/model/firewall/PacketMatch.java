package org.vipdrift.model.firewall;

import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.Ipv4Packet;

/** Which packets a rule concerns. */
public sealed interface PacketMatch {
  boolean matches(IpPacket packet);

  /** IP protocol 112, in either family. */
  record Vrrp() implements PacketMatch {
    @Override
    public boolean matches(IpPacket packet) {
      return packet.protocol() == IpProtocol.VRRP;
    }
  }

  record Destination(IpPrefix prefix) implements PacketMatch {
    @Override
    public boolean matches(IpPacket packet) {
      return prefix.contains(packet.destination());
    }
  }

  record Source(IpPrefix prefix) implements PacketMatch {
    @Override
    public boolean matches(IpPacket packet) {
      return prefix.contains(packet.source());
    }
  }

  /**
   * TCP or UDP to this port.
   *
   * @param port 1..65535
   */
  record Port(int port) implements PacketMatch {
    public Port {
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("port " + port + " is not within 1..65535");
      }
    }

    @Override
    public boolean matches(IpPacket packet) {
      boolean hasPorts = packet.protocol() == IpProtocol.TCP || packet.protocol() == IpProtocol.UDP;
      boolean headless = packet instanceof Ipv4Packet ipv4 && ipv4.isLaterFragment();
      return hasPorts
          && !headless
          && packet.payload().length() >= 4
          && packet.payload().unsignedShort(2) == port;
    }
  }

  record Everything() implements PacketMatch {
    @Override
    public boolean matches(IpPacket packet) {
      return true;
    }
  }
}
