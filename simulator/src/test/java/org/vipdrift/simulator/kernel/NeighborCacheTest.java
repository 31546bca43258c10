package org.vipdrift.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipdrift.simulator.kernel.SmallNetwork.VIP;
import static org.vipdrift.simulator.kernel.SmallNetwork.announceVip;
import static org.vipdrift.simulator.kernel.SmallNetwork.dropVip;
import static org.vipdrift.simulator.kernel.SmallNetwork.eth0;
import static org.vipdrift.simulator.kernel.SmallNetwork.mac;
import static org.vipdrift.simulator.kernel.SmallNetwork.takeVip;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.ArpPacket;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.segment.LinkRule;
import org.vipdrift.model.segment.Selector;

class NeighborCacheTest {
  private final SmallNetwork network = new SmallNetwork();
  private final HostKernel a = network.host("a", "20.0.0.21/24");
  private final HostKernel b = network.host("b", "20.0.0.22/24");
  private final HostKernel client = network.host("client", "20.0.0.10/24");
  private final IpAddress addressOfA = IpAddress.of("20.0.0.21");
  private final IpAddress nobody = IpAddress.of("20.0.0.99");

  private NeighborState state(IpAddress address) {
    return eth0(client).neighborState(address).orElseThrow();
  }

  @Nested
  class Resolution {
    @Test
    void firstPacketWaitsForAnAnswerByArp() {
      EchoResult result = network.ping(client, addressOfA);
      assertThat(result).isEqualTo(new EchoResult.Answered(mac(a), Duration.ofNanos(4 * 50_000)));
      assertThat(state(addressOfA)).isEqualTo(NeighborState.REACHABLE);
    }

    @Test
    void whoIsAskedLearnsWhoAsked() {
      network.ping(client, addressOfA);
      assertThat(eth0(a).neighborMac(IpAddress.of("20.0.0.10"))).contains(mac(client));
      assertThat(eth0(b).neighborState(IpAddress.of("20.0.0.10"))).isEmpty();
    }

    @Test
    void threeRequestsASecondApartThenUnreachable() {
      EchoResult result = network.ping(client, nobody, Duration.ofSeconds(10));
      assertThat(result).isEqualTo(new EchoResult.Unreachable(Duration.ofSeconds(3)));
      assertThat(network.arpSeen()).hasSize(3).allMatch(p -> p.targetAddress().equals(nobody));
      assertThat(state(nobody)).isEqualTo(NeighborState.FAILED);
    }

    @Test
    void aFailedEntryIsAskedForAnewAtTheNextPacket() {
      network.ping(client, nobody, Duration.ofSeconds(10));
      HostKernel late = network.host("late", "20.0.0.99/24");
      assertThat(network.answerer(client, nobody)).isEqualTo("late");
      assertThat(late.hasAddress(nobody)).isTrue();
    }

    @Test
    void aHostAnswersForItsAddressesOnOtherInterfacesToo() {
      network.connect(a, "eth1", network.segment("other"), "30.0.0.1/24");
      client.calls().addAddress("p", "eth0", IpPrefix.parse("30.0.0.9/24").orElseThrow(), 0);
      IpAddress onTheOtherSide = IpAddress.of("30.0.0.1");
      network.ping(client, onTheOtherSide);
      assertThat(eth0(client).neighborMac(onTheOtherSide)).contains(mac(a));
    }
  }

  @Nested
  class Ageing {
    @Test
    void anEntryIsStaleAfterThirtySecondsWithoutUse() {
      network.ping(client, addressOfA);
      network.seconds(29.9);
      assertThat(state(addressOfA)).isEqualTo(NeighborState.REACHABLE);
      network.seconds(0.2);
      assertThat(state(addressOfA)).isEqualTo(NeighborState.STALE);
    }

