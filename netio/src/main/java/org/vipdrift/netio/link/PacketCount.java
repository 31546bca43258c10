package org.vipdrift.netio.link;

import org.vipdrift.netio.foreign.Errno;

/** What became of a packet, or of a socket: every packet that a socket saw is in one count. */
public enum PacketCount {
  /** Given to whoever asked for its VRID, or its address. */
  DELIVERED,
  /** Longer than any VRRP packet can be. */
  DROPPED_TRUNCATED,
  /** Too short for an IP header or for a VRID. */
  DROPPED_MALFORMED,
  /** Of a virtual router, or for an address, that nobody here asked for. */
  DROPPED_FOREIGN,
  /** More in a short time than anybody sends who means well. */
  DROPPED_OVER_RATE,
  /**
   * Could not pass the checks of any router (checksum, version, hop limit), and more of these came
   * than are worth a look.
   */
  DROPPED_IMPLAUSIBLE,
  /** The socket's receive buffer was full; the kernel reports it with the next packet. */
  DROPPED_BY_KERNEL,
  /** Came while the socket had no interface. */
  DROPPED_DETACHED,
  /** The kernel gave an error in place of packets. */
  RECEIVE_ERROR,
  /** The interface was there anew, and the socket followed it. */
  REATTACHED,
  /** The interface was there anew, and the socket could not follow. */
  REATTACH_FAILED,
  SENT,
  /** The interface was down or gone (ENETDOWN, ENETUNREACH, ENODEV, ENXIO). */
  LOST_INTERFACE_DOWN,
  /** The source address was not on the interface (EADDRNOTAVAIL, EINVAL). */
  LOST_NO_SOURCE,
  /** A buffer was full (EAGAIN, ENOBUFS). */
  LOST_BUFFER_FULL,
  /** The packet filter refused it (EPERM). */
  LOST_REFUSED,
  /** Any other error of sending. */
  LOST_OTHER;

  /** Why a packet was not sent. */
  static PacketCount ofSendError(int errno) {
    return switch (errno) {
      case Errno.ENETDOWN, Errno.ENETUNREACH, Errno.ENODEV, Errno.ENXIO -> LOST_INTERFACE_DOWN;
      case Errno.EADDRNOTAVAIL, Errno.EINVAL -> LOST_NO_SOURCE;
      case Errno.EAGAIN, Errno.ENOBUFS -> LOST_BUFFER_FULL;
      case Errno.EPERM -> LOST_REFUSED;
      default -> LOST_OTHER;
    };
  }
}
