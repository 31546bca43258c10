package org.vipdrift.netio.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Locale;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.foreign.SocketAddress;

/**
 * A raw socket that receives the VRRP packets of one interface, one family and one group, or those
 * to the host itself, on a thread {@code vrrp-rx-INTERFACE-FAMILY}.
 *
 * <p>Opened as keepalived 2.2.7 opens its own: bound to the group, which it joins on the interface,
 * and to the interface. Unlike it, a socket for unicast is bound to no address: the configured
 * source is known to who sends. An interface that is not there, or not there any more, is waited
 * for; one that is down needs nothing, the memberships outlive that.
 *
 * <p>A flood costs the processor, but no memory: the kernel's buffer and the rate at which packets
 * are handed over are both bounded, and each packet that is not handed over is counted. Packets
 * that cannot be right have an allowance of their own, so that noise does not silence a master.
 */
public final class VrrpSocket implements AutoCloseable {
  /** The longest VRRP message, with 255 IPv6 addresses, and the longest IPv4 header fit. */
  private static final int CAPACITY = 4608;

  /** The kernel doubles it; its default, 208 KiB, holds 277 packets in all. */
  private static final int RECEIVE_BUFFER = 1 << 20;

  private static final int VRIDS = 256;

  /** Ten masters that advertise every 10 ms come to half of it. */
  private static final int PER_SECOND = 2_000;

  /** What the kernel's default buffer holds after a pause of the process comes through at once. */
  private static final int BURST = 512;

  /** Sources are told apart by so many classes, that one of them cannot silence the others. */
  private static final int SOURCES = 16;

  /** Enough to see in a trace that there are such. */
  private static final int IMPLAUSIBLE_PER_SECOND = 100;

  private static final int IMPLAUSIBLE_BURST = 64;
  private static final int ALL_PER_SECOND = 50_000;
  private static final int ALL_BURST = 4_096;

  /** What a thread that sleeps in the kernel takes to wake, on a busy machine. */
  private static final long OLDEST_NANOS = 5_000_000;

  /** Who takes the packets, on the socket's thread. */
  public interface Receiver {
    /**
     * @param vrid 0..255, as the packet has it
     */
    boolean wants(int vrid);

    /**
     * A packet came.
     *
     * @param message without the IP header, at least two octets
     * @param hopLimit 0..255: the TTL in IPv4
     * @param ageNanos since the kernel had it, up to {@link #OLDEST_NANOS}; 0 for what is older,
     *     for then this process stood still, or the clock of the day was set
     */
    void received(
        int vrid,
        Octets message,
        IpAddress source,
        IpAddress destination,
        int hopLimit,
        long ageNanos);
  }

  private final ReceiveLoop loop;

  private VrrpSocket(ReceiveLoop loop) {
    this.loop = loop;
  }

  /**
   * Opens a socket and begins to receive.
   *
   * @param group a multicast group, or the unspecified address of the family for packets to the
   *     host itself
   * @throws NativeException when raw sockets are not allowed (CAP_NET_RAW is needed)
   */
  public static VrrpSocket open(
      NetworkNamespace namespace,
      String networkInterface,
      IpAddress group,
      Receiver receiver,
      PacketCounters counters)
      throws IOException {
    boolean ipv4 = group.family() == IpFamily.IPV4;
    ReceiveLoop.Descriptors descriptors =
        namespace.call(
            () ->
                ReceiveLoop.Descriptors.open(
                    ipv4 ? Constants.AF_INET : Constants.AF_INET6,
                    Constants.IPPROTO_VRRP,
                    "open a raw socket for VRRP"));
    Arena arena = Arena.ofShared();
    NetworkDevice device = new NetworkDevice(descriptors.socket(), networkInterface, arena);
    String threadName =
        "vrrp-rx-"
            + networkInterface
            + "-"
            + group.family().name().toLowerCase(Locale.ROOT)
            + (group.isMulticast() ? "" : "-unicast");
    Reception reception =
        new Reception(descriptors.socket(), device, group, receiver, counters, System.nanoTime());
    return new VrrpSocket(
        ReceiveLoop.start(threadName, descriptors, device, CAPACITY, reception, counters, arena));
  }

