package org.vipdrift.netio.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.netio.ScratchNamespace;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.SocketAddress;

/** Sees every frame of an interface, in both directions, and sends any. */
final class FrameTap implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final MessageBatch batch = new MessageBatch(arena, 32, 2048);
  private final MemorySegment outgoing = arena.allocate(2048);
  private final MemorySegment to;
  private final int descriptor;

  /**
   * @param protocol {@link Constants#ETH_P_ALL}, or 0 to see nothing
   */
  FrameTap(ScratchNamespace namespace, String networkInterface, int protocol) {
    int[] index = new int[1];
    descriptor =
        namespace.call(
            () -> {
              index[0] = Libc.interfaceIndex(networkInterface);
              int type = Constants.SOCK_RAW | Constants.SOCK_NONBLOCK | Constants.SOCK_CLOEXEC;
              int socket = Libc.socket(Constants.AF_PACKET, type, 0, "tap");
              try (Arena confined = Arena.ofConfined()) {
                Libc.bind(
                    socket,
                    SocketAddress.ofLink(confined, index[0], protocol, MacAddress.ZERO),
                    "tap");
              }
              return socket;
            });
    to = SocketAddress.ofLink(arena, index[0], 0x0800, MacAddress.BROADCAST);
  }

  /** What has come since the last call. */
  List<Octets> frames() {
    List<Octets> frames = new ArrayList<>();
    for (int n = batch.receive(descriptor); n > 0; n = batch.receive(descriptor)) {
      for (int i = 0; i < n; i++) {
        frames.add(Octets.adopt(batch.copy(i, 0, batch.length(i))));
      }
    }
    return frames;
  }

  /** Whether the kernel took it. */
  boolean send(Octets frame) {
    byte[] bytes = frame.toByteArray();
    MemorySegment.copy(bytes, 0, outgoing, JAVA_BYTE, 0, bytes.length);
    return Libc.sendTo(descriptor, outgoing, bytes.length, 0, to) > 0;
  }

  @Override
  public void close() {
    Libc.close(descriptor);
    arena.close();
  }
}
