package org.vipdrift.simulator.port;

import org.vipdrift.actors.port.InterfacesContract;
import org.vipdrift.actors.port.TestWorld;

class SimulatedInterfacesTest extends InterfacesContract {
  @Override
  protected TestWorld openWorld() {
    return new SimulatedWorld();
  }
}
