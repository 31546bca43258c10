package org.vipdrift.netio.port;

import org.vipdrift.actors.port.TestWorld;
import org.vipdrift.actors.port.VirtualInterfacesContract;

class LinuxVirtualInterfacesTest extends VirtualInterfacesContract {
  @Override
  protected TestWorld openWorld() {
    return new NamespacesWorld();
  }
}
