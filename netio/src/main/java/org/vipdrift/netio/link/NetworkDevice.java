package org.vipdrift.netio.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Errno;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;

/**
 * An interface by name, as the namespace of a socket knows it now.
 *
 * <p>Asked through the socket, because a thread of another namespace would get another answer. One
 * thread at a time.
 */
final class NetworkDevice {
  /** IFNAMSIZ of linux/if.h, the terminating zero included. */
  static final int NAME_OCTETS = 16;

  private static final int REQUEST_OCTETS = 40;

  private final int descriptor;
  private final String name;

  /** A {@code struct ifreq}. */
  private final MemorySegment request;

  private final MemorySegment nameText;

  NetworkDevice(int descriptor, String name, Arena arena) {
    this.descriptor = descriptor;
    this.name = name;
    this.request = arena.allocate(REQUEST_OCTETS, 8);
    this.nameText = arena.allocateFrom(name, StandardCharsets.UTF_8);
    if (nameText.byteSize() > NAME_OCTETS) {
      throw new IllegalArgumentException("longer than an interface's name can be: " + name);
    }
  }

  String name() {
    return name;
  }

  /** 0 if there is no such interface. */
  int index() {
    return ask(Constants.SIOCGIFINDEX) ? request.get(JAVA_INT, NAME_OCTETS) : 0;
  }

  /** Whether it is up, with carrier. */
  boolean isUp() {
    int wanted = Constants.IFF_UP | Constants.IFF_RUNNING;
    return ask(Constants.SIOCGIFFLAGS) && (request.get(JAVA_SHORT, NAME_OCTETS) & wanted) == wanted;
  }

  Optional<MacAddress> mac() {
    if (!ask(Constants.SIOCGIFHWADDR)) {
      return Optional.empty();
    }
    long bits = 0;
    for (int i = 0; i < 6; i++) {
      bits = bits << 8 | request.get(JAVA_BYTE, NAME_OCTETS + 2 + i) & 0xff;
    }
    return Optional.of(new MacAddress(bits));
  }

  /** Makes the socket that of the interface, of its present incarnation. */
  void bind() throws NativeException {
    Libc.setOption(
        descriptor,
        Constants.SOL_SOCKET,
        Constants.SO_BINDTODEVICE,
        nameText,
        "bind a socket to " + name);
  }

  private boolean ask(int what) {
    request.fill((byte) 0);
    MemorySegment.copy(nameText, 0, request, 0, nameText.byteSize());
    try {
      Libc.ioctl(descriptor, what, request, name);
      return true;
    } catch (NativeException e) {
      if (e.errno() == Errno.ENODEV || e.errno() == Errno.ENXIO) {
        return false;
      }
      throw new IllegalStateException(e);
    }
  }
}
