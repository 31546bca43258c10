package org.vipdrift.simulator.kernel.udp;

import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

/** An open UDP socket; calls on a closed one have no effect. */
public interface DatagramSocket {
  int localPort();

  /**
   * Sends a datagram; what cannot be sent is lost.
   *
   * @return whether there is a route
   */
  boolean send(IpAddress destination, int port, Octets data, long cause);

  void close();
}
