package org.vipdrift.netio.foreign;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * A datagram socket of the local family, for sending; never blocks.
 *
 * <p>Java has stream sockets of this family only.
 */
public final class UnixDatagram implements AutoCloseable {
  private static final int FAMILY_OCTETS = 2;
  private static final int LONGEST_PATH = 107;

  private final int descriptor;
  private boolean closed;

  private UnixDatagram(int descriptor) {
    this.descriptor = descriptor;
  }

  public static UnixDatagram open() throws NativeException {
    int type = Constants.SOCK_DGRAM | Constants.SOCK_CLOEXEC | Constants.SOCK_NONBLOCK;
    return new UnixDatagram(Libc.socket(Constants.AF_UNIX, type, 0, "local datagram socket"));
  }

  /**
   * Sends one datagram.
   *
   * @param path a file, or {@code @name} in the abstract namespace
   * @return false when nobody took it
   */
  public synchronized boolean send(String path, byte[] datagram) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (closed || name.length == 0 || name.length > LONGEST_PATH) {
      return false;
    }
    boolean isAbstract = name[0] == '@';
    if (isAbstract) {
      name[0] = 0;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address =
          arena.allocate(FAMILY_OCTETS + name.length + (isAbstract ? 0 : 1), Short.BYTES);
      address.set(JAVA_SHORT, 0, (short) Constants.AF_UNIX);
      MemorySegment.copy(name, 0, address, JAVA_BYTE, FAMILY_OCTETS, name.length);
      MemorySegment octets = arena.allocateFrom(JAVA_BYTE, datagram);
      return Libc.sendTo(descriptor, octets, datagram.length, Constants.MSG_DONTWAIT, address)
          == datagram.length;
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Libc.close(descriptor);
    }
  }
}
