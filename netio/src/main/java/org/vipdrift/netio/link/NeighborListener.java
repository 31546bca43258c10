package org.vipdrift.netio.link;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Optional;
import org.vipdrift.model.frame.ArpPacket;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.EthernetFrame;
import org.vipdrift.model.frame.IcmpMessage;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Ipv6Packet;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.NeighborAdvertisement;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.foreign.Libc;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.foreign.SocketAddress;

/**
 * A packet socket that hears who claims an address on one interface, on a thread {@code
 * neighbor-rx-INTERFACE}: the sender of any ARP packet, and the target of any neighbour
 * advertisement.
 *
 * <p>The kernel's filter lets only these through, and nothing that this host sends itself. Claims
 * of addresses that the receiver does not want are counted as foreign; those it wants are handed
 * over at a bounded rate.
 */
public final class NeighborListener implements AutoCloseable {
  private static final int CAPACITY = 512;
  private static final int PER_SECOND = 200;
  private static final int BURST = 64;

  /** Who takes the claims, on the listener's thread. */
  public interface Receiver {
    /** Whether a claim of this address is of interest; asked for every packet. */
    boolean wants(IpAddress address);

    void claimed(NeighborClaim claim);
  }

  /**
   * Somebody said that an address is theirs.
   *
   * @param mac that the packet gives for the address
   * @param announcement nobody had asked: a gratuitous ARP, an unsolicited advertisement
   */
  public record NeighborClaim(
      String networkInterface, IpAddress address, MacAddress mac, boolean announcement) {}

  private final ReceiveLoop loop;

  private NeighborListener(ReceiveLoop loop) {
    this.loop = loop;
  }

  /**
   * Opens a socket and begins to listen; an interface that is not there is waited for.
   *
   * @throws NativeException when packet sockets are not allowed (CAP_NET_RAW is needed)
   */
  public static NeighborListener open(
      NetworkNamespace namespace,
      String networkInterface,
      Receiver receiver,
      PacketCounters counters)
      throws IOException {
    // Protocol 0 receives nothing until the filter is there and the socket is bound.
    ReceiveLoop.Descriptors descriptors =
        namespace.call(
            () -> ReceiveLoop.Descriptors.open(Constants.AF_PACKET, 0, "open a packet socket"));
    Arena arena = Arena.ofShared();
    NetworkDevice device = new NetworkDevice(descriptors.socket(), networkInterface, arena);
    Reception reception =
        new Reception(
            descriptors.socket(), networkInterface, receiver, counters, System.nanoTime());
    return new NeighborListener(
        ReceiveLoop.start(
            "neighbor-rx-" + networkInterface,
            descriptors,
            device,
            CAPACITY,
            reception,
            counters,
            arena));
  }

  @Override
  public void close() {
    loop.close();
  }

  private static final class Reception implements ReceiveLoop.Protocol {
    private final int descriptor;
    private final String networkInterface;
    private final Receiver receiver;
    private final PacketCounters counters;
    private final RateLimit rate;

    Reception(
        int descriptor,
        String networkInterface,
        Receiver receiver,
        PacketCounters counters,
        long nowNanos) {
      this.descriptor = descriptor;
      this.networkInterface = networkInterface;
      this.receiver = receiver;
      this.counters = counters;
      this.rate = new RateLimit(1, PER_SECOND, BURST, nowNanos);
    }

    @Override
    public void attach(int before, int now) throws NativeException {
      SocketFilter.attachNeighborClaims(descriptor);
      Libc.setOption(
          descriptor,
          Constants.SOL_PACKET,
          Constants.PACKET_IGNORE_OUTGOING,
          1,
          "ignore what is sent");
      try (Arena arena = Arena.ofConfined()) {
        Libc.bind(
            descriptor,
            SocketAddress.ofLink(arena, now, Constants.ETH_P_ALL, MacAddress.ZERO),
            "bind to " + networkInterface);
      }
    }

    @Override
    public void received(MessageBatch batch, int message, long nowNanos) {
      Octets frame = Octets.adopt(batch.copy(message, 0, batch.length(message)));
      Optional<NeighborClaim> claim = read(frame);
      if (claim.isEmpty()) {
        counters.add(PacketCount.DROPPED_MALFORMED);
      } else if (!receiver.wants(claim.get().address())) {
        counters.add(PacketCount.DROPPED_FOREIGN);
      } else if (!rate.admit(0, nowNanos)) {
        counters.add(PacketCount.DROPPED_OVER_RATE);
      } else {
        counters.add(PacketCount.DELIVERED);
        receiver.claimed(claim.get());
      }
    }

    private Optional<NeighborClaim> read(Octets frame) {
      if (frame.length() < EthernetFrame.HEADER_LENGTH) {
        return Optional.empty();
      }
      if (frame.unsignedShort(12) == EthernetFrame.ETHER_TYPE_ARP) {
        return ArpPacket.decode(frame, EthernetFrame.HEADER_LENGTH)
                instanceof Decoded.Ok<ArpPacket>(ArpPacket arp)
            ? Optional.of(
                new NeighborClaim(
                    networkInterface, arp.senderAddress(), arp.senderMac(), arp.isGratuitous()))
            : Optional.empty();
      }
      return Ipv6Packet.decode(frame, EthernetFrame.HEADER_LENGTH)
                  instanceof Decoded.Ok<Ipv6Packet>(Ipv6Packet packet)
              && IcmpMessage.decode(packet)
                  instanceof Decoded.Ok<? extends IcmpMessage>(NeighborAdvertisement said)
          ? Optional.of(
              new NeighborClaim(
                  networkInterface,
                  said.target(),
                  said.targetLinkLayer().orElse(MacAddress.read(frame, 6)),
                  !said.solicited()))
          : Optional.empty();
    }
  }
}
