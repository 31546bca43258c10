package org.vipdrift.netio.namespaces;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.link.NetworkNamespace;
import org.vipdrift.netio.link.RouteSocket;

/**
 * A network card of a machine whose cable is a file descriptor of this process; it is gone when
 * that is closed. Reading and writing belong to one thread.
 */
final class TapDevice implements AutoCloseable {
  private static final String CLONE_DEVICE = "/dev/net/tun";
  private static final long TUNSETIFF = 0x4004_54caL;
  private static final long TUNSETCARRIER = 0x4004_54e2L;
  private static final short IFF_TAP = 0x0002;
  private static final short IFF_NO_PI = 0x1000;
  private static final int REQUEST_OCTETS = 40;
  private static final int NAME_OCTETS = 16;

  /** More than any frame without offloads. */
  private static final int FRAME_OCTETS = 1 << 16;

  private final int descriptor;
  private final String name;
  private final RouteSocket links;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(FRAME_OCTETS);

  private TapDevice(int descriptor, String name, RouteSocket links) {
    this.descriptor = descriptor;
    this.name = name;
    this.links = links;
  }

  /**
   * Makes the card.
   *
   * @param name unique in the namespace, at most 15 octets
   */
  static TapDevice open(NetworkNamespace namespace, String name) throws IOException {
    return namespace.call(() -> openHere(name));
  }

  private static TapDevice openHere(String name) throws NativeException {
    int descriptor = Libc.open(CLONE_DEVICE, Constants.O_RDWR | Constants.O_NONBLOCK);
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment request = scratch.allocate(REQUEST_OCTETS, 8);
      request.setString(0, name);
      request.set(JAVA_SHORT, NAME_OCTETS, (short) (IFF_TAP | IFF_NO_PI));
      Libc.ioctl(descriptor, TUNSETIFF, request, "TUNSETIFF " + name);
      return new TapDevice(descriptor, name, RouteSocket.open());
    } catch (NativeException e) {
      Libc.close(descriptor);
      throw e;
    }
  }

  int descriptor() {
    return descriptor;
  }

  /** The next frame that the machine sent, if there is one. */
  Optional<Octets> read() {
    long length = Libc.read(descriptor, buffer, FRAME_OCTETS);
    if (length <= 0) {
      return Optional.empty();
    }
    byte[] frame = new byte[(int) length];
    MemorySegment.copy(buffer, JAVA_BYTE, 0, frame, 0, frame.length);
    return Optional.of(Octets.adopt(frame));
  }

  /** Gives the machine a frame; one whose card is down loses it. */
  void write(Octets frame) {
    byte[] bytes = frame.toByteArray();
    MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, bytes.length);
    Libc.write(descriptor, buffer, bytes.length);
  }

  /**
   * The cable goes in or out.
   *
   * <p>Linux tells of lost carriers at most once a second, whichever namespace they are in, which
   * would delay what each machine has a kernel of its own for. Whoever asks for the state of a card
   * has it told at once (Linux 6.8 and its contemporaries), so we ask.
   */
  void setCarrier(boolean up) throws NativeException {
    try (Arena scratch = Arena.ofConfined()) {
      Libc.ioctl(
          descriptor, TUNSETCARRIER, scratch.allocateFrom(JAVA_INT, up ? 1 : 0), "TUNSETCARRIER");
    }
    links.link(name);
  }

  /** After the reading thread is done with it. */
  @Override
  public void close() {
    Libc.close(descriptor);
    links.close();
    arena.close();
  }
}
