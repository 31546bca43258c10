package org.vipdrift.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vipdrift.simulator.kernel.SmallNetwork.VIP;
import static org.vipdrift.simulator.kernel.SmallNetwork.VIP6;
import static org.vipdrift.simulator.kernel.SmallNetwork.VIP_32;
import static org.vipdrift.simulator.kernel.SmallNetwork.announceVip;
import static org.vipdrift.simulator.kernel.SmallNetwork.dropVip;
import static org.vipdrift.simulator.kernel.SmallNetwork.eth0;
import static org.vipdrift.simulator.kernel.SmallNetwork.mac;
import static org.vipdrift.simulator.kernel.SmallNetwork.takeVip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.AddressTable.Outcome;
import org.vipdrift.actors.port.Interfaces.InterfaceStatus;
import org.vipdrift.actors.port.VrrpNetwork.PacketReceived;
import org.vipdrift.model.frame.EthernetFrame;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.trace.TraceDetail.AddressAnnounced;
import org.vipdrift.model.trace.TraceDetail.LinkChanged;
import org.vipdrift.model.trace.TraceDetail.VipAdded;
import org.vipdrift.model.trace.TraceDetail.VipRemoved;
import org.vipdrift.model.trace.TraceEvent;

class HostKernelTest {
  private static final Octets ADVERT = Octets.ofHex("21336401010100001400006400000000 00000000");

  private final SmallNetwork network = new SmallNetwork();
  private final HostKernel a = network.host("a", "20.0.0.21/24");
  private final HostKernel b = network.host("b", "20.0.0.22/24");
  private final HostKernel client = network.host("client", "20.0.0.10/24");
  private final IpAddress addressOfB = IpAddress.of("20.0.0.22");
  private final List<PacketReceived> heard = new ArrayList<>();

  private void listen(HostKernel host) {
    host.calls().joinVrrp("p", "eth0", IpAddress.VRRP_GROUP_V4, 51, heard::add);
    network.run(Duration.ofMillis(1));
  }

  private void advertise(HostKernel host) {
    host.calls()
        .sendVrrp("p", "eth0", IpAddress.of("20.0.0.21"), IpAddress.VRRP_GROUP_V4, 255, ADVERT, 0);
    network.run(Duration.ofMillis(1));
  }

  @Nested
  class Links {
    @Test
    void pullingTheCableIsTracedAndKeepsTheAddresses() {
      takeVip(a);
      a.setPlugged("eth0", false, 7);
      assertThat(network.trace.getLast())
          .isEqualTo(new TraceEvent(2, 7, 0, "a", new LinkChanged("eth0", false)));
      assertThat(a.hasAddress(VIP)).isTrue();
      assertThat(network.answerer(client, VIP)).isEqualTo("timeout");
      a.setPlugged("eth0", true, 0);
      network.seconds(4);
      assertThat(network.answerer(client, VIP)).isEqualTo("a");
    }

    @Test
    void whoWatchesHearsTheEventAsCause() {
      List<InterfaceStatus> told = new ArrayList<>();
      a.calls().watchInterfaces("p", told::add, 0);
      a.setLink("eth0", false, 0);
      assertThat(told.get(1).up()).isFalse();
      assertThat(told.get(1).cause()).isEqualTo(1);
    }

    @Test
    void aCableInADownInterfaceChangesNothing() {
      a.setLink("eth0", false, 0);
      int events = network.trace.size();
      a.setPlugged("eth0", false, 0);
      a.setPlugged("eth0", true, 0);
      assertThat(network.trace).hasSize(events);
    }

    @Test
    void settingItDownTakesVirtualIpv6AddressesAway() {
      a.calls().addAddress("p", "eth0", new IpPrefix(VIP6, 64), 0);
      takeVip(a);
      a.setLink("eth0", false, 0);
      assertThat(a.hasAddress(VIP6)).isFalse();
      assertThat(a.hasAddress(VIP)).isTrue();
      assertThat(network.trace.getLast().detail())
          .isEqualTo(new VipRemoved("eth0", VIP6, 64, "kernel"));
      assertThat(network.trace.getLast().cause()).isEqualTo(3);
    }

