package org.vipdrift.netio.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vipdrift.model.frame.ArpPacket;
import org.vipdrift.model.frame.EthernetFrame;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.NeighborAdvertisement;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.foreign.SocketAddress;

/**
 * A packet socket that sends what makes neighbours learn an address, or tell of one, on one
 * interface; one thread at a time.
 *
 * <p>The interface is looked up at every packet, so that its MAC address may change and it may be
 * made anew. Sending waits for nothing.
 */
public final class PacketSocket implements AutoCloseable {
  private static final int HOP_LIMIT = 255;
  private static final int CAPACITY = 128;

  private final int descriptor;
  private final boolean forwards;
  private final PacketCounters counters;
  private final Arena arena = Arena.ofShared();
  private final NetworkDevice device;
  private final MemorySegment octets = arena.allocate(CAPACITY, 8);

  private PacketSocket(
      int descriptor, String networkInterface, boolean forwards, PacketCounters counters) {
    this.descriptor = descriptor;
    this.forwards = forwards;
    this.counters = counters;
    this.device = new NetworkDevice(descriptor, networkInterface, arena);
  }

  /**
   * Opens a socket; the interface need not be there yet. Whether the host forwards IPv6, which
   * neighbour advertisements tell, is read now.
   *
   * @throws NativeException when packet sockets are not allowed (CAP_NET_RAW is needed)
   */
  public static PacketSocket open(
      NetworkNamespace namespace, String networkInterface, PacketCounters counters)
      throws IOException {
    return namespace.call(
        () -> {
          int flags = Constants.SOCK_RAW | Constants.SOCK_NONBLOCK | Constants.SOCK_CLOEXEC;
          // Protocol 0 receives nothing.
          int descriptor = Libc.socket(Constants.AF_PACKET, flags, 0, "open a packet socket");
          return new PacketSocket(
              descriptor, networkInterface, isForwarding(networkInterface), counters);
        });
  }

  /**
   * All that announcing is, through an interface that is not there: the first packet would wait 5
   * ms for what it links.
   */
  public static void rehearse(NetworkNamespace namespace) throws IOException {
    try (PacketSocket socket = open(namespace, "rehearsal0", new PacketCounters())) {
      MacAddress mac = socket.senderMac().orElse(MacAddress.BROADCAST);
      socket.announce(new IpAddress.V4(0), mac);
      socket.announce(new IpAddress.V6(0, 0), mac);
    }
  }

  private static boolean isForwarding(String networkInterface) {
    Path setting = Path.of("/proc/sys/net/ipv6/conf/" + networkInterface + "/forwarding");
    try {
      return !Files.readString(setting).strip().equals("0");
    } catch (IOException _) {
      return false;
    }
  }

  /** The MAC address the interface has now; empty while it is not there, or not up. */
  public Optional<MacAddress> senderMac() {
    return device.isUp() ? device.mac() : Optional.empty();
  }

  /**
   * Announces that an address is at a MAC address: a gratuitous ARP request to everybody, or an
   * unsolicited neighbour advertisement from the address to all nodes, overriding what they know.
   * What cannot be sent is lost and counted.
   */
  public void announce(IpAddress address, MacAddress mac) {
    switch (address) {
      case IpAddress.V4 v4 -> broadcast(mac, ArpPacket.gratuitous(mac, v4));
      case IpAddress.V6 v6 -> {
        MacAddress destination = MacAddress.ofMulticast(NeighborAdvertisement.ALL_NODES);
        var packet =
            NeighborAdvertisement.unsolicited(v6, mac, forwards)
                .toPacket(v6, NeighborAdvertisement.ALL_NODES, HOP_LIMIT);
        send(
            destination,
            EthernetFrame.ETHER_TYPE_IPV6,
            EthernetFrame.encode(destination, mac, packet));
      }
    }
  }

  /** Asks who has an address without claiming it (RFC 5227 section 2.1.1). */
  public void probe(IpAddress.V4 address, MacAddress mac) {
    broadcast(mac, ArpPacket.probe(mac, address));
  }

  private void broadcast(MacAddress mac, ArpPacket packet) {
    send(
        MacAddress.BROADCAST,
        EthernetFrame.ETHER_TYPE_ARP,
        EthernetFrame.encode(MacAddress.BROADCAST, mac, packet));
  }

  private void send(MacAddress destination, int etherType, Octets frame) {
    byte[] bytes = frame.toByteArray();
    MemorySegment.copy(bytes, 0, octets, JAVA_BYTE, 0, bytes.length);
    try (Arena confined = Arena.ofConfined()) {
      MemorySegment to = SocketAddress.ofLink(confined, device.index(), etherType, destination);
      long sent = Libc.sendTo(descriptor, octets, bytes.length, Constants.MSG_DONTWAIT, to);
      counters.add(sent >= 0 ? PacketCount.SENT : PacketCount.ofSendError((int) -sent));
    }
  }

  @Override
  public void close() {
    Libc.close(descriptor);
    arena.close();
  }
}
