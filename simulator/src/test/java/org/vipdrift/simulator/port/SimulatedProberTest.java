package org.vipdrift.simulator.port;

import org.vipdrift.actors.port.ProberContract;
import org.vipdrift.actors.port.TestWorld;

class SimulatedProberTest extends ProberContract {
  @Override
  protected TestWorld openWorld() {
    return new SimulatedWorld();
  }
}