    @Test
    void aFrameOnItsWayToAPulledCableIsLost() {
      listen(b);
      a.calls()
          .sendVrrp(
              "p", "eth0", IpAddress.of("20.0.0.21"), IpAddress.VRRP_GROUP_V4, 255, ADVERT, 0);
      b.setPlugged("eth0", false, 0);
      network.run(Duration.ofMillis(1));
      assertThat(heard).isEmpty();
    }

    @Test
    void anUnknownInterfaceIsABugOfTheCaller() {
      assertThatThrownBy(() -> a.setLink("eth7", false, 0)).hasMessage("a has no interface eth7");
    }
  }

  @Nested
  class Addresses {
    @Test
    void linkLocalIsMadeFromTheMac() {
      assertThat(LocalAddresses.linkLocal(MacAddress.parse("52:54:00:12:34:56").orElseThrow()))
          .hasToString("fe80::5054:ff:fe12:3456/64");
    }

    @Test
    void comingAndGoingOfAVipIsTracedWithItsCause() {
      a.calls().addAddress("p", "eth0", VIP_32, 5);
      a.calls().removeAddress("p", "eth0", VIP_32, 6);
      assertThat(network.trace)
          .containsExactly(
              new TraceEvent(1, 5, 0, "a", new VipAdded("eth0", VIP, 32, "p")),
              new TraceEvent(2, 6, 0, "a", new VipRemoved("eth0", VIP, 32, "p")));
    }

    @Test
    void theAnswerNamesTheEventAsCause() {
      assertThat(a.calls().addAddress("p", "eth0", VIP_32, 5))
          .hasValueSatisfying(answer -> assertThat(answer.cause()).isEqualTo(1));
    }

    @Test
    void otherAddressesAreNotTraced() {
      a.calls().addAddress("p", "eth0", IpPrefix.parse("20.0.0.50/32").orElseThrow(), 0);
      assertThat(network.trace).isEmpty();
    }

    @Test
    void anIpv4AddressMayBeThereOncePerMaskAnIpv6AddressOnce() {
      takeVip(a);
      assertThat(
              a.calls().addAddress("p", "eth0", new IpPrefix(VIP, 24), 0).orElseThrow().outcome())
          .isEqualTo(Outcome.DONE);
      a.calls().addAddress("p", "eth0", new IpPrefix(VIP6, 64), 0);
      assertThat(
              a.calls().addAddress("p", "eth0", new IpPrefix(VIP6, 128), 0).orElseThrow().outcome())
          .isEqualTo(Outcome.ALREADY_THERE);
      dropVip(a);
      assertThat(a.hasAddress(VIP)).isTrue();
    }

    @Test
    void anAnnouncementIsTraced() {
      takeVip(a);
      a.calls().announce("p", "eth0", VIP, 1);
      assertThat(network.trace.getLast())
          .isEqualTo(new TraceEvent(2, 1, 0, "a", new AddressAnnounced("eth0", VIP, mac(a))));
    }

    @Test
    void nothingIsAnnouncedWhileTheLinkIsDown() {
      a.setPlugged("eth0", false, 0);
      announceVip(a);
      assertThat(network.details("a")).containsExactly(new LinkChanged("eth0", false));
    }
  }

  @Nested
  class Power {
    @Test
    void anInitialVipIsTracedAtTheStart() {
      network.host("c", "20.0.0.23/24", "20.0.0.100/32");
      assertThat(network.details("c"))
          .containsExactly(new VipAdded("eth0", VIP, 32, "configuration"));
    }

    @Test
    void aPowerCutTakesEverythingVolatile() {
      takeVip(a);
      listen(a);
      network.ping(a, addressOfB);
      a.files().write("/etc/motd", "x", 0);
      a.processes().start("keepalived", List.of(), List.of(), 0);
      a.powerOff(9);
      assertThat(network.trace.getLast().detail())
          .isEqualTo(new VipRemoved("eth0", VIP, 32, "power-off"));
      assertThat(network.trace.getLast().cause()).isEqualTo(9);
      assertThat(a.isOpen("p")).isFalse();
      assertThat(a.processes().all()).isEmpty();
      assertThat(a.files().exists("/etc/motd")).isTrue();
      assertThat(eth0(a).neighborState(addressOfB)).isEmpty();
      advertise(b);
      assertThat(heard).isEmpty();
    }

