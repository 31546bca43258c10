package org.vipdrift.model.segment;

import org.vipdrift.model.frame.FrameFacts;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;

/** Which frames a link rule concerns. */
public sealed interface FrameMatch {
  /** For frames with a whole Ethernet header. */
  boolean matches(Octets frame);

  record Any() implements FrameMatch {
    @Override
    public boolean matches(Octets frame) {
      return true;
    }
  }

  /** IP protocol 112, multicast or unicast. */
  record Vrrp() implements FrameMatch {
    @Override
    public boolean matches(Octets frame) {
      return FrameFacts.ipProtocol(frame) == IpProtocol.VRRP;
    }
  }

  /** To a multicast address; broadcast is none. */
  record GroupDestination() implements FrameMatch {
    @Override
    public boolean matches(Octets frame) {
      long destination = FrameFacts.destination(frame);
      return FrameFacts.isGroup(destination) && destination != MacAddress.BROADCAST.bits();
    }
  }

  record Arp() implements FrameMatch {
    @Override
    public boolean matches(Octets frame) {
      return FrameFacts.isArp(frame);
    }
  }

  /** Gratuitous ARP and unsolicited neighbour advertisements. */
  record Garp() implements FrameMatch {
    @Override
    public boolean matches(Octets frame) {
      return FrameFacts.isAnnouncement(frame);
    }
  }

  /** ICMP and ICMPv6, which includes neighbour discovery. */
  record Icmp() implements FrameMatch {
    @Override
    public boolean matches(Octets frame) {
      int protocol = FrameFacts.ipProtocol(frame);
      return protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6;
    }
  }

  record DestinationAddress(IpPrefix prefix) implements FrameMatch {
    @Override
    public boolean matches(Octets frame) {
      return FrameFacts.isTo(frame, prefix);
    }
  }

  record SourceAddress(IpPrefix prefix) implements FrameMatch {
    @Override
    public boolean matches(Octets frame) {
      return FrameFacts.isFrom(frame, prefix);
    }
  }
}
