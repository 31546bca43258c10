package org.vipdrift.netio.foreign;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;

/** The kernel's address structures, built in native memory and read from it. */
public final class SocketAddress {
  /** The size of {@code struct sockaddr_in}. */
  public static final long IPV4_OCTETS = 16;

  /** The size of {@code struct sockaddr_in6}. */
  public static final long IPV6_OCTETS = 28;

  /** The size of {@code struct sockaddr_ll}. */
  public static final long LINK_OCTETS = 20;

  /** The size of {@code struct sockaddr_nl}. */
  public static final long NETLINK_OCTETS = 12;

  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt NETWORK_INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong NETWORK_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SocketAddress() {}

  /**
   * {@code struct sockaddr_in} or {@code sockaddr_in6}.
   *
   * @param port 0..65535; 0 for raw sockets
   * @param scope the interface's index for a link-local IPv6 address, otherwise 0
   */
  public static MemorySegment of(SegmentAllocator arena, IpAddress address, int port, int scope) {
    return switch (address) {
      case IpAddress.V4(int bits) -> {
        MemorySegment segment = arena.allocate(IPV4_OCTETS, 4);
        segment.set(JAVA_SHORT, 0, (short) Constants.AF_INET);
        segment.set(NETWORK_SHORT, 2, (short) port);
        segment.set(NETWORK_INT, 4, bits);
        yield segment;
      }
      case IpAddress.V6(long high, long low) -> {
        MemorySegment segment = arena.allocate(IPV6_OCTETS, 4);
        segment.set(JAVA_SHORT, 0, (short) Constants.AF_INET6);
        segment.set(NETWORK_SHORT, 2, (short) port);
        segment.set(NETWORK_LONG, 8, high);
        segment.set(NETWORK_LONG, 16, low);
        segment.set(JAVA_INT, 24, scope);
        yield segment;
      }
    };
  }

  /**
   * Reads what {@link #of} builds.
   *
   * @throws IllegalArgumentException for another family
   */
  public static IpAddress read(MemorySegment address) {
    int family = address.get(JAVA_SHORT, 0);
    return switch (family) {
      case Constants.AF_INET -> new IpAddress.V4(address.get(NETWORK_INT, 4));
      case Constants.AF_INET6 ->
          new IpAddress.V6(address.get(NETWORK_LONG, 8), address.get(NETWORK_LONG, 16));
      default -> throw new IllegalArgumentException("not an IP address family: " + family);
    };
  }

  /** Reads the sixteen octets of an IPv6 address from anywhere. */
  public static IpAddress readIpv6(MemorySegment octets, long at) {
    return new IpAddress.V6(octets.get(NETWORK_LONG, at), octets.get(NETWORK_LONG, at + 8));
  }

  /** Writes an address into memory that is used again. */
  public static void writeIpv4(MemorySegment octets, long at, IpAddress.V4 address) {
    octets.set(NETWORK_INT, at, address.bits());
  }

  /** Writes an address into memory that is used again. */
  public static void writeIpv6(MemorySegment octets, long at, IpAddress.V6 address) {
    octets.set(NETWORK_LONG, at, address.high());
    octets.set(NETWORK_LONG, at + 8, address.low());
  }

  /**
   * {@code struct sockaddr_ll}: an interface, and to whom.
   *
   * @param etherType as 0x0806
   */
  public static MemorySegment ofLink(
      SegmentAllocator arena, int interfaceIndex, int etherType, MacAddress destination) {
    MemorySegment segment = arena.allocate(LINK_OCTETS, 4);
    segment.set(JAVA_SHORT, 0, (short) Constants.AF_PACKET);
    segment.set(NETWORK_SHORT, 2, (short) etherType);
    segment.set(JAVA_INT, 4, interfaceIndex);
    segment.set(JAVA_BYTE, 11, (byte) 6);
    byte[] mac = new byte[6];
    destination.writeTo(mac, 0);
    MemorySegment.copy(mac, 0, segment, JAVA_BYTE, 12, mac.length);
    return segment;
  }

  /**
   * {@code struct sockaddr_nl}.
   *
   * @param groups a mask of multicast groups
   */
  public static MemorySegment ofNetlink(SegmentAllocator arena, int groups) {
    MemorySegment segment = arena.allocate(NETLINK_OCTETS, 4);
    segment.set(JAVA_SHORT, 0, (short) Constants.AF_NETLINK);
    segment.set(JAVA_INT, 8, groups);
    return segment;
  }

  /** An address that belongs to an arena of its own, for calls that need none. */
  public static MemorySegment none() {
    return Arena.global().allocate(0);
  }
}
