package org.vipdrift.simulator.kernel.ipvs;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.simulator.time.HostClock;

/** The kernel as IPVS sees it. */
public interface DirectorNetwork {
  HostClock clock();

  /** Whose timers these are, for {@link HostClock#cancelAll}. */
  Object timerOwner();

  boolean isLocal(IpAddress address);

  /** What packets to there are sent from. */
  Optional<IpAddress> sourceFor(IpAddress destination);

  /** The firewall mark of a packet, 0 for none. */
  int mark(IpPacket packet);

  /** Sends a packet towards an address, which need not be the one it names. */
  void sendTowards(IpAddress target, IpPacket packet, long cause);

  /** Gives a packet to the sockets of this host. */
  void deliver(IpPacket packet, long senderMac, long cause);

  /** Drops a packet and tells its sender that the port is unreachable. */
  void refuse(IpPacket packet, long cause);

  /** Receives a group on an interface, or no longer. */
  void listen(String networkInterface, IpAddress group, boolean on);

  /** Sends a datagram to a group. */
  void multicast(
      String networkInterface, IpAddress group, int port, int ttl, Octets data, long cause);
}
