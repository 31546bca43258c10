package org.vipdrift.simulator.port;

import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.actors.port.DirectorTable;
import org.vipdrift.actors.port.DirectorTableContract;
import org.vipdrift.actors.port.TestWorld;

class SimulatedDirectorTableTest extends DirectorTableContract {
  private final SimulatedWorld opened = new SimulatedWorld();

  @Override
  protected TestWorld openWorld() {
    return opened;
  }

  @Override
  protected ActorRef<DirectorTable.Command> table() {
    return opened.directorTable();
  }
}
