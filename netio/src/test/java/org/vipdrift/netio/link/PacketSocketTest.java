package org.vipdrift.netio.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.netio.ScratchNamespace;
import org.vipdrift.netio.foreign.Constants;
import org.vipdrift.netio.link.NeighborListener.NeighborClaim;

class PacketSocketTest {
  private static final IpAddress.V4 VIP = (IpAddress.V4) IpAddress.of("20.0.0.100");
  private static final IpAddress VIP_IPV6 = IpAddress.of("2001:db8::100");
  private static final MacAddress MAC = MacAddress.parse("52:54:00:00:00:01").orElseThrow();

  private ScratchNamespace here;
  private ScratchNamespace peer;
  private final PacketCounters counters = new PacketCounters();
  private final LinkedBlockingQueue<NeighborClaim> claims = new LinkedBlockingQueue<>();

  @BeforeEach
  void begin() {
    here = ScratchNamespace.open();
    peer = ScratchNamespace.open();
    here.connect("eth0", peer, "eth0");
    here.ip("link set eth0 address " + MAC);
  }

  @AfterEach
  void end() {
    here.close();
    peer.close();
  }

  private static Octets last(FrameTap tap) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      List<Octets> frames =
          tap.frames().stream()
              .filter(each -> each.unsignedShort(12) == 0x0806 || each.unsignedByte(20) == 58)
              .filter(each -> each.length() < 86 || each.unsignedByte(54) == 136)
              .toList();
      if (!frames.isEmpty()) {
        return frames.getLast();
      }
      Thread.sleep(20);
    }
    throw new AssertionError("no frame came");
  }

  @Test
  void announcementsAreThoseThatKeepalivedSends() throws Exception {
    try (PacketSocket socket = PacketSocket.open(here.namespace(), "eth0", counters);
        FrameTap tap = new FrameTap(peer, "eth0", Constants.ETH_P_ALL)) {
      socket.announce(VIP, socket.senderMac().orElseThrow());
      // keepalived 2.2.7: Gratuitous ARP for 20.0.0.100 (Request)
      assertThat(last(tap))
          .isEqualTo(
              Octets.ofHex(
                  "ffffffffffff 525400000001 0806 0001 0800 0604 0001"
                      + " 525400000001 14000064 ffffffffffff 14000064"));
      socket.announce(IpAddress.of("fe80::100"), MAC);
      // keepalived 2.2.7: Neighbor Advertisement fe80::100 (ovr) is at 52:54:00:00:00:01
      assertThat(last(tap).toHex())
          .startsWith(
              "333300000001525400000001" + "86dd" + "60000000" + "00203aff" + "fe80000000000000")
          .contains("8800054920000000" + "fe80")
          .endsWith("0201525400000001");
      socket.probe(VIP, MAC);
      assertThat(last(tap).toHex())
          .endsWith("0001" + "525400000001" + "00000000" + "000000000000" + "14000064");
    }
  }

  @Test
  void anInterfaceThatIsDownHasNoSender() throws Exception {
    try (PacketSocket socket = PacketSocket.open(here.namespace(), "eth0", counters)) {
      assertThat(socket.senderMac()).contains(MAC);
      here.ip("link set eth0 down");
      assertThat(socket.senderMac()).isEmpty();
      here.ip("link del eth0");
      assertThat(socket.senderMac()).isEmpty();
      socket.announce(VIP, MAC);
      assertThat(counters.get(PacketCount.LOST_INTERFACE_DOWN)).isEqualTo(1);
    }
  }

  private NeighborListener listen() throws Exception {
    return NeighborListener.open(
        peer.namespace(),
        "eth0",
        new NeighborListener.Receiver() {
          @Override
          public boolean wants(IpAddress address) {
            return address.equals(VIP) || address.equals(VIP_IPV6);
          }

          @Override
          public void claimed(NeighborClaim claim) {
            claims.add(claim);
          }
        },
        counters);
  }

  @Test
  void whoAnnouncesOurAddressIsHeardAndNobodyElse() throws Exception {
    try (NeighborListener _ = listen();
        PacketSocket socket = PacketSocket.open(here.namespace(), "eth0", counters);
        PacketSocket own = PacketSocket.open(peer.namespace(), "eth0", counters)) {
      own.announce(VIP, MacAddress.ZERO);
      socket.announce(IpAddress.of("20.0.0.7"), MAC);
      socket.probe(VIP, MAC);
      socket.announce(VIP, MAC);
      socket.announce(VIP_IPV6, MAC);
      assertThat(claims.poll(5, TimeUnit.SECONDS))
          .isEqualTo(new NeighborClaim("eth0", VIP, MAC, true));
      assertThat(claims.poll(5, TimeUnit.SECONDS))
          .isEqualTo(new NeighborClaim("eth0", VIP_IPV6, MAC, true));
      assertThat(claims).isEmpty();
      assertThat(counters.get(PacketCount.DROPPED_FOREIGN)).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void aForeignHolderThatAnswersForOurAddressIsHeard() throws Exception {
    here.ip("address add 20.0.0.100/32 dev eth0");
    peer.ip("address add 20.0.0.22/24 dev eth0");
    try (NeighborListener _ = listen();
        PacketSocket own = PacketSocket.open(peer.namespace(), "eth0", counters)) {
      own.probe(VIP, own.senderMac().orElseThrow());
      assertThat(claims.poll(5, TimeUnit.SECONDS))
          .isEqualTo(new NeighborClaim("eth0", VIP, MAC, false));
    }
  }
}
