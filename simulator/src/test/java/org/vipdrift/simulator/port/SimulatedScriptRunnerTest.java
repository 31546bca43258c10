package org.vipdrift.simulator.port;

import org.vipdrift.actors.port.ScriptRunnerContract;
import org.vipdrift.actors.port.TestWorld;

class SimulatedScriptRunnerTest extends ScriptRunnerContract {
  @Override
  protected TestWorld openWorld() {
    return new SimulatedWorld();
  }
}
