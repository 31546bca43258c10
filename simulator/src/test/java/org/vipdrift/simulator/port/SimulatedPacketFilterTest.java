package org.vipdrift.simulator.port;

import org.vipdrift.actors.port.PacketFilterContract;
import org.vipdrift.actors.port.TestWorld;

class SimulatedPacketFilterTest extends PacketFilterContract {
  @Override
  protected TestWorld openWorld() {
    return new SimulatedWorld();
  }
}
