package org.vipdrift.netio.port;

import org.vipdrift.actors.port.NeighborAnnouncerContract;
import org.vipdrift.actors.port.TestWorld;

class LinuxNeighborAnnouncerTest extends NeighborAnnouncerContract {
  @Override
  protected TestWorld openWorld() {
    return new SegmentWorld();
  }
}
