package org.vipdrift.simulator.kernel.udp;

import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/** Told what comes to a UDP socket. */
public interface DatagramHandler {
  void received(IpAddress source, int port, Octets data, long cause);

  /**
   * An ICMP error came for what was sent there.
   *
   * @param nobodyListens whether it is "port unreachable", which programs see as "refused"
   */
  void unreachable(IpAddress destination, int port, boolean nobodyListens, long cause);
}
