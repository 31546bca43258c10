package org.vipdrift.simulator.kernel.udp;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/** What a program asks of the kernel's UDP. */
public interface Datagrams {
  /**
   * Opens a socket.
   *
   * @param who the incarnation of the process; its death closes the socket
   * @param address empty for every address of the host
   * @param port 1..65535, or 0 for any free one
   * @return empty when the port is taken (EADDRINUSE) or the process is dead
   */
  Optional<DatagramSocket> open(
      String who, Optional<IpAddress> address, int port, DatagramHandler handler);
}
