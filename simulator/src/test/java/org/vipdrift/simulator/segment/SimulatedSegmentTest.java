package org.vipdrift.simulator.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.ArpPacket;
import org.vipdrift.model.frame.EthernetFrame;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.segment.LinkRule;
import org.vipdrift.model.segment.SegmentSettings;
import org.vipdrift.model.segment.SnoopingSettings;
import org.vipdrift.model.segment.Treatment;
import org.vipdrift.simulator.time.VirtualTime;

class SimulatedSegmentTest {
  private static final long LATENCY = 50_000;

  private final VirtualTime time = new VirtualTime();
  private final SimulatedSegment segment =
      new SimulatedSegment(
          "lan", SegmentSettings.ofLatency(Duration.ofNanos(LATENCY)), time, SplitRandom.ofSeed(1));
  private final List<String> happened = new ArrayList<>();
  private final SegmentPort a = attach("a");
  private final SegmentPort b = attach("b");
  private final SegmentPort c = attach("c");
  private final Octets broadcast =
      EthernetFrame.encode(
          MacAddress.BROADCAST,
          new MacAddress(0x525400000001L),
          ArpPacket.gratuitous(
              new MacAddress(0x525400000001L), (IpAddress.V4) IpAddress.of("20.0.0.1")));

  private SegmentPort attach(String name) {
    return segment.attach(
        name,
        new FrameReceiver() {
          @Override
          public void frameArrived(Octets frame, long cause) {
            happened.add(name + " frame " + cause + " at " + time.nowNanos());
          }

          @Override
          public void carrierChanged(boolean carrier, long cause) {
            happened.add(name + (carrier ? " plugged " : " unplugged ") + cause);
          }
        });
  }

  private void run() {
    while (time.runNext(Long.MAX_VALUE)) {
      continue;
    }
  }

  @Test
  void aBroadcastReachesEverybodyElseAfterTheLatencyWithItsCause() {
    a.transmit(broadcast, 7);
    run();
    assertThat(happened).containsExactly("b frame 7 at 50000", "c frame 7 at 50000");
  }

  @Test
  void pullingTheCableIsToldOnceAndLosesWhatIsOnItsWay() {
    a.transmit(broadcast, 0);
    b.setPlugged(false, 3);
    b.setPlugged(false, 4);
    run();
    assertThat(happened).containsExactly("b unplugged 3", "c frame 0 at 50000");
    b.transmit(broadcast, 0);
    run();
    assertThat(happened).hasSize(2);
    b.setPlugged(true, 5);
    assertThat(happened).last().isEqualTo("b plugged 5");
  }

  @Test
  void aRuleHoldsUntilItIsRemoved() {
    segment.install(LinkRule.everywhere("x", new Treatment.Drop()));
    a.transmit(broadcast, 0);
    run();
    assertThat(happened).isEmpty();
    assertThat(segment.removeRules("x")).isTrue();
    assertThat(segment.removeRules("x")).isFalse();
    a.transmit(broadcast, 0);
    run();
    assertThat(happened).hasSize(2);
  }

  @Test
  void aDelayedFrameArrivesLater() {
    segment.install(
        LinkRule.everywhere("x", new Treatment.Delay(Duration.ofMillis(400), Duration.ZERO)));
    a.transmit(broadcast, 0);
    run();
    assertThat(happened).first().isEqualTo("b frame 0 at 400050000");
  }

  @Test
  void duplicatesAreTwoArrivals() {
    segment.install(LinkRule.everywhere("x", new Treatment.Duplicate(100)));
    a.transmit(broadcast, 0);
    run();
    assertThat(happened).hasSize(4);
  }

  @Test
  void aStormOfTwiceTheCapacityLosesAboutHalf() {
    segment.startStorm("storm", 2 * 1e9 / 8 / 1538);
    time.advanceTo(1_000_000_000);
    for (int i = 0; i < 1000; i++) {
      a.transmit(broadcast, 0);
    }
    run();
    assertThat(happened).hasSizeBetween(800, 1200);
    segment.endStorm("storm");
    happened.clear();
    time.advanceTo(2_000_000_000);
    a.transmit(broadcast, 0);
    run();
    assertThat(happened).hasSize(2);
  }

  @Test
  void theTapSeesEachFrameOnceWhereItEnters() {
    List<String> seen = new ArrayList<>();
    segment.tap((at, port, frame) -> seen.add(at + " " + port + " " + frame.length()));
    c.transmit(broadcast, 0);
    run();
    assertThat(seen).containsExactly("0 c 42");
  }

  @Test
  void theTapSeesTheSwitchsOwnQueryOnceThoughEveryPortGetsIt() {
    List<String> seen = new ArrayList<>();
    segment.tap((at, port, frame) -> seen.add(at + " " + port + " " + frame.length()));
    segment.snoop(Optional.of(new SnoopingSettings(true, true)));
    time.runNext(0);
    segment.snoop(Optional.empty());
    run();
    assertThat(seen).containsExactly("0 switch 50");
    assertThat(happened).hasSize(3);
  }
}
