package org.vipdrift.simulator.port;

import org.vipdrift.actors.port.TestWorld;
import org.vipdrift.actors.port.VrrpNetworkContract;

class SimulatedVrrpNetworkTest extends VrrpNetworkContract {
  @Override
  protected TestWorld openWorld() {
    return new SimulatedWorld();
  }
}
