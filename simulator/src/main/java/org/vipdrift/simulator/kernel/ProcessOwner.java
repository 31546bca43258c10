package org.vipdrift.simulator.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vipdrift.model.frame.IpFamily;

/** One incarnation of a process, as the kernel knows it. */
final class ProcessOwner {
  final String who;
  private boolean frozen;
  private final Map<Socket, SocketBuffer> buffers = new LinkedHashMap<>();

  private record Socket(String networkInterface, IpFamily family) {}

  ProcessOwner(String who) {
    this.who = who;
  }

  boolean isFrozen() {
    return frozen;
  }

  void freeze() {
    frozen = true;
  }

  void thaw() {
    frozen = false;
    buffers.values().forEach(SocketBuffer::empty);
  }

  /** keepalived has one receiving socket per interface and family. */
  SocketBuffer buffer(String networkInterface, IpFamily family) {
    return buffers.computeIfAbsent(new Socket(networkInterface, family), _ -> new SocketBuffer());
  }
}
