package org.vipdrift.netio.link;

import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.frame.Octets;

/**
 * A netlink message ({@code struct nlmsghdr} and what follows).
 *
 * @param type below 16 for netlink's own, otherwise the protocol's, as {@code RTM_NEWADDR}
 * @param flags as {@code NLM_F_MULTI}
 * @param sequence of the request that it answers; 0 for an event
 * @param port of whom it is for; 0 in requests
 * @param body what follows the header
 */
public record NetlinkMessage(int type, int flags, int sequence, int port, Octets body) {
  static final int HEADER = 16;

  /**
   * The messages of a datagram, in order.
   *
   * <p>What is cut short or lies about its length ends the list.
   */
  public static List<NetlinkMessage> readAll(Octets datagram) {
    List<NetlinkMessage> messages = new ArrayList<>();
    int at = 0;
    while (datagram.length() - at >= HEADER) {
      int length = HostOrder.int32(datagram, at);
      if (length < HEADER || length > datagram.length() - at) {
        break;
      }
      messages.add(
          new NetlinkMessage(
              HostOrder.unsignedShort(datagram, at + 4),
              HostOrder.unsignedShort(datagram, at + 6),
              HostOrder.int32(datagram, at + 8),
              HostOrder.int32(datagram, at + 12),
              datagram.slice(at + HEADER, at + length)));
      at += Math.min(aligned(length), datagram.length() - at);
    }
    return List.copyOf(messages);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  static int aligned(int length) {
    return length + 3 & ~3;
  }
}
