package org.vipdrift.netio.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.segment.LinkRule;
import org.vipdrift.model.segment.PortId;
import org.vipdrift.model.segment.SegmentSettings;
import org.vipdrift.model.segment.Treatment;
import org.vipdrift.model.trace.TraceDetail.Ping;
import org.vipdrift.model.trace.TraceDetail.PingOutcome;

class RealTimeSegmentTest {
  private Machine left;
  private Machine right;
  private TapDevice leftCard;
  private TapDevice rightCard;
  private PortId leftPort;
  private PortId rightPort;
  private SwitchThread thread;
  private RealTimeSegment segment;

  @BeforeEach
  void plugTwoMachinesIn() throws IOException {
    List<String> missing =
        Requirement.all().stream()
            .filter(r -> r.isNeeded() && !r.isThere() && !r.what().equals("keepalived"))
            .map(Requirement::what)
            .toList();
    assumeTrue(missing.isEmpty(), () -> "needs " + missing);
    thread = SwitchThread.start("switch-test", System.nanoTime());
    segment =
        new RealTimeSegment(
            "lan",
            SegmentSettings.ofLatency(Duration.ofNanos(50_000)),
            thread,
            SplitRandom.ofSeed(1));
    left = Machine.client("left");
    right = Machine.client("right");
    leftCard = TapDevice.open(left.network(), "eth0");
    rightCard = TapDevice.open(right.network(), "eth0");
    leftPort = plugIn(left, leftCard, 1);
    rightPort = plugIn(right, rightCard, 2);
  }

  private PortId plugIn(Machine machine, TapDevice card, int number) throws IOException {
    machine.ip("address add 10.99.0." + number + "/24 dev eth0\nlink set dev eth0 up\n");
    return thread.ask(
        () -> {
          PortId port = segment.attach(machine.name(), card::write);
          thread.read(card, frame -> segment.forward(port, frame));
          return port;
        });
  }

  @AfterEach
  void unplugAll() {
    if (left != null) {
      left.close();
      right.close();
      thread.close();
      leftCard.close();
      rightCard.close();
    }
  }

  private long answered(int requests) throws IOException, InterruptedException {
    Client client =
        new Client(
            "left",
            "lan",
            new IpPrefix(IpAddress.v4(10, 99, 0, 1), 24),
            1,
            Optional.empty(),
            Client.Start.AT_ONCE,
            new Client.Pings(IpAddress.v4(10, 99, 0, 2)),
            Duration.ofMillis(10),
            Duration.ofMillis(200),
            Optional.of(requests));
    List<PingOutcome> outcomes = new ArrayList<>();
    Origin origin = new Origin(System.nanoTime());
    TraceRecorder trace =
        new TraceRecorder(origin, event -> outcomes.add(((Ping) event.detail()).outcome()));
    try (World world = new World("ping-test", origin)) {
      PingUser user =
          new PingUser(
              client,
              (Client.Pings) client.activity(),
              left,
              trace,
              (_, _) -> Optional.empty(),
              world);
      user.start();
      trace.tellUntil((requests * 10L + 400) * 1_000_000L);
      user.close();
    }
    assertThat(outcomes).hasSize(requests);
    return outcomes.stream().filter(PingOutcome.OK::equals).count();
  }

  private void change(Runnable what) {
    thread.ask(
        () -> {
          what.run();
          return "";
        });
  }

  @Test
  void machinesReachEachOtherThroughTheSwitch() throws IOException, InterruptedException {
    assertThat(answered(20)).isEqualTo(20);
  }

  @Test
  void aPartitionSeparatesThemUntilItIsHealed() throws IOException, InterruptedException {
    assertThat(answered(1)).isOne();
    change(
        () ->
            LinkRule.partition("p", List.of(List.of(leftPort), List.of(rightPort)), false)
                .forEach(segment::install));
    assertThat(answered(5)).isZero();
    change(() -> segment.removeRules("p"));
    assertThat(answered(5)).isEqualTo(5);
  }

  @Test
  void someFramesGetLostWhereTheLinkLosesSome() throws IOException, InterruptedException {
    assertThat(answered(1)).isOne();
    change(() -> segment.install(LinkRule.everywhere("l", new Treatment.LoseFraction(30))));
    assertThat(answered(100)).isBetween(20L, 80L);
  }

  @Test
  void aMachineWhoseCableIsOutSeesNoCarrierAndGetsNothing()
      throws IOException, InterruptedException {
    assertThat(answered(1)).isOne();
    change(() -> segment.setPlugged(rightPort, false));
    rightCard.setCarrier(false);
    assertThat(right.runInNetwork("", "ip", "link", "show", "eth0").output())
        .contains("NO-CARRIER");
    assertThat(answered(3)).isZero();
    change(() -> segment.setPlugged(rightPort, true));
    rightCard.setCarrier(true);
    assertThat(right.runInNetwork("", "ip", "link", "show", "eth0").output()).contains("LOWER_UP");
    assertThat(answered(3)).isEqualTo(3);
  }
}
