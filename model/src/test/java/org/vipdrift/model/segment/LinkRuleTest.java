package org.vipdrift.model.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.EthernetFrame;
import org.vipdrift.model.frame.FrameDescription;
import org.vipdrift.model.frame.IcmpEcho;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.NeighborAdvertisement;
import org.vipdrift.model.frame.Octets;

class LinkRuleTest {
  private static final Treatment DROP = new Treatment.Drop();
  private static final int MANY = 10_000;

  private final Wire wire = Wire.plain();

  private void install(Selector from, Selector to, FrameMatch match, Treatment treatment) {
    wire.segment.install(new LinkRule("rule", from, to, match, treatment));
  }

  private void everywhere(Treatment treatment) {
    wire.segment.install(LinkRule.everywhere("rule", treatment));
  }

  /** For each of many adverts of host 1, whether it reached host 2. */
  private static List<Boolean> arrivals(Wire wire) {
    List<Boolean> arrivals = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      arrivals.add(wire.reached(1, Wire.advert(1), i).contains(2));
    }
    return arrivals;
  }

  private static double lostPercent(List<Boolean> arrivals) {
    return 100.0 * arrivals.stream().filter(arrived -> !arrived).count() / arrivals.size();
  }

  @Nested
  class Partition {
    @Test
    void membersOfDifferentGroupsDoNotHearEachOther() {
      LinkRule.partition("split", List.of(List.of(wire.port(1)), List.of(wire.port(2))), false)
          .forEach(wire.segment::install);
      assertThat(wire.reached(1, Wire.advert(1), 0)).containsExactly(3);
      assertThat(wire.reached(2, Wire.advert(2), 0)).containsExactly(3);
      assertThat(wire.reached(3, Wire.advert(3), 0)).containsExactly(1, 2);
      assertThat(wire.losses).containsOnly(new LossCause.ByRule("split"));
    }

    @Test
    void oneWayPartitionLetsTheOtherWayThrough() {
      LinkRule.partition("split", List.of(List.of(wire.port(1)), List.of(wire.port(2))), true)
          .forEach(wire.segment::install);
      assertThat(wire.reached(1, Wire.advert(1), 0)).containsExactly(3);
      assertThat(wire.reached(2, Wire.advert(2), 0)).containsExactly(1, 3);
    }

    @Test
    void threeGroupsAreAllApart() {
      List<List<PortId>> groups =
          List.of(List.of(wire.port(1)), List.of(wire.port(2)), List.of(wire.port(3)));
      assertThat(LinkRule.partition("split", groups, false)).hasSize(6);
      assertThat(LinkRule.partition("split", groups, true)).hasSize(3);
    }

    @Test
    void removingTheNameHealsAllOfIt() {
      LinkRule.partition("split", List.of(List.of(wire.port(1)), List.of(wire.port(2))), false)
          .forEach(wire.segment::install);
      assertThat(wire.segment.removeRules("split")).isTrue();
      assertThat(wire.segment.removeRules("split")).isFalse();
      assertThat(wire.segment.rules()).isEmpty();
      assertThat(wire.reached(1, Wire.advert(1), 0)).containsExactly(2, 3);
    }
  }

  @Nested
  class Loss {
    @Test
    void fortyPercentAreLostInTheLongRun() {
      everywhere(new Treatment.LoseFraction(40));
      assertThat(lostPercent(arrivals(wire))).isBetween(38.5, 41.5);
    }

    @Test
    void linksLoseIndependentlyOfEachOther() {
      everywhere(new Treatment.LoseFraction(50));
      int same = 0;
      for (int i = 0; i < MANY; i++) {
        List<Integer> reached = wire.reached(1, Wire.advert(1), i);
        same += reached.contains(2) == reached.contains(3) ? 1 : 0;
      }
      assertThat(same).isBetween(MANY * 48 / 100, MANY * 52 / 100);
    }

    @Test
    void burstsLoseTheirAverageInLongRuns() {
      Treatment.LoseBursts bursts = new Treatment.LoseBursts(2, 20, 100, 0);
      everywhere(bursts);
      List<Boolean> arrivals = arrivals(wire);
      assertThat(bursts.averageLoss()).isBetween(9.0, 9.2);
      assertThat(lostPercent(arrivals)).isBetween(7.5, 10.7);
      int runs = 0;
      for (int i = 1; i < arrivals.size(); i++) {
        runs += arrivals.get(i - 1) && !arrivals.get(i) ? 1 : 0;
      }
      double meanRun = arrivals.stream().filter(arrived -> !arrived).count() / (double) runs;
      assertThat(meanRun).isBetween(4.3, 5.7);
    }

    @Test
    void ruleTakenAwayDoesNotChangeWhatAnotherDoes() {
      Wire both = Wire.plain();
      both.segment.install(
          new LinkRule(
              "other",
              Selector.of(both.port(1)),
              Selector.of(both.port(3)),
              new FrameMatch.Any(),
              new Treatment.LoseFraction(50)));
      both.segment.install(LinkRule.everywhere("loss", new Treatment.LoseFraction(40)));
      Wire alone = Wire.plain();
      alone.segment.install(LinkRule.everywhere("loss", new Treatment.LoseFraction(40)));
      assertThat(arrivals(both)).isEqualTo(arrivals(alone));
    }

    @Test
    void probabilityBeyondHundredIsRefused() {
      assertThatThrownBy(() -> new Treatment.LoseFraction(101))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Treatment.LoseFraction(Double.NaN))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Change {
    @Test
    void delayComesOnTopOfTheLatency() {
      everywhere(new Treatment.Delay(Duration.ofMillis(3), Duration.ZERO));
      assertThat(wire.send(1, Wire.advert(1), 0).getFirst().delay())
          .isEqualTo(Duration.ofNanos(3_050_000));
    }

    @Test
    void jitterSpreadsDelaysOverItsWholeRange() {
      everywhere(new Treatment.Delay(Duration.ofMillis(1), Duration.ofMillis(10)));
      List<Long> delays = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        delays.add(wire.send(1, Wire.advert(1), i).getFirst().delayNanos() - 50_000);
      }
      assertThat(delays).allMatch(delay -> delay >= 1_000_000 && delay < 11_000_000);
      assertThat(delays).anyMatch(delay -> delay < 1_500_000);
      assertThat(delays).anyMatch(delay -> delay > 10_500_000);
    }

    @Test
    void duplicateArrivesTwice() {
      everywhere(new Treatment.Duplicate(100));
      assertThat(wire.reached(1, Wire.advert(1), 0)).containsExactly(2, 2, 3, 3);
    }

    @Test
    void heldBackFrameIsOvertaken() {
      everywhere(new Treatment.Reorder(30, Duration.ofSeconds(2)));
      int held = 0;
      for (int i = 0; i < MANY; i++) {
        held += wire.send(1, Wire.advert(1), i).getFirst().delayNanos() > 1_000_000_000 ? 1 : 0;
      }
      assertThat(held).isBetween(MANY * 28 / 100, MANY * 32 / 100);
    }

    @Test
    void corruptFrameDiffersInOneBit() {
      everywhere(new Treatment.Corrupt(100));
      for (int i = 0; i < 200; i++) {
        byte[] sent = Wire.advert(1).toByteArray();
        byte[] arrived = wire.send(1, Wire.advert(1), i).getFirst().frame().toByteArray();
        int flipped = 0;
        for (int at = 0; at < sent.length; at++) {
          flipped += Integer.bitCount((sent[at] ^ arrived[at]) & 0xff);
        }
        assertThat(flipped).isEqualTo(1);
      }
    }

    @Test
    void delayAndLossAddUp() {
      everywhere(new Treatment.Delay(Duration.ofMillis(3), Duration.ZERO));
      wire.segment.install(LinkRule.everywhere("loss", new Treatment.LoseFraction(40)));
      assertThat(lostPercent(arrivals(wire))).isBetween(38.5, 41.5);
    }

    @Test
    void ruleThatPassesAFrameShieldsItFromLaterRules() {
      install(
          Selector.everyone(), Selector.everyone(), new FrameMatch.Vrrp(), new Treatment.Pass());
      wire.segment.install(LinkRule.everywhere("wall", DROP));
      assertThat(wire.reached(1, Wire.advert(1), 0)).containsExactly(2, 3);
      assertThat(wire.reached(1, Wire.arpRequest(1, 2), 0)).isEmpty();
    }
  }

  @Nested
  class Matching {
    private final Octets ping =
        EthernetFrame.encode(
            MacAddress.BROADCAST,
            Wire.mac(1),
            new IcmpEcho(true, 1, 1, Octets.EMPTY).toPacket(Wire.address(1), Wire.address(2), 64));
    private final Octets announcementV6 =
        EthernetFrame.encode(
            MacAddress.BROADCAST,
            Wire.mac(1),
            NeighborAdvertisement.unsolicited(
                    (IpAddress.V6) IpAddress.of("2001:db8::100"), Wire.mac(1), false)
                .toPacket(IpAddress.of("2001:db8::100"), NeighborAdvertisement.ALL_NODES, 255));
    private final List<Octets> frames =
        List.of(
            Wire.advert(1),
            Wire.arpRequest(1, 2),
            Wire.garp(1),
            ping,
            announcementV6,
            Wire.unicast(1, 2));

    private List<String> lost(FrameMatch match) {
      Wire fresh = Wire.plain();
      fresh.segment.install(
          new LinkRule("rule", Selector.everyone(), Selector.everyone(), match, DROP));
      return frames.stream()
          .filter(frame -> fresh.reached(1, frame, 0).isEmpty())
          .map(FrameDescription::of)
          .toList();
    }

    private static final String ADVERT = "20.0.0.1 > 224.0.0.18: VRRP, ttl 255, length 20";
    private static final String ARP = "ARP, who has 20.0.0.2? tell 20.0.0.1";
    private static final String GARP =
        "ARP, gratuitous request, 20.0.0.100 is at 02:00:00:00:00:01";
    private static final String PING = "20.0.0.1 > 20.0.0.2: ICMP echo request, id 1, seq 1";
    private static final String ANNOUNCEMENT =
        "2001:db8::100 > ff02::1: neighbor advertisement override, 2001:db8::100 is at"
            + " 02:00:00:00:00:01";
    private static final String DATA = "20.0.0.1 > 20.0.0.2: UDP, ttl 64, length 20";

    @Test
    void eachMatchConcernsItsOwnFrames() {
      assertThat(lost(new FrameMatch.Any()))
          .containsExactly(ADVERT, ARP, GARP, PING, ANNOUNCEMENT, DATA);
      assertThat(lost(new FrameMatch.Vrrp())).containsExactly(ADVERT);
      assertThat(lost(new FrameMatch.GroupDestination())).containsExactly(ADVERT);
      assertThat(lost(new FrameMatch.Arp())).containsExactly(ARP, GARP);
      assertThat(lost(new FrameMatch.Garp())).containsExactly(GARP, ANNOUNCEMENT);
      assertThat(lost(new FrameMatch.Icmp())).containsExactly(PING, ANNOUNCEMENT);
    }

    @Test
    void addressesMatchByPrefix() {
      assertThat(lost(new FrameMatch.DestinationAddress(prefix("20.0.0.2"))))
          .containsExactly(PING, DATA);
      assertThat(lost(new FrameMatch.DestinationAddress(prefix("ff02::/16"))))
          .containsExactly(ANNOUNCEMENT);
      assertThat(lost(new FrameMatch.SourceAddress(prefix("20.0.0.0/24"))))
          .containsExactly(ADVERT, PING, DATA);
    }

    private static IpPrefix prefix(String text) {
      return IpPrefix.parse(text).orElseThrow();
    }

    @Test
    void rulesConcernOneDirectionOfALink() {
      install(Selector.of(wire.port(1)), Selector.of(wire.port(2)), new FrameMatch.Any(), DROP);
      assertThat(wire.reached(1, Wire.advert(1), 0)).containsExactly(3);
      assertThat(wire.reached(2, Wire.advert(2), 0)).containsExactly(1, 3);
    }

    @Test
    void loseGarpTakesAnnouncementsAlone() {
      wire.segment.install(
          LinkRule.loseGarp("garp", Selector.of(wire.port(1)), Selector.everyone()));
      assertThat(wire.reached(1, Wire.garp(1), 0)).isEmpty();
      assertThat(wire.reached(2, Wire.garp(2), 0)).containsExactly(1, 3);
      assertThat(wire.reached(1, Wire.arpRequest(1, 2), 0)).containsExactly(2, 3);
    }
  }
}
