package org.vipdrift.netio.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;

/** A multicast group on an interface, for a socket. */
final class GroupMembership {
  private GroupMembership() {}

  static void join(int descriptor, IpAddress group, int index) throws NativeException {
    switch (group) {
      case IpAddress.V4 _ -> set(descriptor, Constants.IP_ADD_MEMBERSHIP, group, index);
      case IpAddress.V6 _ -> set(descriptor, Constants.IPV6_ADD_MEMBERSHIP, group, index);
    }
  }

  /** Also where the interface is gone: the socket remembers its index. */
  static void leave(int descriptor, IpAddress group, int index) throws NativeException {
    switch (group) {
      case IpAddress.V4 _ -> set(descriptor, Constants.IP_DROP_MEMBERSHIP, group, index);
      case IpAddress.V6 _ -> set(descriptor, Constants.IPV6_DROP_MEMBERSHIP, group, index);
    }
  }

  private static void set(int descriptor, int option, IpAddress group, int index)
      throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      // A struct ip_mreqn has the index behind the address of the interface, an ipv6_mreq has none.
      boolean ipv4 = group instanceof IpAddress.V4;
      int level = ipv4 ? Constants.IPPROTO_IP : Constants.IPPROTO_IPV6;
      byte[] bytes = new byte[ipv4 ? 8 : 16];
      group.writeTo(bytes, 0);
      MemorySegment request = arena.allocate(bytes.length + 4L, 4);
      MemorySegment.copy(bytes, 0, request, JAVA_BYTE, 0, bytes.length);
      request.set(JAVA_INT, bytes.length, index);
      Libc.setOption(descriptor, level, option, request, "membership of " + group);
    }
  }
}