  @Override
  public void close() {
    loop.close();
  }

  private static final class Reception implements ReceiveLoop.Protocol {
    /** A message of version 3 without addresses. */
    private static final int SHORTEST = 8;

    private static final long BILLION = 1_000_000_000;
    private static final int IPV4_HEADER = 20;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV4_DESTINATION = 16;

    private final int descriptor;
    private final NetworkDevice device;
    private final IpAddress group;
    private final boolean ipv4;
    private final Receiver receiver;
    private final PacketCounters counters;
    private final RateLimit plausible;
    private final RateLimit implausible;
    private final RateLimit all;

    Reception(
        int descriptor,
        NetworkDevice device,
        IpAddress group,
        Receiver receiver,
        PacketCounters counters,
        long nowNanos) {
      this.descriptor = descriptor;
      this.device = device;
      this.group = group;
      this.ipv4 = group.family() == IpFamily.IPV4;
      this.receiver = receiver;
      this.counters = counters;
      this.plausible = new RateLimit(VRIDS * SOURCES, PER_SECOND, BURST, nowNanos);
      this.implausible = new RateLimit(VRIDS, IMPLAUSIBLE_PER_SECOND, IMPLAUSIBLE_BURST, nowNanos);
      this.all = new RateLimit(1, ALL_PER_SECOND, ALL_BURST, nowNanos);
    }

    @Override
    public void attach(int before, int now) throws NativeException {
      device.bind();
      growBuffer();
      option(Constants.SOL_SOCKET, Constants.SO_TIMESTAMPNS, 1);
      if (ipv4) {
        option(Constants.IPPROTO_IP, Constants.IP_MULTICAST_ALL, 0);
      } else {
        option(Constants.IPPROTO_IPV6, Constants.IPV6_MULTICAST_ALL, 0);
        option(Constants.IPPROTO_IPV6, Constants.IPV6_RECVHOPLIMIT, 1);
        option(Constants.IPPROTO_IPV6, Constants.IPV6_RECVPKTINFO, 1);
      }
      if (!group.isMulticast()) {
        return;
      }
      try (Arena arena = Arena.ofConfined()) {
        Libc.bind(descriptor, SocketAddress.of(arena, group, 0, now), "bind to " + group);
      }
      if (before != 0) {
        leaveQuietly(before);
      }
      GroupMembership.join(descriptor, group, now);
    }

    private void growBuffer() {
      try {
        option(Constants.SOL_SOCKET, Constants.SO_RCVBUFFORCE, RECEIVE_BUFFER);
      } catch (NativeException _) {
        // Without CAP_NET_ADMIN it is the system's default, which keepalived makes do with too.
      }
    }

    private void leaveQuietly(int index) {
      try {
        GroupMembership.leave(descriptor, group, index);
      } catch (NativeException _) {
        // The kernel had dropped it with the interface.
      }
    }

    private void option(int level, int name, int value) throws NativeException {
      Libc.setOption(descriptor, level, name, value, "set option " + name + " for VRRP");
    }

    @Override
    public void received(MessageBatch batch, int message, long nowNanos) {
      int length = batch.length(message);
      int header = ipv4 && length > 0 ? (batch.unsignedByte(message, 0) & 15) * 4 : 0;
      if (length < header + 2 || ipv4 && header < IPV4_HEADER) {
        counters.add(PacketCount.DROPPED_MALFORMED);
        return;
      }
      int vrid = batch.unsignedByte(message, header + 1);
      if (!receiver.wants(vrid)) {
        counters.add(PacketCount.DROPPED_FOREIGN);
        return;
      }
      if (ipv4) {
        receivedIpv4(batch, message, vrid, header, nowNanos);
      } else {
        receivedIpv6(batch, message, vrid, nowNanos);
      }
    }

