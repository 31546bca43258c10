package org.vipdrift.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipdrift.simulator.kernel.SmallNetwork.VIP;
import static org.vipdrift.simulator.kernel.SmallNetwork.eth0;
import static org.vipdrift.simulator.kernel.SmallNetwork.mac;
import static org.vipdrift.simulator.kernel.SmallNetwork.takeVip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.VrrpNetwork.PacketReceived;
import org.vipdrift.model.firewall.FirewallRule;
import org.vipdrift.model.firewall.FirewallRule.Chain;
import org.vipdrift.model.firewall.FirewallRule.Target;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.segment.SnoopingSettings;

class IpLayerTest {
  private static final Octets ADVERT = Octets.ofHex("21336401010100001400006400000000 00000000");

  private final SmallNetwork network = new SmallNetwork();
  private final HostKernel a = network.host("a", "20.0.0.21/24", "2001:db8::21/64");
  private final HostKernel b = network.host("b", "20.0.0.22/24", "2001:db8::22/64");
  private final HostKernel client = network.host("client", "20.0.0.10/24", "2001:db8::10/64");
  private final IpAddress addressOfA = IpAddress.of("20.0.0.21");
  private final IpAddress addressOfA6 = IpAddress.of("2001:db8::21");
  private final List<PacketReceived> heard = new ArrayList<>();

  private void listen(HostKernel host) {
    host.calls().joinVrrp("p", "eth0", IpAddress.VRRP_GROUP_V4, 51, heard::add);
  }

  private void advertise(HostKernel host, IpAddress destination) {
    host.calls().sendVrrp("p", "eth0", IpAddress.of("20.0.0.21"), destination, 255, ADVERT, 0);
    network.run(Duration.ofMillis(1));
  }

  private static void filter(HostKernel host, Chain chain, PacketMatch match, Target target) {
    host.changeFirewall(
        chains -> chains.append(new FirewallRule("fw", chain, Optional.of("eth0"), match, target)));
  }

  @Nested
  class Firewall {
    @Test
    void inDropsWhatComes() {
      listen(b);
      filter(b, Chain.IN, new PacketMatch.Vrrp(), Target.DROP);
      advertise(a, IpAddress.VRRP_GROUP_V4);
      assertThat(heard).isEmpty();
    }

    @Test
    void outDropsWhatGoes() {
      listen(b);
      filter(a, Chain.OUT, new PacketMatch.Vrrp(), Target.DROP);
      advertise(a, IpAddress.VRRP_GROUP_V4);
      assertThat(heard).isEmpty();
      filter(b, Chain.OUT, new PacketMatch.Vrrp(), Target.DROP);
      a.changeFirewall(chains -> chains.without("fw"));
      advertise(a, IpAddress.VRRP_GROUP_V4);
      assertThat(heard).hasSize(1);
    }

    @Test
    void doesNotSeeArp() {
      filter(a, Chain.BOTH, new PacketMatch.Everything(), Target.DROP);
      assertThat(network.answerer(client, addressOfA)).isEqualTo("timeout");
      assertThat(eth0(client).neighborState(addressOfA)).contains(NeighborState.REACHABLE);
    }

    @Test
    void seesNeighbourDiscovery() {
      filter(a, Chain.BOTH, new PacketMatch.Everything(), Target.DROP);
      assertThat(network.answerer(client, addressOfA6)).isEqualTo("timeout");
      assertThat(eth0(client).neighborState(addressOfA6)).contains(NeighborState.INCOMPLETE);
    }

    @Test
    void tellsTheSenderWhatItRejects() {
      filter(a, Chain.IN, new PacketMatch.Everything(), Target.REJECT);
      assertThat(network.answerer(client, addressOfA)).isEqualTo("unreachable");
    }

    @Test
    void rejectsNeverAnswerMulticast() {
      filter(b, Chain.IN, new PacketMatch.Vrrp(), Target.REJECT);
      network.frames.clear();
      advertise(a, IpAddress.VRRP_GROUP_V4);
      assertThat(network.frames).hasSize(1);
    }

