package org.vipdrift.netio.port;

import org.vipdrift.actors.port.RouteTableContract;
import org.vipdrift.actors.port.TestWorld;

class LinuxRouteTableTest extends RouteTableContract {
  @Override
  protected TestWorld openWorld() {
    return new NamespacesWorld();
  }
}
