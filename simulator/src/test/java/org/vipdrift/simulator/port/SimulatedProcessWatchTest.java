package org.vipdrift.simulator.port;

import org.vipdrift.actors.port.ProcessWatchContract;
import org.vipdrift.actors.port.TestWorld;

class SimulatedProcessWatchTest extends ProcessWatchContract {
  @Override
  protected TestWorld openWorld() {
    return new SimulatedWorld();
  }
}