    @Test
    void isEmptyAfterAPowerCut() {
      filter(a, Chain.BOTH, new PacketMatch.Everything(), Target.DROP);
      a.powerOff(0);
      a.powerOn(0);
      assertThat(network.answerer(client, addressOfA)).isEqualTo("a");
    }
  }

  @Nested
  class Routes {
    private final HostKernel gateway = network.host("gw", "20.0.0.254/24");
    private final HostKernel far = network.bareHost("far");
    private final IpAddress addressOfFar = IpAddress.of("30.0.0.5");

    Routes() {
      var wan = network.segment("wan");
      network.connect(gateway, "eth1", wan, "30.0.0.254/24");
      network.connect(far, "eth0", wan, "30.0.0.5/24");
      far.powerOn(0);
      far.setGateway(IpAddress.of("30.0.0.254"));
      client.setGateway(IpAddress.of("20.0.0.254"));
    }

    @Test
    void aGatewayPassesPacketsOnWithOneHopLess() {
      gateway.setForwarding(true);
      far.openOwner("p");
      far.calls().joinVrrp("p", "eth0", IpAddress.of("0.0.0.0"), 51, heard::add);
      assertThat(network.answerer(client, addressOfFar)).isEqualTo("gw");
      client.calls().sendVrrp("p", "eth0", IpAddress.of("20.0.0.10"), addressOfFar, 255, ADVERT, 0);
      network.run(Duration.ofMillis(1));
      assertThat(heard).extracting(PacketReceived::ttl).containsExactly(254);
    }

    @Test
    void aHostThatDoesNotForwardDoesNot() {
      assertThat(network.answerer(client, addressOfFar)).isEqualTo("timeout");
    }

    @Test
    void aPacketWithOneHopLeftIsNotPassedOn() {
      gateway.setForwarding(true);
      far.openOwner("p");
      far.calls().joinVrrp("p", "eth0", IpAddress.of("0.0.0.0"), 51, heard::add);
      client.calls().sendVrrp("p", "eth0", IpAddress.of("20.0.0.10"), addressOfFar, 1, ADVERT, 0);
      network.run(Duration.ofMillis(1));
      assertThat(heard).isEmpty();
    }

    @Test
    void withoutARouteNothingIsSent() {
      assertThat(network.answerer(a, addressOfFar)).isEqualTo("unreachable");
    }

    @Test
    void aGatewayTellsThatNobodyHasTheAddress() {
      gateway.setForwarding(true);
      EchoResult result = network.ping(client, IpAddress.of("30.0.0.9"), Duration.ofSeconds(10));
      assertThat(result).isInstanceOf(EchoResult.Unreachable.class);
      assertThat(result.after()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
    }

    @Test
    void aDownInterfaceHasNoRoute() {
      client.setLink("eth0", false, 0);
      assertThat(network.answerer(client, addressOfA)).isEqualTo("unreachable");
    }

    @Test
    void ownAddressesAnswerWithoutTheNetwork() {
      takeVip(client);
      network.frames.clear();
      assertThat(network.answerer(client, VIP)).isEqualTo("client");
      assertThat(network.frames).isEmpty();
    }

    @Test
    void aVipIsNoSourceForOtherTraffic() {
      takeVip(a);
      assertThat(a.networkInterface("eth0").orElseThrow().addresses()).hasSize(4);
      assertThat(network.answerer(a, IpAddress.of("20.0.0.22"))).isEqualTo("b");
      assertThat(eth0(b).neighborState(VIP)).isEmpty();
    }
  }

  @Nested
  class Ipv6 {
    private final IpAddress vip = SmallNetwork.VIP6;

    @Test
    void neighboursAreFoundByMulticast() {
      assertThat(network.answerer(client, addressOfA6)).isEqualTo("a");
      assertThat(eth0(client).neighborMac(addressOfA6)).contains(mac(a));
      assertThat(eth0(a).neighborMac(IpAddress.of("2001:db8::10"))).contains(mac(client));
    }

