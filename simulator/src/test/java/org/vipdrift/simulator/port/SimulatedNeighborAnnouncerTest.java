package org.vipdrift.simulator.port;

import org.vipdrift.actors.port.NeighborAnnouncerContract;
import org.vipdrift.actors.port.TestWorld;

class SimulatedNeighborAnnouncerTest extends NeighborAnnouncerContract {
  @Override
  protected TestWorld openWorld() {
    return new SimulatedWorld();
  }
}
