package org.vipdrift.netio.port;

import org.vipdrift.actors.port.TestWorld;
import org.vipdrift.actors.port.VrrpNetworkContract;

class LinuxVrrpNetworkTest extends VrrpNetworkContract {
  @Override
  protected TestWorld openWorld() {
    return new SegmentWorld();
  }
}
