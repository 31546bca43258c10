package org.vipdrift.netio.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.foreign.SocketAddress;

/**
 * Hears every IPv4 frame of an interface, in both directions, with the time the kernel saw it, and
 * sends any frame; one thread at a time.
 */
public final class TimedTap implements AutoCloseable {
  private static final int ETHER_TYPE_IPV4 = 0x0800;
  private static final int CAPACITY = 256;
  private static final int BATCH = 64;
  private static final int RECEIVE_BUFFER = 8 << 20;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /**
   * A frame that passed.
   *
   * @param atNanos by the kernel's clock of the day
   * @param octets its first {@value #CAPACITY} at most
   */
  public record Frame(long atNanos, Octets octets) {}

  private final Arena arena = Arena.ofShared();
  private final MessageBatch batch = new MessageBatch(arena, BATCH, CAPACITY);
  private final MemorySegment outgoing = arena.allocate(2048, 8);
  private final MemorySegment polled = arena.allocate(8, 8);
  private final MemorySegment patience = arena.allocate(16, 8);
  private final MemorySegment to;
  private final int descriptor;

  private TimedTap(int descriptor, int index) {
    this.descriptor = descriptor;
    this.to = SocketAddress.ofLink(arena, index, ETHER_TYPE_IPV4, MacAddress.BROADCAST);
    polled.set(JAVA_INT, 0, descriptor);
    polled.set(JAVA_SHORT, 4, (short) Constants.POLLIN);
  }

  /**
   * Opens a tap on an interface that is there.
   *
   * @param hears false for one that only sends
   * @throws NativeException when packet sockets are not allowed (CAP_NET_RAW is needed)
   */
  public static TimedTap open(NetworkNamespace namespace, String networkInterface, boolean hears)
      throws IOException {
    return namespace.call(
        () -> {
          int index = Libc.interfaceIndex(networkInterface);
          int flags = Constants.SOCK_RAW | Constants.SOCK_NONBLOCK | Constants.SOCK_CLOEXEC;
          int descriptor = Libc.socket(Constants.AF_PACKET, flags, 0, "open a packet socket");
          try (Arena confined = Arena.ofConfined()) {
            Libc.setOption(
                descriptor,
                Constants.SOL_SOCKET,
                Constants.SO_TIMESTAMPNS,
                1,
                "ask for the times of packets");
            Libc.setOption(
                descriptor,
                Constants.SOL_SOCKET,
                Constants.SO_RCVBUFFORCE,
                RECEIVE_BUFFER,
                "enlarge the receive buffer");
            int protocol = hears ? Constants.ETH_P_ALL : 0;
            Libc.bind(
                descriptor,
                SocketAddress.ofLink(confined, index, protocol, MacAddress.ZERO),
                "bind to " + networkInterface);
          } catch (NativeException e) {
            Libc.close(descriptor);
            throw e;
          }
          return new TimedTap(descriptor, index);
        });
  }

  /** The IPv4 frames that have come; waits for one where there is none. */
  public List<Frame> take(Duration longest) {
    patience.set(JAVA_LONG, 0, longest.toSeconds());
    patience.set(JAVA_LONG, 8, longest.toNanosPart());
    Libc.poll(polled, 1, patience);
    List<Frame> frames = new ArrayList<>();
    int received = batch.receive(descriptor);
    for (int i = 0; i < received; i++) {
      long at = batch.control(i, Constants.SOL_SOCKET, Constants.SO_TIMESTAMPNS);
      boolean ipv4 =
          batch.length(i) >= 34
              && (batch.unsignedByte(i, 12) << 8 | batch.unsignedByte(i, 13)) == ETHER_TYPE_IPV4;
      if (at >= 0 && ipv4) {
        long seconds = batch.controls().get(JAVA_LONG, at);
        long nanos = batch.controls().get(JAVA_LONG, at + 8);
        int length = Math.min(batch.length(i), CAPACITY);
        frames.add(
            new Frame(seconds * NANOS_PER_SECOND + nanos, Octets.adopt(batch.copy(i, 0, length))));
      }
    }
    return frames;
  }

  /** Whether the kernel took it. */
  public boolean send(byte[] frame) {
    MemorySegment.copy(frame, 0, outgoing, JAVA_BYTE, 0, frame.length);
    return Libc.sendTo(descriptor, outgoing, frame.length, Constants.MSG_DONTWAIT, to) > 0;
  }

  @Override
  public void close() {
    Libc.close(descriptor);
    arena.close();
  }
}
