package org.vipdrift.netio.link;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Errno;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.foreign.SocketAddress;

/**
 * A raw socket that sends the VRRP packets of one interface and one family; one thread at a time.
 *
 * <p>The packets are those of keepalived 2.2.7 to the bit: DSCP CS6 in both families, in IPv4 an
 * identification that each virtual router counts from 1, without DF, multicast past the routing
 * table. Nothing that is sent comes back to this host. Sending waits for nothing and takes 5 to 20
 * microseconds; native memory is used again and again.
 */
public final class VrrpSender implements AutoCloseable {
  private static final int IPV4_HEADER = 20;
  private static final int TRAFFIC_CLASS = 0xc0;
  private static final int MESSAGE_CAPACITY = 4096 + 8;
  private static final int VRIDS = 256;

  /** No descriptor; the kernel refuses it. */
  private static final int NOWHERE = -1;

  /** A {@code struct in6_pktinfo} and a hop limit, each behind its header and padded to eight. */
  private static final int CONTROL_OCTETS = 40 + 24;

  private final int descriptor;
  private final IpFamily family;
  private final PacketCounters counters;
  private final Arena arena = Arena.ofShared();
  private final NetworkDevice device;
  private final byte[] packet = new byte[IPV4_HEADER + MESSAGE_CAPACITY];
  private final MemorySegment octets = arena.allocate(packet.length, 8);
  private final MemorySegment control = arena.allocate(CONTROL_OCTETS, 8);
  private final MemorySegment vector = arena.allocate(16, 8);
  private final MemorySegment header = arena.allocate(56, 8);
  private final MemorySegment destinationAddress;
  private final short[] identifications = new short[VRIDS];
  private int attachedTo;

  private VrrpSender(
      int descriptor, String networkInterface, IpFamily family, PacketCounters counters) {
    this.descriptor = descriptor;
    this.family = family;
    this.counters = counters;
    this.device = new NetworkDevice(descriptor, networkInterface, arena);
    this.destinationAddress = SocketAddress.of(arena, unspecified(family), 0, 0);
    vector.set(ADDRESS, 0, octets);
    header.set(ADDRESS, 0, destinationAddress);
    header.set(JAVA_INT, 8, (int) destinationAddress.byteSize());
    header.set(ADDRESS, 16, vector);
    header.set(JAVA_LONG, 24, 1);
    if (family == IpFamily.IPV6) {
      header.set(ADDRESS, 32, control);
      header.set(JAVA_LONG, 40, CONTROL_OCTETS);
      controlHeader(0, 16 + 20, Constants.IPV6_PKTINFO);
      controlHeader(40, 16 + 4, Constants.IPV6_HOPLIMIT);
    }
  }

  private static IpAddress unspecified(IpFamily family) {
    return switch (family) {
      case IPV4 -> new IpAddress.V4(0);
      case IPV6 -> new IpAddress.V6(0, 0);
    };
  }

  private void controlHeader(int at, int length, int type) {
    control.set(JAVA_LONG, at, length);
    control.set(JAVA_INT, at + 8, Constants.IPPROTO_IPV6);
    control.set(JAVA_INT, at + 12, type);
  }

  /**
   * Opens a socket; an interface that is not there is looked for again at every packet.
   *
   * @throws NativeException when raw sockets are not allowed (CAP_NET_RAW is needed)
   */
  public static VrrpSender open(
      NetworkNamespace namespace, String networkInterface, IpFamily family, PacketCounters counters)
      throws IOException {
    int flags = Constants.SOCK_RAW | Constants.SOCK_NONBLOCK | Constants.SOCK_CLOEXEC;
    int domain = family == IpFamily.IPV4 ? Constants.AF_INET : Constants.AF_INET6;
    int descriptor =
        namespace.call(
            () -> Libc.socket(domain, flags, Constants.IPPROTO_VRRP, "open a raw socket for VRRP"));
    VrrpSender sender = new VrrpSender(descriptor, networkInterface, family, counters);
    try {
      sender.prepare();
      sender.attach();
      sender.rehearse();
      return sender;
    } catch (NativeException e) {
      sender.close();
      throw e;
    }
  }

  private void prepare() throws NativeException {
    SocketFilter.attachNothing(descriptor);
    option(Constants.SOL_SOCKET, Constants.SO_RCVBUF, 0);
    switch (family) {
      case IPV4 -> {
        option(Constants.IPPROTO_IP, Constants.IP_HDRINCL, 1);
        option(Constants.IPPROTO_IP, Constants.IP_MULTICAST_LOOP, 0);
        option(Constants.IPPROTO_IP, Constants.IP_MULTICAST_ALL, 0);
        // The header has its own; this is the priority in the queue of the interface.
        option(Constants.IPPROTO_IP, Constants.IP_TOS, TRAFFIC_CLASS);
      }
      case IPV6 -> {
        option(Constants.IPPROTO_IPV6, Constants.IPV6_MULTICAST_LOOP, 0);
        option(Constants.IPPROTO_IPV6, Constants.IPV6_MULTICAST_ALL, 0);
        option(Constants.IPPROTO_IPV6, Constants.IPV6_TCLASS, TRAFFIC_CLASS);
      }
    }
  }

