package org.vipdrift.netio.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipdrift.netio.link.RouteOutcome.Settled.ALREADY_THERE;
import static org.vipdrift.netio.link.RouteOutcome.Settled.DONE;
import static org.vipdrift.netio.link.RouteOutcome.Settled.NOT_THERE;
import static org.vipdrift.netio.link.RouteOutcome.Settled.NO_SUCH_INTERFACE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.route.RoutingRule;
import org.vipdrift.model.vrrp.AddressAttributes;
import org.vipdrift.model.vrrp.AddressAttributes.Flag;
import org.vipdrift.netio.ScratchNamespace;
import org.vipdrift.netio.foreign.Errno;
import org.vipdrift.netio.foreign.NativeException;

class RouteSocketTest {
  private ScratchNamespace scratch;
  private RouteSocket socket;

  @BeforeEach
  void open() {
    scratch = ScratchNamespace.open();
    scratch.connect("e0", scratch, "e1");
    scratch.ip("addr add 20.0.0.10/24 dev e0");
    socket = scratch.call(RouteSocket::open);
  }

  @AfterEach
  void close() {
    if (socket != null) {
      socket.close();
    }
    if (scratch != null) {
      scratch.close();
    }
  }

  private static IpPrefix prefix(String text) {
    return IpPrefix.parse(text).orElseThrow();
  }

  private RouteOutcome add(String address) throws NativeException {
    return socket.addAddress("e0", prefix(address), AddressAttributes.NONE);
  }

  private RouteOutcome remove(String address) throws NativeException {
    return socket.removeAddress("e0", prefix(address), Optional.empty());
  }

  @Nested
  class Links {
    @Test
    void areTheOnesOfTheNamespace() throws NativeException {
      assertThat(socket.links()).extracting(Link::name).containsExactlyInAnyOrder("lo", "e0", "e1");
      Link e0 = socket.link("e0").orElseThrow();
      Link e1 = socket.link("e1").orElseThrow();
      assertThat(e0.isUp()).isTrue();
      assertThat(e0.kind()).contains("veth");
      assertThat(e0.parent()).contains(e1.index());
      assertThat(e0.mtu()).isEqualTo(1500);
      assertThat(scratch.ip("link show e0")).contains("link/ether " + e0.mac() + " ");
      assertThat(socket.link("lo").orElseThrow().isLoopback()).isTrue();
      assertThat(socket.link("nosuch0")).isEmpty();
    }

    @Test
    void downAndUp() throws NativeException {
      assertThat(socket.setUp("e0", false)).isEqualTo(DONE);
      assertThat(socket.link("e0").orElseThrow().isAdministrativelyUp()).isFalse();
      assertThat(socket.link("e1").orElseThrow().isUp()).isFalse();
      assertThat(socket.link("e1").orElseThrow().isAdministrativelyUp()).isTrue();
      assertThat(socket.setUp("e0", true)).isEqualTo(DONE);
      assertThat(socket.link("e0").orElseThrow().isAdministrativelyUp()).isTrue();
      assertThat(socket.setUp("nosuch0", true)).isEqualTo(NO_SUCH_INTERFACE);
    }

    @Test
    void aMacvlanInterfaceWithTheMacOfAVirtualRouter() throws NativeException {
      MacAddress mac = MacAddress.ofVirtualRouter(51, IpFamily.IPV4);
      assertThat(socket.addMacvlan("vrrp.51", "e0", MacvlanMode.PRIVATE, mac)).isEqualTo(DONE);
      assertThat(socket.addMacvlan("vrrp.51", "e0", MacvlanMode.PRIVATE, mac))
          .isEqualTo(ALREADY_THERE);
      assertThat(socket.set("vrrp.51", Ipv4Setting.ARP_IGNORE, 1)).isEqualTo(DONE);
      assertThat(socket.setting("vrrp.51", Ipv4Setting.ARP_IGNORE)).contains(1);
      assertThat(socket.setting("vrrp.51", Ipv4Setting.ACCEPT_LOCAL)).contains(0);
      assertThat(socket.setAddressGeneration("vrrp.51", false)).isEqualTo(DONE);
      assertThat(socket.setUp("vrrp.51", true)).isEqualTo(DONE);
      Link link = socket.link("vrrp.51").orElseThrow();
      assertThat(link.mac()).isEqualTo(mac);
      assertThat(link.parent()).isEqualTo(socket.link("e0").map(Link::index));
      assertThat(scratch.ip("-d link show vrrp.51")).contains("macvlan mode private");
      assertThat(scratch.ip("-6 addr show dev vrrp.51")).isEmpty();
      assertThat(socket.removeLink("vrrp.51")).isEqualTo(DONE);
      assertThat(socket.removeLink("vrrp.51")).isEqualTo(NO_SUCH_INTERFACE);
    }

