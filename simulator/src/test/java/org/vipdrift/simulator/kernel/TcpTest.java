package org.vipdrift.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipdrift.simulator.kernel.SmallNetwork.VIP;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.firewall.FirewallRule;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.Decoded;
import org.vipdrift.model.frame.FrameDescription;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.TcpHeader;
import org.vipdrift.model.frame.TcpSegment;
import org.vipdrift.simulator.kernel.tcp.Listener;

class TcpTest {
  private final SmallNetwork network = new SmallNetwork();
  private final HostKernel client = network.host("client", "20.0.0.10/24");
  private final HostKernel server = network.host("server", "20.0.0.20/24");

  private TcpProgram connect(int port) {
    return TcpProgram.connect(network, client, "20.0.0.20", port);
  }

  private static void filter(HostKernel host, PacketMatch match, FirewallRule.Target target) {
    host.changeFirewall(
        chains ->
            chains.append(
                new FirewallRule("fw", FirewallRule.Chain.IN, Optional.empty(), match, target)));
  }

  /** The TCP segments on the wire since the last call, as flags and length of data. */
  private List<String> segments() {
    List<String> seen = new ArrayList<>();
    for (SmallNetwork.Capture capture : network.frames) {
      if (IpPacket.decodeFrame(capture.frame())
              instanceof Decoded.Ok<? extends IpPacket>(var packet)
          && TcpSegment.decode(packet) instanceof Decoded.Ok<TcpSegment>(TcpSegment segment)) {
        seen.add(
            (packet.source().toString().endsWith(".10") ? "> " : "< ")
                + flags(segment)
                + (segment.data().length() > 0 ? " " + segment.data().length() : ""));
      }
    }
    network.frames.clear();
    return seen;
  }

  private static String flags(TcpSegment segment) {
    return (segment.has(TcpHeader.SYN) ? "S" : "")
        + (segment.has(TcpHeader.FIN) ? "F" : "")
        + (segment.has(TcpHeader.RST) ? "R" : "")
        + (segment.has(TcpHeader.PSH) ? "P" : "")
        + (segment.has(TcpHeader.ACK) ? "." : "");
  }

  /** When SYNs left, in milliseconds since the first. */
  private List<Long> synMillis() {
    List<Long> at = new ArrayList<>();
    for (SmallNetwork.Capture capture : network.frames) {
      if (FrameDescription.of(capture.frame()).contains("SYN seq")) {
        at.add(capture.at() / 1_000_000);
      }
    }
    return at.stream().map(each -> each - at.getFirst()).toList();
  }

  @Nested
  class Dialogue {
    @Test
    void aRequestIsAnsweredAndBothSidesClose() {
      List<TcpProgram> accepted = TcpProgram.listen(network, server, 80);
      TcpProgram browser = connect(80);
      network.seconds(0.01);
      assertThat(browser.heard).containsExactly("connected");
      browser.send("GET");
      network.seconds(0.01);
      TcpProgram web = accepted.getFirst();
      assertThat(web.text()).isEqualTo("GET");
      web.send("hello");
      web.connection().close(0);
      network.seconds(0.01);
      assertThat(browser.text()).isEqualTo("hello");
      assertThat(browser.heard).containsExactly("connected", "received", "finished");
      browser.connection().close(0);
      network.seconds(0.01);
      assertThat(segments())
          .containsExactly(
              "> S", "< S.", "> .", "> P. 3", "< .", "< P. 5", "< F.", "> .", "> .", "> F.", "< .");
      assertThat(web.connection().peerMac()).contains(SmallNetwork.mac(client));
    }
  }

  @Nested
  class Opening {
    @Test
    void whereNobodyListensItIsRefusedByReset() {
      TcpProgram browser = connect(80);
      network.seconds(0.01);
      assertThat(browser.heard).containsExactly("REFUSED");
      assertThat(segments()).containsExactly("> S", "< R.");
    }

