package org.vipdrift.simulator.kernel;

import org.vipdrift.actors.port.VrrpNetwork.PacketReceived;

/** Told about a VRRP packet. */
@FunctionalInterface
public interface PacketListener {
  void packetReceived(PacketReceived packet);
}