    @Test
    void anotherMac() throws NativeException {
      MacAddress mac = new MacAddress(0x020000000a01L);
      assertThat(socket.setMac("e0", mac)).isEqualTo(DONE);
      assertThat(socket.link("e0").map(Link::mac)).contains(mac);
    }
  }

  @Nested
  class Addresses {
    @Test
    void comeAndGo() throws NativeException {
      assertThat(add("20.0.0.100/32")).isEqualTo(DONE);
      assertThat(add("20.0.0.100/32")).isEqualTo(ALREADY_THERE);
      assertThat(remove("20.0.0.100/24")).isEqualTo(NOT_THERE);
      assertThat(remove("20.0.0.100/32")).isEqualTo(DONE);
      assertThat(remove("20.0.0.100/32")).isEqualTo(NOT_THERE);
      assertThat(socket.addAddress("nosuch0", prefix("20.0.0.100/32"), AddressAttributes.NONE))
          .isEqualTo(NO_SUCH_INTERFACE);
    }

    @Test
    void ofIpv6AreUsableAtOnceWithoutDuplicateDetection() throws NativeException {
      AddressAttributes attributes =
          new AddressAttributes(
              Optional.empty(),
              0,
              Optional.empty(),
              Optional.empty(),
              Optional.of(Duration.ZERO),
              List.of(Flag.NO_DUPLICATE_DETECTION));
      assertThat(socket.addAddress("e0", prefix("2001:db8::5/128"), attributes)).isEqualTo(DONE);
      assertThat(scratch.ip("addr show dev e0"))
          .contains("inet6 2001:db8::5/128 scope global nodad deprecated");
      LocalAddress there = find("2001:db8::5/128");
      assertThat(there.isUsable()).isTrue();
      assertThat(there.attributes()).isEqualTo(attributes);
      assertThat(remove("2001:db8::5/128")).isEqualTo(DONE);
    }

    @Test
    void areProbedOtherwise() throws NativeException {
      assertThat(add("2001:db8::6/64")).isEqualTo(DONE);
      assertThat(find("2001:db8::6/64").isUsable()).isFalse();
    }

    @Test
    void keepTheirAttributes() throws NativeException {
      AddressAttributes attributes =
          new AddressAttributes(
              Optional.of("e0:1"),
              200,
              Optional.of(IpAddress.of("30.0.0.255")),
              Optional.empty(),
              Optional.empty(),
              List.of(Flag.NO_PREFIX_ROUTE));
      assertThat(socket.addAddress("e0", prefix("30.0.0.1/24"), attributes)).isEqualTo(DONE);
      assertThat(scratch.ip("addr show dev e0"))
          .contains("inet 30.0.0.1/24 brd 30.0.0.255 scope site noprefixroute e0:1");
      assertThat(find("30.0.0.1/24").attributes()).isEqualTo(attributes);
    }

    @Test
    void withAPeerAreRemovedByIt() throws NativeException {
      AddressAttributes attributes =
          new AddressAttributes(
              Optional.empty(),
              0,
              Optional.empty(),
              Optional.of(IpAddress.of("20.0.0.105")),
              Optional.empty(),
              List.of());
      assertThat(socket.addAddress("e0", prefix("20.0.0.104/32"), attributes)).isEqualTo(DONE);
      assertThat(find("20.0.0.104/32").peer()).contains(IpAddress.of("20.0.0.105"));
      assertThat(remove("20.0.0.104/32")).isEqualTo(NOT_THERE);
      assertThat(socket.removeAddress("e0", prefix("20.0.0.104/32"), attributes.peer()))
          .isEqualTo(DONE);
    }

    @Test
    void areToldInTheOrderInWhichTheyWereAdded() throws Exception {
      List<String> names = List.of("2001:db8::9/64", "2001:db8::3/64", "2001:db8::7/64");
      List<IpPrefix> expected = new ArrayList<>();
      for (String name : names) {
        add(name);
        expected.add(prefix(name));
      }
      assertThat(socket.addresses())
          .extracting(LocalAddress::prefix)
          .filteredOn(p -> p.address().toString().startsWith("2001"))
          .isEqualTo(expected);
    }

