package org.vipdrift.simulator.port;

import org.vipdrift.actors.port.AddressTableContract;
import org.vipdrift.actors.port.TestWorld;

class SimulatedAddressTableTest extends AddressTableContract {
  @Override
  protected TestWorld openWorld() {
    return new SimulatedWorld();
  }
}
