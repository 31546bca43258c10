package org.vipdrift.netio.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.route.RoutingRule;
import org.vipdrift.model.vrrp.AddressAttributes;
import org.vipdrift.model.vrrp.AddressAttributes.Flag;

/** Bytes captured on a little-endian machine, between Linux 6.18 and ip (iproute2 6.1). */
class NetlinkMessageTest {
  @BeforeEach
  void littleEndian() {
    Assumptions.assumeTrue(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "captured on little-endian machines");
  }

  private static IpPrefix prefix(String text) {
    return IpPrefix.parse(text).orElseThrow();
  }

  @Nested
  class Reading {
    // ip addr show dev lo: the answer to RTM_GETADDR
    private static final Octets ADDRESSES =
        Octets.ofHex(
            """
            4c 00 00 00 14 00 22 00  b0 6a 03 6b 04 1b 00 00
            02 08 80 fe 01 00 00 00  08 00 01 00 7f 00 00 01
            08 00 02 00 7f 00 00 01  07 00 03 00 6c 6f 00 00
            08 00 08 00 80 00 00 00  14 00 06 00 ff ff ff ff
            ff ff ff ff 47 37 25 00  47 37 25 00 50 00 00 00
            14 00 22 00 b0 6a 03 6b  04 1b 00 00 0a 80 80 fe
            01 00 00 00 14 00 01 00  00 00 00 00 00 00 00 00
            00 00 00 00 00 00 00 01  14 00 06 00 ff ff ff ff
            ff ff ff ff 47 37 25 00  47 37 25 00 08 00 08 00
            80 00 00 00 05 00 0b 00  01 00 00 00
            """);

    @Test
    void aDatagramHoldsSeveralMessages() {
      List<NetlinkMessage> messages = NetlinkMessage.readAll(ADDRESSES);
      assertThat(messages)
          .extracting(NetlinkMessage::type)
          .containsExactly(Rtnetlink.RTM_NEWADDR, Rtnetlink.RTM_NEWADDR);
      assertThat(messages.getFirst().sequence()).isEqualTo(0x6b036ab0);
      assertThat(messages.getFirst().port()).isEqualTo(6916);
      assertThat(messages.getFirst().flags()).isEqualTo(0x22);
    }

    @Test
    void addressesOfTheLoopbackInterface() {
      List<LocalAddress> addresses =
          NetlinkMessage.readAll(ADDRESSES).stream()
              .map(m -> LinkMessages.address(m).orElseThrow())
              .toList();
      assertThat(addresses)
          .extracting(LocalAddress::prefix)
          .containsExactly(prefix("127.0.0.1/8"), prefix("::1/128"));
      LocalAddress first = addresses.getFirst();
      assertThat(first.label()).contains("lo");
      assertThat(first.scope()).isEqualTo(254);
      assertThat(first.peer()).isEmpty();
      assertThat(first.interfaceIndex()).isEqualTo(1);
      assertThat(first.created()).isEqualTo(0x253747);
      assertThat(first.attributes().preferredLifetime()).isEmpty();
      assertThat(first.isUsable()).isTrue();
    }

    @Test
    void anAnswerCutShortEndsTheList() {
      assertThat(NetlinkMessage.readAll(ADDRESSES.slice(0, 100))).hasSize(1);
      assertThat(NetlinkMessage.readAll(Octets.ofHex("0000"))).isEmpty();
      assertThat(NetlinkMessage.readAll(Octets.ofHex("00000000 14002200 00000000 00000000")))
          .isEmpty();
    }
  }

  @Nested
  class Writing {
    // ip addr add 20.0.0.101/24 dev e0 label e0:1, but for the order of the attributes
    @Test
    void anIpv4AddressWithALabel() {
      Octets request =
          LinkMessages.addAddress(
                  3,
                  prefix("20.0.0.101/24"),
                  new AddressAttributes(
                      Optional.of("e0:1"),
                      0,
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      List.of()))
              .encode(0x6b036aaf);
      assertThat(request)
          .isEqualTo(
              Octets.ofHex(
                  """
                  34 00 00 00 14 00 05 06  af 6a 03 6b 00 00 00 00
                  02 18 00 00 03 00 00 00  08 00 02 00 14 00 00 65
                  08 00 01 00 14 00 00 65  09 00 03 00 65 30 3a 31
                  00 00 00 00
                  """));
    }

    // keepalived 2.2.7: 2001:db8::5/128, deprecated at once and not probed
    @Test
    void anIpv6AddressAsKeepalivedInstallsIt() {
      Octets request =
          LinkMessages.addAddress(
                  5,
                  prefix("2001:db8::5/128"),
                  new AddressAttributes(
                      Optional.empty(),
                      0,
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of(Duration.ZERO),
                      List.of(Flag.NO_DUPLICATE_DETECTION)))
              .encode(1);
      NetlinkAttributes attributes = NetlinkAttributes.read(request, 24);
      assertThat(attributes.number(Rtnetlink.IFA_FLAGS)).contains(2);
      assertThat(attributes.get(Rtnetlink.IFA_CACHEINFO))
          .contains(Octets.ofHex("00000000 ffffffff 00000000 00000000"));
    }

