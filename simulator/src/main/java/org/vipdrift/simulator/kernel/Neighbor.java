package org.vipdrift.simulator.kernel;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.simulator.time.HostClock.HostTimer;

/** One entry of a {@link NeighborCache}. */
final class Neighbor {
  final IpAddress address;
  NeighborState state = NeighborState.FAILED;
  MacAddress mac = MacAddress.ZERO;
  long updatedAt;
  long confirmedAt;
  int probes;
  @Nullable HostTimer timer;
  final ArrayDeque<Waiting> waiting = new ArrayDeque<>(1);

  /** A packet that waits for the MAC address. */
  record Waiting(IpPacket packet, long cause) {}

  Neighbor(IpAddress address) {
    this.address = address;
  }

  void stopTimer() {
    if (timer != null) {
      timer.cancel();
    }
  }
}
