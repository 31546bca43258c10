package org.vipdrift.netio.port;

import org.vipdrift.actors.port.InterfacesContract;
import org.vipdrift.actors.port.TestWorld;

class LinuxInterfacesTest extends InterfacesContract {
  @Override
  protected TestWorld openWorld() {
    return new NamespacesWorld();
  }
}
