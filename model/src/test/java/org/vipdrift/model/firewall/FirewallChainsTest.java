package org.vipdrift.model.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.firewall.FirewallRule.Chain;
import org.vipdrift.model.firewall.FirewallRule.Direction;
import org.vipdrift.model.firewall.FirewallRule.Target;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.IpProtocol;
import org.vipdrift.model.frame.Ipv4Packet;
import org.vipdrift.model.frame.Octets;

class FirewallChainsTest {
  private static final FirewallVerdict ACCEPTED = new FirewallVerdict.Accept();
  private static final FirewallVerdict DROPPED = new FirewallVerdict.Drop("fw");

  private static final IpPacket MULTICAST_ADVERT =
      packet("20.0.0.20", "224.0.0.18", IpProtocol.VRRP, "");
  private static final IpPacket UNICAST_ADVERT =
      packet("20.0.0.20", "20.0.0.30", IpProtocol.VRRP, "");
  private static final IpPacket ADVERT_V6 = packet("fe80::20", "ff02::12", IpProtocol.VRRP, "");
  private static final IpPacket REQUEST =
      packet("20.0.0.10", "20.0.0.100", IpProtocol.TCP, "c000 0050 00000000");
  private static final IpPacket RESPONSE =
      packet("20.0.0.100", "20.0.0.10", IpProtocol.TCP, "0050 c000 00000000");

  private static IpPacket packet(String source, String destination, int protocol, String payload) {
    return IpPacket.of(
        IpAddress.of(source), IpAddress.of(destination), protocol, 64, Octets.ofHex(payload));
  }

  private static FirewallRule rule(Chain chain, PacketMatch match) {
    return new FirewallRule("fw", chain, Optional.empty(), match, Target.DROP);
  }

  private static FirewallChains only(FirewallRule rule) {
    return FirewallChains.OPEN.append(rule);
  }

  private static FirewallVerdict in(FirewallChains chains, IpPacket packet) {
    return chains.evaluate(Direction.IN, "ens33", packet);
  }

  private static FirewallVerdict out(FirewallChains chains, IpPacket packet) {
    return chains.evaluate(Direction.OUT, "ens33", packet);
  }

  private static IpPrefix prefix(String text) {
    return IpPrefix.parse(text).orElseThrow();
  }

  @Test
  void hostWithoutRulesAcceptsEverything() {
    assertThat(in(FirewallChains.OPEN, MULTICAST_ADVERT)).isEqualTo(ACCEPTED);
    assertThat(out(FirewallChains.OPEN, REQUEST)).isEqualTo(ACCEPTED);
  }

  @Test
  void ruleOnVrrpDropsAdvertsOfBothFamiliesAndBothCasts() {
    FirewallChains chains = only(rule(Chain.BOTH, new PacketMatch.Vrrp()));
    assertThat(in(chains, MULTICAST_ADVERT)).isEqualTo(DROPPED);
    assertThat(out(chains, UNICAST_ADVERT)).isEqualTo(DROPPED);
    assertThat(in(chains, ADVERT_V6)).isEqualTo(DROPPED);
    assertThat(in(chains, REQUEST)).isEqualTo(ACCEPTED);
  }

  @Test
  void ruleOnTheGroupAddressLetsUnicastAdvertsThrough() {
    FirewallChains chains = only(rule(Chain.IN, new PacketMatch.Destination(prefix("224.0.0.18"))));
    assertThat(in(chains, MULTICAST_ADVERT)).isEqualTo(DROPPED);
    assertThat(in(chains, UNICAST_ADVERT)).isEqualTo(ACCEPTED);
  }

  @Test
  void ruleOnAChainLeavesTheOtherWayOpen() {
    FirewallChains in = only(rule(Chain.IN, new PacketMatch.Everything()));
    FirewallChains out = only(rule(Chain.OUT, new PacketMatch.Everything()));
    assertThat(in(in, REQUEST)).isEqualTo(DROPPED);
    assertThat(out(in, REQUEST)).isEqualTo(ACCEPTED);
    assertThat(in(out, REQUEST)).isEqualTo(ACCEPTED);
    assertThat(out(out, REQUEST)).isEqualTo(DROPPED);
  }

  @Test
  void ruleOnAnInterfaceLeavesTheOthersOpen() {
    FirewallChains chains =
        only(
            new FirewallRule(
                "fw", Chain.IN, Optional.of("eth1"), new PacketMatch.Vrrp(), Target.DROP));
    assertThat(chains.evaluate(Direction.IN, "eth1", MULTICAST_ADVERT)).isEqualTo(DROPPED);
    assertThat(chains.evaluate(Direction.IN, "ens33", MULTICAST_ADVERT)).isEqualTo(ACCEPTED);
  }

  @Test
  void ruleOnASourceConcernsItsNetworkOnly() {
    FirewallChains chains = only(rule(Chain.IN, new PacketMatch.Source(prefix("20.0.0.16/28"))));
    assertThat(in(chains, MULTICAST_ADVERT)).isEqualTo(DROPPED);
    assertThat(in(chains, REQUEST)).isEqualTo(ACCEPTED);
    assertThat(in(chains, ADVERT_V6)).isEqualTo(ACCEPTED);
  }

  @Test
  void ruleOnAPortConcernsTheDestinationPort() {
    FirewallChains chains = only(rule(Chain.BOTH, new PacketMatch.Port(80)));
    assertThat(in(chains, REQUEST)).isEqualTo(DROPPED);
    assertThat(out(chains, RESPONSE)).isEqualTo(ACCEPTED);
    assertThat(in(chains, MULTICAST_ADVERT)).isEqualTo(ACCEPTED);
  }

  @Test
  void laterFragmentHasNoPort() {
    FirewallChains chains = only(rule(Chain.BOTH, new PacketMatch.Port(80)));
    Ipv4Packet whole = (Ipv4Packet) REQUEST;
    Ipv4Packet fragment =
        new Ipv4Packet(
            0,
            1,
            185,
            64,
            IpProtocol.TCP,
            whole.source(),
            whole.destination(),
            Octets.EMPTY,
            whole.payload());
    assertThat(in(chains, fragment)).isEqualTo(ACCEPTED);
  }

  @Test
  void rejectionNamesItsRule() {
    FirewallChains chains =
        only(
            new FirewallRule(
                "wall", Chain.IN, Optional.empty(), new PacketMatch.Port(80), Target.REJECT));
    assertThat(in(chains, REQUEST)).isEqualTo(new FirewallVerdict.Reject("wall"));
  }

  @Test
  void firstMatchDecides() {
    FirewallChains chains =
        FirewallChains.OPEN
            .append(
                new FirewallRule(
                    "let vrrp", Chain.IN, Optional.empty(), new PacketMatch.Vrrp(), Target.ACCEPT))
            .append(rule(Chain.IN, new PacketMatch.Everything()));
    assertThat(in(chains, MULTICAST_ADVERT)).isEqualTo(ACCEPTED);
    assertThat(in(chains, REQUEST)).isEqualTo(DROPPED);
  }

  @Test
  void removedRuleNoLongerMatches() {
    FirewallChains chains = only(rule(Chain.IN, new PacketMatch.Everything()));
    assertThat(in(chains.without("fw"), REQUEST)).isEqualTo(ACCEPTED);
    assertThat(in(chains.without("other"), REQUEST)).isEqualTo(DROPPED);
  }
}