    @Test
    void linkLocalAddressesAnswer() {
      IpAddress linkLocal = LocalAddresses.linkLocal(mac(a)).address();
      assertThat(network.answerer(client, linkLocal)).isEqualTo("a");
    }

    @Test
    void anAnnouncementChangesAnExistingEntryOnly() {
      a.calls().addAddress("p", "eth0", new IpPrefix(vip, 64), 0);
      network.ping(client, vip);
      a.calls().removeAddress("p", "eth0", new IpPrefix(vip, 64), 0);
      b.calls().addAddress("p", "eth0", new IpPrefix(vip, 64), 0);
      assertThat(network.answerer(client, vip)).isEqualTo("timeout");
      b.calls().announce("p", "eth0", vip, 0);
      network.run(Duration.ofMillis(1));
      assertThat(network.answerer(client, vip)).isEqualTo("b");
      assertThat(eth0(a).neighborState(vip)).isEmpty();
    }

    @Test
    void anUnansweredNeighbourIsProbedAndAskedForAnew() {
      a.calls().addAddress("p", "eth0", new IpPrefix(vip, 64), 0);
      network.ping(client, vip);
      a.calls().removeAddress("p", "eth0", new IpPrefix(vip, 64), 0);
      b.calls().addAddress("p", "eth0", new IpPrefix(vip, 64), 0);
      network.seconds(31);
      network.ping(client, vip);
      network.seconds(9);
      assertThat(eth0(client).neighborState(vip)).contains(NeighborState.FAILED);
      assertThat(network.answerer(client, vip)).isEqualTo("b");
    }
  }

  @Nested
  class Multicast {
    private final SnoopingSettings strict = new SnoopingSettings(false, true);

    @Test
    void reachesWhoJoinedThroughASnoopingSwitch() {
      network.lan.snoop(Optional.of(strict));
      listen(b);
      network.run(Duration.ofMillis(1));
      advertise(a, IpAddress.VRRP_GROUP_V4);
      assertThat(heard).hasSize(1);
    }

    @Test
    void isForgottenAfter260SecondsWithoutAQuerier() {
      network.lan.snoop(Optional.of(strict));
      listen(b);
      network.seconds(259);
      advertise(a, IpAddress.VRRP_GROUP_V4);
      assertThat(heard).hasSize(1);
      network.seconds(2);
      advertise(a, IpAddress.VRRP_GROUP_V4);
      assertThat(heard).hasSize(1);
    }

    @Test
    void isRememberedWithAQuerier() {
      network.lan.snoop(Optional.of(new SnoopingSettings(true, true)));
      listen(b);
      network.seconds(1000);
      advertise(a, IpAddress.VRRP_GROUP_V4);
      assertThat(heard).hasSize(1);
    }

    @Test
    void isReportedAgainWhenTheLinkComesUp() {
      network.lan.snoop(Optional.of(strict));
      listen(b);
      b.setPlugged("eth0", false, 0);
      b.setPlugged("eth0", true, 0);
      network.run(Duration.ofMillis(1));
      advertise(a, IpAddress.VRRP_GROUP_V4);
      assertThat(heard).hasSize(1);
    }

    @Test
    void stopsAtOnceWhenTheLastSocketLeaves() {
      network.lan.snoop(Optional.of(strict));
      listen(b);
      b.calls().joinVrrp("p", "eth0", IpAddress.VRRP_GROUP_V4, 52, heard::add);
      b.calls().leaveVrrp("p", "eth0", IpAddress.VRRP_GROUP_V4, 51);
      assertThat(eth0(b).groups().receives(IpAddress.VRRP_GROUP_V4)).isTrue();
      b.calls().leaveVrrp("p", "eth0", IpAddress.VRRP_GROUP_V4, 52);
      assertThat(eth0(b).groups().receives(IpAddress.VRRP_GROUP_V4)).isFalse();
    }
  }
}
