package org.vipdrift.model.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.EthernetFrame;
import org.vipdrift.model.frame.GroupQuery;
import org.vipdrift.model.frame.GroupReport.Change;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.Ipv4Packet;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;

class LearningSwitchTest {
  @Nested
  class Learning {
    private final Wire wire = Wire.plain();

    @Test
    void frameToAnUnknownAddressGoesEverywhereButBack() {
      assertThat(wire.reached(1, Wire.unicast(1, 2), 0)).containsExactly(2, 3);
    }

    @Test
    void frameToALearnedAddressGoesToItsPortAlone() {
      wire.send(2, Wire.arpRequest(2, 1), 0);
      assertThat(wire.reached(1, Wire.unicast(1, 2), 1)).containsExactly(2);
    }

    @Test
    void frameToAnAddressBehindItsOwnPortGoesNowhere() {
      wire.send(1, Wire.arpRequest(2, 3), 0);
      assertThat(wire.reached(1, Wire.unicast(1, 2), 1)).isEmpty();
      assertThat(wire.losses).isEmpty();
    }

    @Test
    void broadcastAndMulticastGoEverywhereButBack() {
      assertThat(wire.reached(1, Wire.arpRequest(1, 2), 0)).containsExactly(2, 3);
      assertThat(wire.reached(2, Wire.advert(2), 0)).containsExactly(1, 3);
    }

    @Test
    void addressNotHeardForTheAgeingTimeIsForgotten() {
      wire.send(2, Wire.arpRequest(2, 1), 0);
      assertThat(wire.reached(1, Wire.unicast(1, 2), 300)).containsExactly(2);
      assertThat(wire.reached(1, Wire.unicast(1, 2), 300.001)).containsExactly(2, 3);
    }

    @Test
    void addressHeardAgainStaysLearned() {
      wire.send(2, Wire.arpRequest(2, 1), 0);
      wire.send(2, Wire.unicast(2, 1), 200);
      assertThat(wire.reached(1, Wire.unicast(1, 2), 450)).containsExactly(2);
    }

    @Test
    void addressMovesToThePortWhereItIsHeardLast() {
      MacAddress virtual = MacAddress.ofVirtualRouter(51, IpFamily.IPV4);
      wire.send(1, toVirtual(virtual, 1), 0);
      assertThat(wire.segment.portOf(virtual, 0)).contains(wire.port(1));
      wire.send(2, toVirtual(virtual, 2), 1);
      assertThat(wire.segment.portOf(virtual, Wire.seconds(1))).contains(wire.port(2));
    }

    private Octets toVirtual(MacAddress source, int host) {
      return new EthernetFrame(MacAddress.BROADCAST, source, 0x0806, Wire.garp(host).slice(14, 42))
          .encode();
    }

    @Test
    void everyFrameTakesTheLatencyOverAnIdlePort() {
      assertThat(wire.send(1, Wire.advert(1), 0))
          .extracting(Delivery::delay)
          .containsExactly(Wire.LATENCY, Wire.LATENCY);
    }

    @Test
    void bytesArriveAsTheyWereSent() {
      assertThat(wire.send(1, Wire.advert(1), 0))
          .extracting(Delivery::frame)
          .containsOnly(Wire.advert(1));
    }

    @Test
    void runtsAndFramesFromAGroupAddressAreDiscarded() {
      Octets fromGroup =
          new EthernetFrame(Wire.mac(2), MacAddress.BROADCAST, 0x0800, Octets.EMPTY).encode();
      assertThat(wire.reached(1, Octets.ofHex("ffffffffffff"), 0)).isEmpty();
      assertThat(wire.reached(1, fromGroup, 0)).isEmpty();
      assertThat(wire.losses)
          .containsExactly(new LossCause.BrokenFrame(), new LossCause.BrokenFrame());
    }