    @Test
    void aSynIsSentAgainAfterOneThreeSevenSecondsAndGivenUpAfter127() {
      List<TcpProgram> accepted = TcpProgram.listen(network, server, 80);
      filter(server, new PacketMatch.Port(80), FirewallRule.Target.DROP);
      TcpProgram browser = connect(80);
      network.seconds(200);
      assertThat(synMillis()).containsExactly(0L, 1000L, 3000L, 7000L, 15000L, 31000L, 63000L);
      assertThat(browser.heard).containsExactly("TIMED_OUT");
      assertThat(browser.heardAt.getFirst() / 1_000_000).isEqualTo(127_000);
      assertThat(accepted).isEmpty();
    }

    @Test
    void aSynAckIsSentAgainFiveTimes() {
      TcpProgram.listen(network, server, 80);
      filter(
          client,
          new PacketMatch.Source(SmallNetwork.prefix("20.0.0.20/32")),
          FirewallRule.Target.DROP);
      connect(80).connection().close(0);
      network.seconds(0);
      TcpProgram browser = connect(80);
      network.seconds(0.5);
      browser.connection().close(0);
      network.seconds(200);
      assertThat(segments().stream().filter("< S."::equals)).hasSize(6 * 2);
    }

    @Test
    void aRejectingFirewallRefuses() {
      filter(server, new PacketMatch.Port(80), FirewallRule.Target.REJECT);
      TcpProgram browser = connect(80);
      network.seconds(0.01);
      assertThat(browser.heard).containsExactly("REFUSED");
    }

    @Test
    void withoutARouteItIsUnreachableButToldLater() {
      TcpProgram browser = TcpProgram.connect(network, client, "30.0.0.1", 80);
      assertThat(browser.heard).isEmpty();
      network.seconds(0.001);
      assertThat(browser.heard).containsExactly("UNREACHABLE");
    }

    @Test
    void whoDoesNotAnswerArpIsUnreachableAfterThreeSeconds() {
      TcpProgram browser = TcpProgram.connect(network, client, "20.0.0.99", 80);
      network.seconds(10);
      assertThat(browser.heard).containsExactly("UNREACHABLE");
      assertThat(browser.heardAt.getFirst() / 1_000_000).isEqualTo(3000);
    }

    @Test
    void aHostReachesItself() {
      List<TcpProgram> accepted = TcpProgram.listen(network, server, 80);
      for (String address : List.of("127.0.0.1", "20.0.0.20", "::1")) {
        TcpProgram browser = TcpProgram.connect(network, server, address, 80);
        browser.send("x");
        network.seconds(0.01);
        assertThat(accepted.removeFirst().text()).isEqualTo("x");
      }
      TcpProgram refused = TcpProgram.connect(network, server, "127.0.0.1", 81);
      network.seconds(0.01);
      assertThat(refused.heard).containsExactly("REFUSED");
    }

    @Test
    void aFullBacklogDropsSynsUntilTheProgramAccepts() {
      List<TcpProgram> accepted = new ArrayList<>();
      Listener listener = TcpProgram.listen(network, server, 80, 1, accepted);
      listener.pause(true);
      List<TcpProgram> browsers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        browsers.add(connect(80));
        network.seconds(0.01);
      }
      assertThat(browsers.get(1).heard).containsExactly("connected");
      assertThat(browsers.get(2).heard).isEmpty();
      assertThat(accepted).isEmpty();
      listener.pause(false);
      network.seconds(0.01);
      assertThat(accepted).hasSize(2);
      network.seconds(2);
      assertThat(browsers.get(2).heard).containsExactly("connected");
      assertThat(accepted).hasSize(3);
      assertThat(browsers.get(2).heardAt.getFirst()).isGreaterThan(1_000_000_000L);
    }

