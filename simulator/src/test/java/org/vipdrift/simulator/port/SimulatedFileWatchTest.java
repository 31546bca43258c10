package org.vipdrift.simulator.port;

import org.vipdrift.actors.port.FileWatchContract;
import org.vipdrift.actors.port.TestWorld;

class SimulatedFileWatchTest extends FileWatchContract {
  @Override
  protected TestWorld openWorld() {
    return new SimulatedWorld();
  }
}