    private void receivedIpv4(
        MessageBatch batch, int message, int vrid, int header, long nowNanos) {
      int length = batch.length(message);
      int ttl = batch.unsignedByte(message, 8);
      long addresses = batch.sum(message, IPV4_SOURCE, IPV4_HEADER);
      int source = batch.unsignedByte(message, 14) ^ batch.unsignedByte(message, 15);
      boolean plausible = isPlausible(batch, message, header, addresses, ttl);
      if (isAdmitted(plausible, vrid, source, nowNanos)) {
        Octets head = Octets.adopt(batch.copy(message, 0, IPV4_HEADER));
        deliver(
            vrid,
            Octets.adopt(batch.copy(message, header, length)),
            new IpAddress.V4(head.int32(IPV4_SOURCE)),
            new IpAddress.V4(head.int32(IPV4_DESTINATION)),
            ttl,
            ageNanos(batch, message));
      }
    }

    private void receivedIpv6(MessageBatch batch, int message, int vrid, long nowNanos) {
      long hops = batch.control(message, Constants.IPPROTO_IPV6, Constants.IPV6_HOPLIMIT);
      long information = batch.control(message, Constants.IPPROTO_IPV6, Constants.IPV6_PKTINFO);
      if (hops < 0 || information < 0) {
        counters.add(PacketCount.DROPPED_MALFORMED);
        return;
      }
      int hopLimit = batch.controls().get(JAVA_INT, hops);
      MemorySegment name = batch.name(message);
      long addresses =
          MessageBatch.sum(name, 8, 24)
              + MessageBatch.sum(batch.controls(), information, information + 16);
      int source = name.get(JAVA_BYTE, 22) ^ name.get(JAVA_BYTE, 23);
      boolean plausible = isPlausible(batch, message, 0, addresses, hopLimit);
      if (isAdmitted(plausible, vrid, source, nowNanos)) {
        deliver(
            vrid,
            Octets.adopt(batch.copy(message, 0, batch.length(message))),
            SocketAddress.read(name),
            SocketAddress.readIpv6(batch.controls(), information),
            hopLimit,
            ageNanos(batch, message));
      }
    }

    private boolean isAdmitted(boolean plausiblePacket, int vrid, int source, long nowNanos) {
      if (!plausiblePacket && !implausible.admit(vrid, nowNanos)) {
        counters.add(PacketCount.DROPPED_IMPLAUSIBLE);
        return false;
      }
      int which = vrid * SOURCES + (source & SOURCES - 1);
      if (plausiblePacket && !(plausible.admit(which, nowNanos) && all.admit(0, nowNanos))) {
        counters.add(PacketCount.DROPPED_OVER_RATE);
        return false;
      }
      return true;
    }

    /** Whether some router could take it: an advertisement, from this link, with a right sum. */
    private boolean isPlausible(
        MessageBatch batch, int message, int from, long addresses, int hopLimit) {
      int to = batch.length(message);
      int versionAndType = batch.unsignedByte(message, from);
      if (to - from < SHORTEST
          || versionAndType != 0x21 && versionAndType != 0x31
          || group.isMulticast() && hopLimit != 255) {
        return false;
      }
      long sum = batch.sum(message, from, to);
      return isComplete(sum) || isComplete(sum + addresses + Constants.IPPROTO_VRRP + to - from);
    }

    private static boolean isComplete(long sum) {
      return sum != 0 && sum % 0xffff == 0;
    }

    /** The kernel stamps packets by the clock of the day. */
    private static long ageNanos(MessageBatch batch, int message) {
      long at = batch.control(message, Constants.SOL_SOCKET, Constants.SO_TIMESTAMPNS);
      if (at < 0) {
        return 0;
      }
      Instant now = Instant.now();
      long seconds = now.getEpochSecond() - batch.controls().get(JAVA_LONG, at);
      long age = seconds * BILLION + now.getNano() - batch.controls().get(JAVA_LONG, at + 8);
      return age < 0 || age > OLDEST_NANOS ? 0 : age;
    }

    private void deliver(
        int vrid,
        Octets message,
        IpAddress source,
        IpAddress destination,
        int hopLimit,
        long ageNanos) {
      counters.add(PacketCount.DELIVERED);
      receiver.received(vrid, message, source, destination, hopLimit, ageNanos);
    }
  }
}