    @Test
    void aScopeThatContradictsIsRefusedWithTheKernelsReason() throws NativeException {
      AddressAttributes link =
          new AddressAttributes(
              Optional.empty(),
              253,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of());
      assertThat(socket.addAddress("e0", prefix("20.0.0.102/24"), link))
          .isInstanceOfSatisfying(
              RouteOutcome.Refused.class,
              refused -> {
                assertThat(refused.errno()).isEqualTo(Errno.EINVAL);
                assertThat(refused.text()).isEqualTo("ipv4: Invalid scope value");
              });
    }

    @Test
    void tenThousandThatComeAndGoLeaveNothingBehind() throws Exception {
      List<LocalAddress> before = socket.addresses();
      long descriptors = descriptors();
      for (int i = 0; i < 10_000; i++) {
        assertThat(add("20.0.0.100/32").isDone()).isTrue();
        assertThat(remove("20.0.0.100/32").isDone()).isTrue();
      }
      assertThat(socket.addresses())
          .extracting(LocalAddress::prefix)
          .containsAll(before.stream().map(LocalAddress::prefix).toList())
          .doesNotContain(prefix("20.0.0.100/32"));
      assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 2);
    }

    private static long descriptors() throws IOException {
      try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
        return all.count();
      }
    }

    private LocalAddress find(String address) throws NativeException {
      return socket.addresses().stream()
          .filter(a -> a.prefix().equals(prefix(address)))
          .findFirst()
          .orElseThrow();
    }
  }

  @Nested
  class Routes {
    @Test
    void throughAGateway() throws NativeException {
      KernelRoute route =
          KernelRoute.of(
              prefix("10.1.0.0/16"),
              KernelRoute.Hop.via(
                  IpAddress.of("20.0.0.1"), socket.link("e0").orElseThrow().index()));
      assertThat(socket.addRoute(route)).isEqualTo(DONE);
      assertThat(socket.addRoute(route)).isEqualTo(ALREADY_THERE);
      assertThat(socket.routes()).contains(route);
      assertThat(scratch.ip("route")).contains("10.1.0.0/16 via 20.0.0.1 dev e0 proto keepalived");
      assertThat(socket.removeRoute(route)).isEqualTo(DONE);
      assertThat(socket.removeRoute(route)).isEqualTo(NOT_THERE);
    }

    @Test
    void inAnotherTableWithSourceScopeAndMetric() throws NativeException {
      KernelRoute route =
          new KernelRoute(
              KernelRoute.Kind.UNICAST,
              prefix("10.2.0.0/16"),
              List.of(KernelRoute.Hop.direct(socket.link("e0").orElseThrow().index())),
              Optional.of(IpAddress.of("20.0.0.10")),
              500,
              253,
              7,
              KernelRoute.KEEPALIVED,
              0,
              Optional.of(1400));
      assertThat(socket.addRoute(route)).isEqualTo(DONE);
      assertThat(scratch.ip("route show table 500"))
          .contains(
              "10.2.0.0/16 dev e0 proto keepalived scope link src 20.0.0.10 metric 7 mtu 1400");
      assertThat(socket.routes()).contains(route);
      assertThat(socket.removeRoute(route)).isEqualTo(DONE);
    }

    @Test
    void thatRefuse() throws NativeException {
      for (KernelRoute.Kind kind :
          List.of(
              KernelRoute.Kind.BLACKHOLE,
              KernelRoute.Kind.UNREACHABLE,
              KernelRoute.Kind.PROHIBIT)) {
        for (String to : List.of("10.3.0.0/16", "2001:db8:3::/48")) {
          KernelRoute route =
              new KernelRoute(
                  kind,
                  prefix(to),
                  List.of(),
                  Optional.empty(),
                  KernelRoute.MAIN,
                  0,
                  1024,
                  KernelRoute.KEEPALIVED,
                  0,
                  Optional.empty());
          assertThat(socket.addRoute(route)).isEqualTo(DONE);
          assertThat(socket.routes()).extracting(KernelRoute::kind).contains(kind);
          assertThat(socket.removeRoute(route)).isEqualTo(DONE);
        }
      }
    }

    @Test
    void alongSeveralPaths() throws NativeException {
      int e0 = socket.link("e0").orElseThrow().index();
      KernelRoute route =
          new KernelRoute(
              KernelRoute.Kind.UNICAST,
              prefix("0.0.0.0/0"),
              List.of(
                  new KernelRoute.Hop(e0, Optional.of(IpAddress.of("20.0.0.1")), 2, false),
                  new KernelRoute.Hop(e0, Optional.of(IpAddress.of("20.0.0.2")), 3, false)),
              Optional.empty(),
              KernelRoute.MAIN,
              0,
              0,
              KernelRoute.KEEPALIVED,
              0,
              Optional.empty());
      assertThat(socket.addRoute(route)).isEqualTo(DONE);
      assertThat(socket.routes()).contains(route);
      assertThat(socket.removeRoute(route)).isEqualTo(DONE);
    }

    @Test
    void ontoALinkWhateverTheAddressesSay() throws NativeException {
      int e0 = socket.link("e0").orElseThrow().index();
      KernelRoute.Hop stranger =
          new KernelRoute.Hop(e0, Optional.of(IpAddress.of("99.9.9.9")), 1, true);
      assertThat(socket.addRoute(KernelRoute.of(prefix("10.4.0.0/16"), stranger))).isEqualTo(DONE);
      assertThat(scratch.ip("route")).contains("10.4.0.0/16 via 99.9.9.9 dev e0");
      assertThat(
              socket.addRoute(
                  KernelRoute.of(
                      prefix("10.5.0.0/16"), KernelRoute.Hop.via(IpAddress.of("99.9.9.9"), e0))))
          .isEqualTo(new RouteOutcome.Refused(Errno.ENETUNREACH, "Nexthop has invalid gateway"));
    }

    @Test
    void ofIpv6() throws NativeException {
      int e0 = socket.link("e0").orElseThrow().index();
      KernelRoute route =
          new KernelRoute(
              KernelRoute.Kind.UNICAST,
              prefix("2001:db8:5::/48"),
              List.of(KernelRoute.Hop.via(IpAddress.of("fe80::9"), e0)),
              Optional.empty(),
              KernelRoute.MAIN,
              0,
              99,
              KernelRoute.KEEPALIVED,
              0,
              Optional.empty());
      assertThat(socket.addRoute(route)).isEqualTo(DONE);
      assertThat(socket.routes()).contains(route);
      assertThat(socket.removeRoute(route)).isEqualTo(DONE);
    }
  }

  @Nested
  class Rules {
    @Test
    void comeAndGo() throws NativeException {
      for (String from : List.of("20.0.0.0/24", "2001:db8:7::/48")) {
        RoutingRule rule = from(prefix(from));
        assertThat(socket.addRule(rule)).isEqualTo(DONE);
        assertThat(socket.addRule(rule)).isEqualTo(ALREADY_THERE);
        assertThat(socket.rules()).contains(rule);
        assertThat(socket.removeRule(rule)).isEqualTo(DONE);
        assertThat(socket.removeRule(rule)).isEqualTo(NOT_THERE);
      }
    }

    private static RoutingRule from(IpPrefix source) {
      return new RoutingRule(
          source.address().family(),
          false,
          Optional.of(source),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          RoutingRule.Action.LOOKUP,
          700,
          0,
          OptionalInt.empty(),
          100,
          KernelRoute.KEEPALIVED);
    }

    @Test
    void withEverySelector() throws NativeException {
      RoutingRule rule =
          new RoutingRule(
              IpFamily.IPV4,
              true,
              Optional.empty(),
              Optional.of(prefix("10.8.0.0/16")),
              Optional.of("e0"),
              Optional.of("e1"),
              Optional.of(new RoutingRule.Mark(3, 255)),
              0,
              Optional.of(new RoutingRule.Users(5, 7)),
              RoutingRule.Action.PROHIBIT,
              0,
              0,
              OptionalInt.empty(),
              101,
              KernelRoute.KEEPALIVED);
      assertThat(socket.addRule(rule)).isEqualTo(DONE);
      assertThat(socket.rules()).contains(rule);
      assertThat(scratch.ip("rule"))
          .contains(
              "101:\tnot from all to 10.8.0.0/16 fwmark 0x3/0xff iif e0 oif e1 uidrange 5-7"
                  + " prohibit proto keepalived");
      assertThat(socket.removeRule(rule)).isEqualTo(DONE);
    }
  }
}
