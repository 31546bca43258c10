package org.vipdrift.netio.port;

import org.vipdrift.actors.port.ProcessWatchContract;
import org.vipdrift.actors.port.TestWorld;

class LinuxProcessWatchTest extends ProcessWatchContract {
  @Override
  protected TestWorld openWorld() {
    return new LocalWorld();
  }

  @Override
  protected String program() {
    return "vds-" + ProcessHandle.current().pid();
  }
}
