package org.vipdrift.actors.port;

import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/** Raw VRRP sockets: IP protocol 112 in both families. */
public interface VrrpNetwork {
  /** What an instance asks of the network. */
  sealed interface Command {}

  /**
   * Receives the packets of one virtual router from now on: those that arrive on the interface in
   * the group's address family with this VRID, multicast and unicast alike.
   *
   * @param group joined on the interface; for a unicast router the unspecified address, joins none
   */
  record Join(
      String who,
      String networkInterface,
      IpAddress group,
      int vrid,
      ActorRef<PacketReceived> subscriber)
      implements Command {}

  /** Ends a {@link Join}. */
  record Leave(String who, String networkInterface, IpAddress group, int vrid) implements Command {}

  /** Sends one VRRP message; lost silently when the interface is down, as a datagram is. */
  record SendPacket(
      String who,
      String networkInterface,
      IpAddress source,
      IpAddress destination,
      int ttl,
      Octets message,
      long cause)
      implements Command {}

  /**
   * A VRRP message arrived.
   *
   * @param message without the IP header
   * @param ttl 0..255, the hop limit in IPv6
   * @param ageNanos since the kernel had it, at least 0; 0 where that is not known, or so long that
   *     the program must have stood still
   */
  record PacketReceived(
      Octets message,
      IpAddress source,
      IpAddress destination,
      int ttl,
      long ageNanos,
      long cause) {}
}