  private void option(int level, int name, int value) throws NativeException {
    Libc.setOption(descriptor, level, name, value, "set option " + name + " for VRRP");
  }

  /** All of sending but the packet: the first one would wait 5 ms for what it links. */
  private void rehearse() {
    transmit(NOWHERE, unspecified(family), unspecified(family), 0, Octets.adopt(new byte[8]));
  }

  /** Follows the interface to its present index; whether there was anything to follow. */
  private boolean attach() throws NativeException {
    int now = device.index();
    if (now == 0 || now == attachedTo) {
      return false;
    }
    device.bind();
    switch (family) {
      case IPV4 -> {
        try (Arena confined = Arena.ofConfined()) {
          MemorySegment request = confined.allocate(12, 4);
          request.set(JAVA_INT, 8, now);
          Libc.setOption(
              descriptor,
              Constants.IPPROTO_IP,
              Constants.IP_MULTICAST_IF,
              request,
              "multicast through " + device.name());
        }
      }
      case IPV6 -> option(Constants.IPPROTO_IPV6, Constants.IPV6_MULTICAST_IF, now);
    }
    if (attachedTo != 0) {
      counters.add(PacketCount.REATTACHED);
    }
    attachedTo = now;
    return true;
  }

  /**
   * Sends one message; what cannot be sent is lost and counted, as a datagram on a wire.
   *
   * @param hopLimit 0..255: the TTL in IPv4
   * @param message a VRRP message with its checksum, 2 to 4104 octets
   */
  public void send(IpAddress source, IpAddress destination, int hopLimit, Octets message) {
    if (message.length() < 2
        || message.length() > MESSAGE_CAPACITY
        || source.family() != family
        || destination.family() != family) {
      throw new IllegalArgumentException(
          message.length() + " octets from " + source + " to " + destination + " over " + family);
    }
    int vrid = message.unsignedByte(1);
    do {
      identifications[vrid]++;
    } while (identifications[vrid] == 0);
    int errno =
        attachedTo == 0
            ? Errno.ENODEV
            : transmit(descriptor, source, destination, hopLimit, message);
    if (errno != 0 && followed()) {
      errno = transmit(descriptor, source, destination, hopLimit, message);
    }
    counters.add(errno == 0 ? PacketCount.SENT : PacketCount.ofSendError(errno));
  }

  private boolean followed() {
    try {
      return attach();
    } catch (NativeException _) {
      counters.add(PacketCount.REATTACH_FAILED);
      return false;
    }
  }

  /** 0, or why not. */
  private int transmit(
      int through, IpAddress source, IpAddress destination, int hopLimit, Octets message) {
    int at = 0;
    switch (source) {
      case IpAddress.V4 _ -> {
        at = IPV4_HEADER;
        writeIpv4Header(source, destination, hopLimit, message);
      }
      case IpAddress.V6 v6 -> {
        SocketAddress.writeIpv6(control, 16, v6);
        control.set(JAVA_INT, 32, attachedTo);
        control.set(JAVA_INT, 56, hopLimit);
      }
    }
    message.copyInto(packet, at);
    int length = at + message.length();
    MemorySegment.copy(packet, 0, octets, JAVA_BYTE, 0, length);
    vector.set(JAVA_LONG, 8, length);
    switch (destination) {
      case IpAddress.V4 v4 -> SocketAddress.writeIpv4(destinationAddress, 4, v4);
      case IpAddress.V6 v6 -> {
        SocketAddress.writeIpv6(destinationAddress, 8, v6);
        destinationAddress.set(JAVA_INT, 24, v6.isMulticast() || v6.isLinkLocal() ? attachedTo : 0);
      }
    }
    int flags = destination.isMulticast() ? Constants.MSG_DONTROUTE : 0;
    long sent = Libc.sendMessage(through, header, flags | Constants.MSG_DONTWAIT);
    return sent < 0 ? (int) -sent : 0;
  }

  /** The kernel adds length and checksum. */
  private void writeIpv4Header(IpAddress source, IpAddress destination, int ttl, Octets message) {
    Arrays.fill(packet, 0, IPV4_HEADER, (byte) 0);
    int identification = identifications[message.unsignedByte(1)];
    packet[0] = 0x45;
    packet[1] = (byte) TRAFFIC_CLASS;
    packet[4] = (byte) (identification >> 8);
    packet[5] = (byte) identification;
    packet[8] = (byte) ttl;
    packet[9] = (byte) Constants.IPPROTO_VRRP;
    source.writeTo(packet, 12);
    destination.writeTo(packet, 16);
  }

  @Override
  public void close() {
    Libc.close(descriptor);
    arena.close();
  }
}
