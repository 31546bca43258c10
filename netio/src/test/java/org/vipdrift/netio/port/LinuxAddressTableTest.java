package org.vipdrift.netio.port;

import org.vipdrift.actors.port.AddressTableContract;
import org.vipdrift.actors.port.TestWorld;

class LinuxAddressTableTest extends AddressTableContract {
  @Override
  protected TestWorld openWorld() {
    return new NamespacesWorld();
  }
}
