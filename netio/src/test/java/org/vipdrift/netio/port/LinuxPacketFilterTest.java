package org.vipdrift.netio.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.actors.port.PacketFilterContract;
import org.vipdrift.actors.port.TestWorld;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.netio.ScratchNamespace;

class LinuxPacketFilterTest extends PacketFilterContract {
  @Override
  protected TestWorld openWorld() {
    assumeNft();
    return new SegmentWorld();
  }

  private static void assumeNft() {
    try {
      new ProcessBuilder("nft", "--version").start().destroy();
    } catch (IOException e) {
      assumeTrue(false, "needs the program nft: " + e.getMessage());
    }
  }

  private static String ruleset(ScratchNamespace namespace) {
    return namespace.run(List.of("nft", "list", "ruleset"));
  }

  @Test
  void nothingIsLeftWhenTheActorEnds() {
    ScratchNamespace namespace = ((SegmentWorld) world).left().scratch();
    left.packetFilter().tell(new PacketFilter.RefuseTraffic(left.who(), VIP));
    left.packetFilter()
        .tell(new PacketFilter.RefuseTraffic(left.who(), IpAddress.of("2001:db8::100")));
    settle();
    assertThat(ruleset(namespace))
        .contains("table ip vipdrift", "elements = { 20.0.0.100 }", "{ 2001:db8::100 }");
    left.killProcess();
    settle();
    assertThat(ruleset(namespace)).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftBehindGoesAtTheNextStartAndNothingElse() {
    ScratchNamespace namespace = ((SegmentWorld) world).left().scratch();
    namespace.run(List.of("nft", "add table ip vipdrift; add chain ip vipdrift in"));
    namespace.run(List.of("nft", "add table ip mine"));
    left.packetFilter().tell(new PacketFilter.ReleaseAll(left.who()));
    settle();
    assertThat(ruleset(namespace)).contains("table ip mine").doesNotContain("vipdrift");
  }

  @Test
  void aRefusedIpv6AddressIsResolvedToo() {
    IpAddress vip = IpAddress.of("fe80::100");
    add(left, left.who(), new org.vipdrift.model.frame.IpPrefix(vip, 64));
    left.packetFilter().tell(new PacketFilter.RefuseTraffic(left.who(), vip));
    settle();
    assertThat(client.reaches(vip)).isFalse();
    assertThat(client.neighbor(vip)).contains(left.mac());
    assertThat(client.reaches(left.ipv6())).isTrue();
  }
}