    @Test
    void aStaleEntryIsUsedAtOnceAndAnsweredTrafficConfirmsIt() {
      network.ping(client, addressOfA);
      network.seconds(60);
      network.arpSeen();
      assertThat(network.answerer(client, addressOfA)).isEqualTo("a");
      assertThat(state(addressOfA)).isEqualTo(NeighborState.DELAY);
      network.seconds(5);
      assertThat(state(addressOfA)).isEqualTo(NeighborState.REACHABLE);
      assertThat(network.arpSeen())
          .noneMatch(
              p ->
                  p.senderMac().equals(mac(client))
                      && p.operation() == ArpPacket.Operation.REQUEST);
    }

    @Test
    void withoutConfirmationTheOldHolderIsAskedThriceThenEverybody() {
      takeVip(a);
      network.ping(client, VIP);
      dropVip(a);
      network.seconds(31);
      network.arpSeen();
      assertThat(network.answerer(client, VIP)).isEqualTo("timeout");
      network.seconds(4.4);
      assertThat(state(VIP)).isEqualTo(NeighborState.DELAY);
      network.seconds(0.2);
      assertThat(state(VIP)).isEqualTo(NeighborState.PROBE);
      network.seconds(3);
      assertThat(state(VIP)).isEqualTo(NeighborState.FAILED);
      assertThat(network.arpSeen()).hasSize(3).allMatch(p -> p.targetAddress().equals(VIP));
      takeVip(b);
      assertThat(network.answerer(client, VIP)).isEqualTo("b");
    }

    @Test
    void theEntryOfALinkThatWentDownIsForgotten() {
      network.ping(client, addressOfA);
      client.setPlugged("eth0", false, 0);
      assertThat(eth0(client).neighborState(addressOfA)).isEmpty();
    }
  }

  @Nested
  class Announcements {
    @Test
    void changeAnExistingEntry() {
      takeVip(a);
      network.ping(client, VIP);
      dropVip(a);
      takeVip(b);
      announceVip(b);
      network.run(Duration.ofMillis(1));
      assertThat(eth0(client).neighborMac(VIP)).contains(mac(b));
      assertThat(network.answerer(client, VIP)).isEqualTo("b");
    }

    @Test
    void makeNoNewEntry() {
      takeVip(b);
      announceVip(b);
      network.run(Duration.ofMillis(1));
      assertThat(eth0(client).neighborState(VIP)).isEmpty();
    }

    @Test
    void areNotAnsweredByAnotherHolder() {
      takeVip(a);
      takeVip(b);
      announceVip(b);
      network.run(Duration.ofMillis(1));
      assertThat(network.arpSeen()).hasSize(1);
    }

    @Test
    void lostOnesLeaveTheVipDarkUntilTheEntryHasAged() {
      takeVip(a);
      network.ping(client, VIP);
      dropVip(a);
      network.lan.install(LinkRule.loseGarp("x", Selector.everyone(), Selector.everyone()));
      takeVip(b);
      announceVip(b);
      double dark = 0;
      while (!network.answerer(client, VIP).equals("b")) {
        dark += 0.5;
        assertThat(dark).isLessThan(60);
      }
      assertThat(dark).isBetween(36.0, 39.5);
    }
  }

  @Nested
  class TwoHolders {
    @Test
    void theFirstAnswerWinsWithinASecond() {
      takeVip(a);
      takeVip(b);
      assertThat(network.answerer(client, VIP)).isEqualTo("a");
      network.seconds(0.5);
      assertThat(eth0(client).neighborMac(VIP)).contains(mac(a));
    }

    @Test
    void whoAnnouncesLastWins() {
      takeVip(a);
      takeVip(b);
      network.ping(client, VIP);
      announceVip(b);
      network.run(Duration.ofMillis(1));
      assertThat(network.answerer(client, VIP)).isEqualTo("b");
      announceVip(a);
      network.run(Duration.ofMillis(1));
      assertThat(network.answerer(client, VIP)).isEqualTo("a");
    }
  }

  @Test
  void gratuitousArpIsTheBroadcastRequestThatKeepalivedSends() {
    takeVip(a);
    announceVip(a);
    network.run(Duration.ofMillis(1));
    assertThat(network.arpSeen())
        .isEqualTo(List.of(ArpPacket.gratuitous(mac(a), (IpAddress.V4) VIP)));
  }
}