    @Test
    void portNamesAreUnique() {
      assertThatThrownBy(() -> wire.segment.addPort("host1:eth0"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Carrier {
    private final Wire wire = Wire.plain();

    @Test
    void unpluggedPortNeitherSendsNorReceives() {
      wire.segment.setCarrier(wire.port(2), false, 0);
      assertThat(wire.reached(1, Wire.advert(1), 1)).containsExactly(3);
      assertThat(wire.reached(2, Wire.advert(2), 1)).isEmpty();
      assertThat(wire.losses).containsExactly(new LossCause.NoCarrier(), new LossCause.NoCarrier());
    }

    @Test
    void switchForgetsWhatWasBehindAnUnpluggedPort() {
      wire.send(2, Wire.arpRequest(2, 1), 0);
      wire.send(3, Wire.arpRequest(3, 1), 0);
      wire.segment.setCarrier(wire.port(2), false, Wire.seconds(1));
      wire.segment.setCarrier(wire.port(2), true, Wire.seconds(2));
      assertThat(wire.reached(1, Wire.unicast(1, 2), 3)).containsExactly(2, 3);
      assertThat(wire.reached(1, Wire.unicast(1, 3), 3)).containsExactly(3);
    }
  }

  @Nested
  class Snooping {
    private Wire snooping(boolean querier, boolean linkLocalPruned) {
      return new Wire(
          SegmentSettings.ofLatency(Wire.LATENCY)
              .withIgmpSnooping(new SnoopingSettings(querier, linkLocalPruned)));
    }

    @Test
    void advertsReachMembersOnlyWhereLinkLocalGroupsArePruned() {
      Wire wire = snooping(false, true);
      wire.send(2, Wire.report(2, Change.JOINED), 0);
      assertThat(wire.reached(1, Wire.advert(1), 1)).containsExactly(2);
      assertThat(wire.losses).containsExactly(new LossCause.Pruned());
    }

    @Test
    void membershipIsForgottenAfter260SecondsWithoutAQuerier() {
      Wire wire = snooping(false, true);
      wire.send(2, Wire.report(2, Change.JOINED), 0);
      assertThat(wire.query(125)).isEmpty();
      assertThat(wire.reached(1, Wire.advert(1), 259.999)).containsExactly(2);
      assertThat(wire.reached(1, Wire.advert(1), 260)).isEmpty();
    }

    @Test
    void querierKeepsMembershipAliveAsHostsAnswer() {
      Wire wire = snooping(true, true);
      wire.send(2, Wire.report(2, Change.JOINED), 0);
      for (double at = 0; at <= 600; at += 31.25) {
        if (wire.query(at).contains(2)) {
          wire.send(2, Wire.report(2, Change.MEMBER), at + 5);
        }
        assertThat(wire.reached(1, Wire.advert(1), at + 6)).containsExactly(2);
      }
    }

    @Test
    void querierAsksAtOnceAgainAfterAQuarterAndThenEvery125Seconds() {
      Wire wire = snooping(true, true);
      assertThat(wire.segment.nextQuerierTick()).hasValue(0);
      assertThat(wire.query(0)).containsExactly(1, 2, 3);
      assertThat(wire.query(1)).isEmpty();
      assertThat(wire.segment.nextQuerierTick()).hasValue(Wire.seconds(31.25));
      assertThat(wire.query(31.25)).containsExactly(1, 2, 3);
      assertThat(wire.segment.nextQuerierTick()).hasValue(Wire.seconds(156.25));
    }

    @Test
    void advertsGoEverywhereWhereLinkLocalGroupsAreSparedAsTheyMustBe() {
      Wire wire = snooping(false, false);
      assertThat(wire.reached(1, Wire.advert(1), 1000)).containsExactly(2, 3);
      assertThat(wire.reached(1, Wire.multicast(1, IpAddress.of("239.1.2.3")), 1000)).isEmpty();
    }

    @Test
    void broadcastUnicastAndIpv6AreNotPruned() {
      Wire wire = snooping(false, true);
      assertThat(wire.reached(1, Wire.arpRequest(1, 2), 0)).containsExactly(2, 3);
      assertThat(wire.reached(1, Wire.unicast(1, 2), 0)).containsExactly(2, 3);
      assertThat(wire.reached(1, Wire.multicast(1, IpAddress.of("224.0.0.1")), 0))
          .containsExactly(2, 3);
    }

    @Test
    void memberThatLeavesIsForgottenTwoSecondsLater() {
      Wire wire = snooping(true, true);
      wire.send(2, Wire.report(2, Change.JOINED), 0);
      wire.send(2, Wire.report(2, Change.LEFT), 10);
      assertThat(wire.reached(1, Wire.advert(1), 11.9)).containsExactly(2);
      assertThat(wire.reached(1, Wire.advert(1), 12)).isEmpty();
    }

    @Test
    void routerThatAsksHearsReportsAndEveryGroup() {
      Wire wire = snooping(false, true);
      Ipv4Packet query = (Ipv4Packet) GroupQuery.general(IpFamily.IPV4).toPacket(Wire.address(3));
      Octets frame =
          EthernetFrame.encode(MacAddress.ofMulticast(query.destination()), Wire.mac(3), query);
      assertThat(wire.reached(3, frame, 0)).containsExactly(1, 2);
      assertThat(wire.reached(2, Wire.report(2, Change.MEMBER), 1)).containsExactly(3);
      assertThat(wire.reached(1, Wire.advert(1), 2)).containsExactly(2, 3);
      assertThat(wire.reached(1, Wire.advert(1), 255)).containsExactly(2);
    }

    @Test
    void unpluggingForgetsTheMember() {
      Wire wire = snooping(false, true);
      wire.send(2, Wire.report(2, Change.JOINED), 0);
      wire.segment.setCarrier(wire.port(2), false, 1);
      wire.segment.setCarrier(wire.port(2), true, 2);
      assertThat(wire.reached(1, Wire.advert(1), 3)).isEmpty();
    }

    @Test
    void snoopingThatBeginsKnowsNobodyAndOnceEndedPrunesNothing() {
      Wire wire = Wire.plain();
      wire.send(2, Wire.report(2, Change.JOINED), 0);
      wire.segment.snoop(Optional.of(new SnoopingSettings(false, true)), Wire.seconds(5));
      assertThat(wire.reached(1, Wire.advert(1), 6)).isEmpty();
      wire.segment.snoop(Optional.empty(), Wire.seconds(7));
      assertThat(wire.reached(1, Wire.advert(1), 8)).containsExactly(2, 3);
    }
  }

  @Nested
  class Storm {
    @Test
    void framesThatCrowdAPortWaitBehindEachOther() {
      Wire wire = Wire.plain();
      // 54 octets take 672 ns of a gigabit: 60 at least, and 24 around them.
      assertThat(wire.send(1, Wire.advert(1), 0).getFirst().delayNanos()).isEqualTo(50_000);
      assertThat(wire.send(3, Wire.advert(3), 0).get(1).delayNanos()).isEqualTo(50_672);
    }

    @Test
    void floodOfFramesFillsTheQueueUntilOthersAreDropped() {
      Wire wire =
          new Wire(
              SegmentSettings.ofLatency(Wire.LATENCY)
                  .withPortRate(new PortRate(10_000_000, 40 * 1538)));
      Octets big =
          new EthernetFrame(
                  MacAddress.BROADCAST, Wire.mac(3), 0x88b5, Octets.copyOf(new byte[1500]))
              .encode();
      for (int i = 0; i < 60; i++) {
        wire.send(3, big, 0);
      }
      wire.losses.clear();
      assertThat(wire.reached(1, Wire.advert(1), 0)).containsExactly(3);
      assertThat(wire.losses).containsExactly(new LossCause.QueueFull());
      assertThat(wire.send(1, Wire.advert(1), 0.01).getFirst().delay())
          .isBetween(Duration.ofMillis(39), Duration.ofMillis(40));
      assertThat(wire.send(1, Wire.advert(1), 1).getFirst().delay()).isEqualTo(Wire.LATENCY);
    }

    @Test
    void stormBeyondThePortsCapacityCrowdsOutItsShareOfTheOthers() {
      Wire wire = Wire.plain();
      // 162,548 full frames a second are twice a gigabit.
      wire.segment.startStorm("storm", Optional.of(wire.port(3)), 162_548, 1514, 0);
      int arrived = 0;
      for (int i = 1; i <= 2000; i++) {
        arrived += wire.reached(1, Wire.advert(1), i).contains(2) ? 1 : 0;
      }
      assertThat(arrived).isBetween(900, 1100);
      assertThat(wire.send(2, Wire.advert(2), 2001))
          .filteredOn(delivery -> delivery.egress().equals(wire.port(3)))
          .extracting(Delivery::delay)
          .containsExactly(Wire.LATENCY);
    }

    @Test
    void frameThatGetsThroughAStormIsLateByAFullQueue() {
      Wire wire = Wire.plain();
      wire.segment.startStorm("storm", Optional.empty(), 162_548, 1514, 0);
      List<Delivery> all =
          IntStream.range(1, 20)
              .mapToObj(at -> wire.send(1, Wire.advert(1), at))
              .flatMap(List::stream)
              .toList();
      assertThat(all)
          .isNotEmpty()
          .allSatisfy(delivery -> assertThat(delivery.delayNanos()).isEqualTo(4_244_304L));
    }

    @Test
    void stormWithinThePortsCapacityHarmsNobody() {
      Wire wire = Wire.plain();
      wire.segment.startStorm("storm", Optional.empty(), 40_000, 1514, 0);
      assertThat(wire.send(1, Wire.advert(1), 5))
          .extracting(Delivery::delay)
          .containsExactly(Wire.LATENCY, Wire.LATENCY);
    }

    @Test
    void portsRecoverOnceTheStormIsOver() {
      Wire wire = Wire.plain();
      wire.segment.startStorm("storm", Optional.empty(), 1_000_000, 1514, 0);
      wire.segment.endStorm("storm", Wire.seconds(10));
      assertThat(wire.send(1, Wire.advert(1), 10.005))
          .extracting(Delivery::delay)
          .containsExactly(Wire.LATENCY, Wire.LATENCY);
    }
  }

  @Test
  void sameSeedGivesTheSameFateFrameByFrame() {
    assertThat(fates(7)).isEqualTo(fates(7)).isNotEqualTo(fates(8));
  }

  private static String fates(long seed) {
    LearningSwitch segment =
        new LearningSwitch(
            SegmentSettings.ofLatency(Wire.LATENCY), SplitRandom.ofSeed(seed).split("lan"));
    PortId one = segment.addPort("one");
    segment.addPort("two");
    segment.install(LinkRule.everywhere("loss", new Treatment.LoseFraction(30)));
    segment.install(
        LinkRule.everywhere("jitter", new Treatment.Delay(Duration.ZERO, Duration.ofMillis(5))));
    StringBuilder fates = new StringBuilder();
    for (int at = 0; at < 200; at++) {
      fates.append(segment.forward(one, Wire.advert(1), at));
    }
    return fates.toString();
  }
}
