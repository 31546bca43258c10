package org.vipdrift.simulator.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.simulator.kernel.socket.SocketOwner;

/** One incarnation of a process, as the kernel knows it. */
final class ProcessOwner {
  final String who;
  final SocketOwner sockets;
  private boolean frozen;
  private final Map<Socket, SocketBuffer> buffers = new LinkedHashMap<>();

  private record Socket(String networkInterface, IpFamily family) {}

  ProcessOwner(String who, SocketOwner sockets) {
    this.who = who;
    this.sockets = sockets;
  }

  boolean isFrozen() {
    return frozen;
  }

  void freeze() {
    frozen = true;
    sockets.freeze();
  }

  void thaw() {
    frozen = false;
    buffers.values().forEach(SocketBuffer::empty);
    sockets.thaw();
  }

  /** keepalived has one receiving socket per interface and family. */
  SocketBuffer buffer(String networkInterface, IpFamily family) {
    return buffers.computeIfAbsent(new Socket(networkInterface, family), _ -> new SocketBuffer());
  }
}
