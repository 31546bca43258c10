package org.vipdrift.simulator.port;

import org.vipdrift.actors.port.TestWorld;
import org.vipdrift.actors.port.VirtualInterfacesContract;

class SimulatedVirtualInterfacesTest extends VirtualInterfacesContract {
  @Override
  protected TestWorld openWorld() {
    return new SimulatedWorld();
  }
}