    // keepalived 2.2.7: use_vmac with virtual_router_id 52 over interface 3
    @Test
    void aMacvlanInterfaceAsKeepalivedMakesIt() {
      Octets request =
          LinkMessages.addMacvlan(
                  "vrrp.52", 3, MacvlanMode.PRIVATE, MacAddress.ofVirtualRouter(52, IpFamily.IPV4))
              .encode(1);
      assertThat(request.length()).isEqualTo(92);
      NetlinkAttributes attributes = NetlinkAttributes.read(request, 32);
      assertThat(attributes.text(Rtnetlink.IFLA_IFNAME)).contains("vrrp.52");
      assertThat(attributes.number(Rtnetlink.IFLA_LINK)).contains(3);
      assertThat(attributes.get(Rtnetlink.IFLA_ADDRESS)).contains(Octets.ofHex("00005e000134"));
      NetlinkAttributes info = attributes.nested(Rtnetlink.IFLA_LINKINFO).orElseThrow();
      assertThat(info.text(Rtnetlink.IFLA_INFO_KIND)).contains("macvlan");
      assertThat(info.get(Rtnetlink.IFLA_INFO_DATA)).contains(Octets.ofHex("0800010001000000"));
    }

    // ip route add 10.0.0.0/8 via 99.9.9.9, but for NLM_F_EXCL, and with the table as attribute
    @Test
    void aRouteThroughAGateway() {
      KernelRoute route =
          new KernelRoute(
              KernelRoute.Kind.UNICAST,
              prefix("10.0.0.0/8"),
              List.of(KernelRoute.Hop.via(IpAddress.of("99.9.9.9"), 0)),
              Optional.empty(),
              KernelRoute.MAIN,
              0,
              0,
              3,
              0,
              Optional.empty());
      assertThat(RouteMessages.addRoute(route, false).encode(0x6b036aaf))
          .isEqualTo(
              Octets.ofHex(
                  """
                  34 00 00 00 18 00 05 04  af 6a 03 6b 00 00 00 00
                  02 08 00 00 fe 03 00 01  00 00 00 00 08 00 01 00
                  0a 00 00 00 08 00 0f 00  fe 00 00 00 08 00 05 00
                  63 09 09 09
                  """));
    }

    // ip rule add from 10.9.0.0/16 table 700 iif e0 fwmark 3 priority 77
    @Test
    void aRule() {
      Octets captured =
          Octets.ofHex(
              """
              44 00 00 00 20 00 05 06  af 6a 03 6b 00 00 00 00
              02 00 10 00 00 00 00 01  00 00 00 00 08 00 02 00
              0a 09 00 00 08 00 0f 00  bc 02 00 00 07 00 03 00
              65 30 00 00 08 00 0a 00  03 00 00 00 08 00 06 00
              4d 00 00 00
              """);
      RoutingRule rule =
          new RoutingRule(
              IpFamily.IPV4,
              false,
              Optional.of(prefix("10.9.0.0/16")),
              Optional.empty(),
              Optional.of("e0"),
              Optional.empty(),
              Optional.of(new RoutingRule.Mark(3, -1)),
              0,
              Optional.empty(),
              RoutingRule.Action.LOOKUP,
              700,
              0,
              OptionalInt.empty(),
              77,
              0);
      assertThat(RouteMessages.rule(NetlinkMessage.readAll(captured).getFirst())).contains(rule);
      NetlinkMessage written =
          NetlinkMessage.readAll(RouteMessages.addRule(rule).encode(7)).getFirst();
      assertThat(written.body().slice(0, 12)).isEqualTo(captured.slice(16, 28));
      assertThat(RouteMessages.rule(written)).contains(rule);
    }
  }

  @Property
  void randomBytesAreReadWithoutAnException(@ForAll byte[] bytes, @ForAll byte[] body) {
    assertThatCode(
            () -> {
              NetlinkMessage.readAll(Octets.copyOf(bytes)).forEach(NetlinkMessageTest::readAsAll);
              readAsAll(new NetlinkMessage(20, 0, 0, 0, Octets.copyOf(body)));
              byte[] ipv4 = body.clone();
              if (ipv4.length > 0) {
                ipv4[0] = 2;
              }
              readAsAll(new NetlinkMessage(20, 0, 0, 0, Octets.copyOf(ipv4)));
            })
        .doesNotThrowAnyException();
  }

  private static void readAsAll(NetlinkMessage message) {
    LinkMessages.link(message);
    LinkMessages.address(message);
    RouteMessages.route(message);
    RouteMessages.rule(message);
  }
}