    @Test
    void afterPowerOnOnlyTheConfiguredAddressesAreThere() {
      takeVip(a);
      a.setLink("eth0", false, 0);
      a.powerOff(0);
      assertThat(network.answerer(client, IpAddress.of("20.0.0.21"))).isEqualTo("timeout");
      a.powerOn(0);
      network.seconds(4);
      assertThat(network.answerer(client, IpAddress.of("20.0.0.21"))).isEqualTo("a");
      assertThat(a.hasAddress(VIP)).isFalse();
    }

    @Test
    void aCableThatIsOutAtPowerOnIsTraced() {
      a.powerOff(0);
      a.setPlugged("eth0", false, 0);
      a.powerOn(0);
      assertThat(network.details("a")).containsExactly(new LinkChanged("eth0", false));
    }
  }

  @Nested
  class PausedMachine {
    @Test
    void framesToItAreLost() {
      listen(b);
      b.clock().pause();
      advertise(a);
      b.clock().resume();
      network.seconds(1);
      assertThat(heard).isEmpty();
      advertise(a);
      assertThat(heard).hasSize(1);
    }

    @Test
    void anAnnouncementThatItMissedLeavesItsCacheAsItWas() {
      takeVip(a);
      network.ping(client, VIP);
      client.clock().pause();
      dropVip(a);
      takeVip(b);
      announceVip(b);
      network.seconds(60);
      client.clock().resume();
      assertThat(eth0(client).neighborMac(VIP)).contains(mac(a));
      assertThat(eth0(client).neighborState(VIP)).contains(NeighborState.REACHABLE);
    }
  }

  @Nested
  class FrozenProcess {
    @Test
    void itsSocketHoldsSoManyPacketsAndNoMore() {
      listen(b);
      b.freezeOwner("p");
      for (int i = 0; i < 400; i++) {
        advertise(a);
      }
      assertThat(heard).hasSize(SocketBuffer.BOUND_OCTETS / 768);
    }

    @Test
    void afterTheThawThereIsRoomAgain() {
      listen(b);
      b.freezeOwner("p");
      for (int i = 0; i < 400; i++) {
        advertise(a);
      }
      heard.clear();
      b.thawOwner("p");
      advertise(a);
      assertThat(heard).hasSize(1);
    }

    @Test
    void theKernelAnswersOn() {
      takeVip(a);
      a.freezeOwner("p");
      assertThat(network.answerer(client, VIP)).isEqualTo("a");
    }
  }

  @Nested
  class DeadProcess {
    @Test
    void itsPartsDieWithIt() {
      b.calls().joinVrrp("p/VI_1", "eth0", IpAddress.VRRP_GROUP_V4, 51, heard::add);
      advertise(a);
      assertThat(heard).hasSize(1);
      b.closeOwner("p");
      advertise(a);
      assertThat(heard).hasSize(1);
      assertThat(b.isOpen("p/VI_1")).isFalse();
    }

    @Test
    void anotherIncarnationIsServed() {
      b.closeOwner("p");
      b.openOwner("q");
      assertThat(b.calls().addAddress("p", "eth0", VIP_32, 0)).isEmpty();
      assertThat(b.calls().addAddress("q", "eth0", VIP_32, 0)).isPresent();
    }
  }

  @Property(tries = 300)
  void noFrameUpsetsAKernel(@ForAll @Size(max = 120) byte[] bytes, @ForAll boolean ip) {
    byte[] frame = bytes.clone();
    if (frame.length >= EthernetFrame.HEADER_LENGTH) {
      MacAddress.BROADCAST.writeTo(frame, 0);
      frame[12] = (byte) (ip ? 0x86 : 0x08);
      frame[13] = (byte) (ip ? 0xdd : frame[13] & 6);
    }
    HostKernelTest test = new HostKernelTest();
    eth0(test.a).frameArrived(Octets.adopt(frame), 0);
    test.network.seconds(1);
    assertThat(test.a.isPoweredOn()).isTrue();
  }
}