    @Test
    void theListenerOfTheAddressComesBeforeThatOfAll() {
      List<TcpProgram> all = TcpProgram.listen(network, server, 80);
      assertThat(
              server
                  .sockets()
                  .listen("p", Optional.of(VIP), 80, 10, (_, _) -> new TcpProgram(network)))
          .isEmpty();
      List<String> own = new ArrayList<>();
      server
          .sockets()
          .listen(
              "p",
              Optional.of(VIP),
              81,
              10,
              (_, _) -> {
                own.add("accepted");
                return new TcpProgram(network);
              })
          .orElseThrow();
      SmallNetwork.takeVip(server);
      TcpProgram.connect(network, client, "20.0.0.100", 80);
      TcpProgram.connect(network, client, "20.0.0.100", 81);
      TcpProgram refused = connect(81);
      network.seconds(0.1);
      assertThat(all).hasSize(1);
      assertThat(own).hasSize(1);
      assertThat(refused.heard).containsExactly("REFUSED");
    }
  }

  @Nested
  class Endings {
    private List<TcpProgram> accepted;
    private TcpProgram browser;
    private TcpProgram web;

    private void establish() {
      accepted = TcpProgram.listen(network, server, 80);
      browser = connect(80);
      network.seconds(0.01);
      browser.send("GET");
      network.seconds(0.01);
      web = accepted.getFirst();
      network.frames.clear();
    }

    @Test
    void theVipsNewHolderAnswersWithReset() {
      SmallNetwork.takeVip(server);
      accepted = TcpProgram.listen(network, server, 80);
      HostKernel other = network.host("other", "20.0.0.30/24");
      browser = TcpProgram.connect(network, client, "20.0.0.100", 80);
      browser.send("one");
      network.seconds(0.1);
      SmallNetwork.dropVip(server);
      SmallNetwork.takeVip(other);
      SmallNetwork.announceVip(other);
      network.seconds(0.1);
      browser.send("two");
      network.seconds(0.1);
      assertThat(browser.heard).containsExactly("connected", "RESET");
      assertThat(accepted.getFirst().text()).isEqualTo("one");
      assertThat(browser.connection().peerMac()).contains(SmallNetwork.mac(other));
    }

    @Test
    void aVipThatComesBackFindsItsConnectionsAlive() {
      SmallNetwork.takeVip(server);
      accepted = TcpProgram.listen(network, server, 80);
      browser = TcpProgram.connect(network, client, "20.0.0.100", 80);
      browser.send("one");
      network.seconds(0.1);
      SmallNetwork.dropVip(server);
      accepted.getFirst().send("lost");
      browser.send("two");
      network.seconds(2);
      assertThat(browser.text()).isEmpty();
      SmallNetwork.takeVip(server);
      network.seconds(10);
      assertThat(browser.text()).isEqualTo("lost");
      assertThat(accepted.getFirst().text()).isEqualTo("onetwo");
    }

    @Test
    void halfClosingLetsTheOtherSideGoOn() {
      establish();
      browser.connection().finish(0);
      network.seconds(0.01);
      assertThat(web.heard).containsExactly("received", "finished");
      assertThat(browser.connection().isOpen()).isFalse();
      web.send("answer");
      web.connection().close(0);
      network.seconds(0.01);
      assertThat(browser.text()).isEqualTo("answer");
      assertThat(browser.heard).endsWith("received", "finished");
    }

    @Test
    void dataForWhoHasClosedIsAnsweredWithReset() {
      establish();
      browser.connection().close(0);
      network.seconds(0.01);
      assertThat(web.heard).endsWith("finished");
      web.send("too late");
      network.seconds(0.01);
      assertThat(web.heard).endsWith("RESET");
    }

    @Test
    void abortingSendsReset() {
      establish();
      browser.connection().abort(0);
      network.seconds(0.01);
      assertThat(segments()).containsExactly("> R.");
      assertThat(web.heard).endsWith("RESET");
      assertThat(browser.heard).containsExactly("connected");
    }

    @Test
    void simultaneousClosingEndsBoth() {
      establish();
      browser.connection().close(0);
      web.connection().close(0);
      network.seconds(1);
      assertThat(segments()).containsExactly("> F.", "< F.", "< .", "> .");
      network.seconds(300);
      assertThat(network.frames).isEmpty();
    }

    @Test
    void anAnswerThatClosesAtOnceIsOneSegment() {
      establish();
      web.onData =
          () -> {
            web.send("bye");
            web.connection().close(0);
          };
      browser.onFinish = () -> browser.connection().close(0);
      browser.send("more");
      network.seconds(0.01);
      assertThat(segments()).containsExactly("> P. 4", "< FP. 3", "> F.", "< .");
    }

    @Test
    void theDeathOfAProcessClosesItsConnections() {
      establish();
      server.closeOwner("p");
      network.seconds(0.01);
      assertThat(browser.heard).endsWith("finished");
      assertThat(segments()).containsExactly("< F.", "> .");
      TcpProgram next = connect(80);
      network.seconds(0.01);
      assertThat(next.heard).containsExactly("REFUSED");
    }

    @Test
    void aPowerCutIsSilentAndTheNextSegmentAfterTheBootIsReset() {
      establish();
      server.powerOff(0);
      network.seconds(1);
      assertThat(browser.heard).containsExactly("connected");
      browser.send("anybody there?");
      network.seconds(5);
      assertThat(browser.heard).containsExactly("connected");
      server.powerOn(0);
      network.seconds(30);
      assertThat(browser.heard).containsExactly("connected", "RESET");
    }

    @Test
    void whatIsNotAcknowledgedIsGivenUpByTheRuleOfTcpRetries2() {
      establish();
      server.closeOwner("p");
      network.seconds(0.01);
      filter(server, new PacketMatch.Port(80), FirewallRule.Target.DROP);
      long from = network.time.nowNanos();
      browser.send("lost");
      network.seconds(3000);
      assertThat(browser.heard).endsWith("TIMED_OUT");
      // The first time-out at least 924.6 s after the first retransmission.
      assertThat((browser.heardAt.getLast() - from) / 1_000_000_000).isBetween(1040L, 1050L);
    }

    @Test
    void keepAliveFindsADeadPeer() {
      establish();
      browser.connection().keepAlive(Duration.ofSeconds(10), Duration.ofSeconds(2), 3);
      network.seconds(60);
      assertThat(browser.heard).containsExactly("connected");
      server.powerOff(0);
      long from = network.time.nowNanos();
      network.seconds(60);
      assertThat(browser.heard).endsWith("TIMED_OUT");
      assertThat(browser.heardAt.getLast() - from).isBetween(6_000_000_000L, 17_000_000_000L);
    }

    @Test
    void twoHostsForgetEverything() {
      establish();
      browser.connection().close(0);
      network.seconds(0.01);
      web.connection().close(0);
      network.seconds(100);
      assertThat(network.time.pending()).isZero();
    }
  }

  @Nested
  class Addresses {
    @Test
    void ipv6LeavesFromAnAddressThatIsGoneButIpv4DoesNot() {
      HostKernel other = network.host("other", "20.0.0.30/24", "2001:db8::30/64");
      HostKernel reader = network.host("reader", "20.0.0.40/24", "2001:db8::40/64");
      List<TcpProgram> accepted = TcpProgram.listen(network, other, 80);
      for (String address : List.of("20.0.0.30/24", "2001:db8::30/64")) {
        TcpProgram browser =
            TcpProgram.connect(network, reader, address.substring(0, address.indexOf('/')), 80);
        browser.send("GET");
        network.seconds(0.1);
        other.calls().removeAddress("p", "eth0", SmallNetwork.prefix(address), 0);
        // The network must stay reachable: only the source is gone.
        other
            .calls()
            .addAddress("p", "eth0", SmallNetwork.prefix(address.replace("30/", "31/")), 0);
        accepted.removeLast().send("hello");
        network.seconds(0.1);
        assertThat(browser.text()).isEqualTo(address.contains(":") ? "hello" : "");
      }
    }

    @Test
    void tenThousandAddressesAreOneNetwork() {
      TcpProgram.listen(network, server, 80);
      for (int i = 1; i <= 10_000; i++) {
        client
            .calls()
            .addAddress("p", "eth0", new IpPrefix(new IpAddress.V4(0x14000000 | 256 + i), 16), 0);
      }
      TcpProgram browser = new TcpProgram(network);
      client
          .sockets()
          .connect(
              "p",
              Optional.of(IpAddress.of("20.0.39.16")),
              IpAddress.of("20.0.0.20"),
              80,
              browser,
              0);
      network.seconds(5);
      // The server has no route back to 20.0.39.16 from its 20.0.0.0/24.
      assertThat(browser.heard).isEmpty();
      server.calls().addAddress("p", "eth0", SmallNetwork.prefix("20.0.0.20/16"), 0);
      network.seconds(5);
      assertThat(browser.heard).containsExactly("connected");
    }

    @Test
    void portsToOnePeerRunOutAfter28232AndComeBackAMinuteLater() {
      List<TcpProgram> accepted = TcpProgram.listen(network, server, 80);
      for (int i = 0; i < 28_232; i++) {
        TcpProgram browser = connect(80);
        network.run(Duration.ofNanos(210_000));
        browser.connection().close(0);
        network.run(Duration.ofNanos(110_000));
        accepted.removeLast().connection().close(0);
        network.frames.clear();
      }
      TcpProgram tooMany = connect(80);
      TcpProgram elsewhere = connect(81);
      network.seconds(0.1);
      assertThat(tooMany.heard).containsExactly("UNREACHABLE");
      assertThat(elsewhere.heard).containsExactly("REFUSED");
      network.seconds(60);
      TcpProgram again = connect(80);
      network.seconds(0.1);
      assertThat(again.heard).containsExactly("connected");
    }
  }

  @Nested
  class APausedMachine {
    @Test
    void goesOnWhereItStood() {
      List<TcpProgram> accepted = TcpProgram.listen(network, server, 80);
      TcpProgram browser = connect(80);
      network.seconds(0.01);
      server.clock().pause();
      browser.send("GET");
      network.seconds(100);
      assertThat(accepted.getFirst().text()).isEmpty();
      server.clock().resume();
      network.seconds(130);
      assertThat(accepted.getFirst().text()).isEqualTo("GET");
    }
  }

  @Nested
  class AFrozenProcess {
    @Test
    void isConnectedToByItsKernelAndHearsAllAtTheThawInOrder() {
      List<TcpProgram> accepted = TcpProgram.listen(network, server, 80);
      TcpProgram before = connect(80);
      network.seconds(0.01);
      server.freezeOwner("p");
      before.send("to one");
      TcpProgram browser = connect(80);
      network.seconds(0.01);
      browser.send("to two");
      browser.connection().finish(0);
      network.seconds(1);
      assertThat(browser.heard).containsExactly("connected");
      assertThat(accepted).hasSize(1);
      assertThat(accepted.getFirst().heard).isEmpty();
      server.thawOwner("p");
      network.seconds(0.001);
      assertThat(accepted.getFirst().text()).isEqualTo("to one");
      assertThat(accepted.getLast().text()).isEqualTo("to two");
      assertThat(accepted.getLast().heard).containsExactly("received", "finished");
    }

    @Test
    void stopsItsSenderByTheWindow() {
      List<TcpProgram> accepted = TcpProgram.listen(network, server, 80);
      TcpProgram browser = connect(80);
      network.seconds(0.01);
      server.freezeOwner("p");
      String much = "0123456789".repeat(20_000);
      browser.send(much);
      network.seconds(30);
      server.thawOwner("p");
      network.run(Duration.ofNanos(1));
      assertThat(accepted.getFirst().text().length()).isBetween(60_000, 65_535);
      network.seconds(1);
      assertThat(accepted.getFirst().text()).isEqualTo(much);
    }

    @Test
    void killedWithUnreadDataResets() {
      TcpProgram.listen(network, server, 80);
      TcpProgram browser = connect(80);
      network.seconds(0.01);
      server.freezeOwner("p");
      browser.send("unread");
      network.seconds(0.01);
      server.closeOwner("p");
      network.seconds(0.01);
      assertThat(browser.heard).endsWith("RESET");
    }
  }
}
