package org.vipdrift.netio.link;

import java.nio.ByteOrder;
import org.vipdrift.model.frame.Octets;

/** Numbers as the kernel of this machine lays them out in netlink messages. */
final class HostOrder {
  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private HostOrder() {}

  static int unsignedShort(Octets octets, int at) {
    int network = octets.unsignedShort(at);
    return LITTLE ? Short.toUnsignedInt(Short.reverseBytes((short) network)) : network;
  }

  static int int32(Octets octets, int at) {
    int network = octets.int32(at);
    return LITTLE ? Integer.reverseBytes(network) : network;
  }
}
