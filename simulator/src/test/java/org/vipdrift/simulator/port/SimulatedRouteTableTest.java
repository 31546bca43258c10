package org.vipdrift.simulator.port;

import org.vipdrift.actors.port.RouteTableContract;
import org.vipdrift.actors.port.TestWorld;

class SimulatedRouteTableTest extends RouteTableContract {
  @Override
  protected TestWorld openWorld() {
    return new SimulatedWorld();
  }
}
