package org.vipdrift.model.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipdrift.model.config.keepalived.KeepalivedParser;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RouteEntry;
import org.vipdrift.model.vrrp.VirtualInterface;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

/** Each expectation is what {@code ip monitor} showed of keepalived 2.2.7. */
final class InstalledRoutingTest {
  private static NodeConfiguration read(String text) {
    return NodeConfigurationReader.read(KeepalivedParser.parse("k.conf", text).configuration());
  }

  private static List<String> routing(String block, String line) {
    return read(block + " {\n" + line + "\n}\n").process().staticRouting().stream()
        .map(RouteEntry::text)
        .toList();
  }

  private static VirtualRouterSettings settings(String more) {
    return read("""
    vrrp_instance V {
      interface eth0
      virtual_router_id 51
      %s
    }
    """
            .formatted(more))
        .instances()
        .getFirst()
        .settings();
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.60.0/24 via 10.0.0.254 dev eth0, 192.168.60.0/24 via 10.0.0.254 dev eth0",
    "src 10.0.0.101 192.168.61.0/24 via 10.0.0.254 dev eth0 metric 50 table 77,"
        + " 192.168.61.0/24 via 10.0.0.254 dev eth0 table 77 src 10.0.0.101 metric 50",
    "blackhole 192.168.62.0/24, blackhole 192.168.62.0/24",
    "192.168.66.0/24 via 10.77.0.1 dev eth0 onlink,"
        + " 192.168.66.0/24 via 10.77.0.1 dev eth0 onlink",
    "192.168.67.0/24 nexthop via 10.0.0.253 dev eth0 weight 2 nexthop via 10.0.0.254 dev eth0,"
        + " 192.168.67.0/24 nexthop via 10.0.0.253 dev eth0 weight 2"
        + " nexthop via 10.0.0.254 dev eth0 weight 1",
    "default via 10.0.0.250, default via 10.0.0.250",
    "to 192.168.69.0/24 gw 10.0.0.253 table main, 192.168.69.0/24 via 10.0.0.253",
    "192.168.71.1 via 10.0.0.253 append, 192.168.71.1/32 via 10.0.0.253"
  })
  void aRouteIsInstalledAsWritten(String line, String installed) {
    assertThat(routing("static_routes", line)).containsExactly(installed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.168.65.0/24 dev eth0 scope link proto 99",
        "bogus",
        "192.168.74.0/24 via fe80::5 dev eth0"
      })
  void aRouteThatKeepalivedLeavesOutIsLeftOut(String line) {
    assertThat(routing("static_routes", line)).isEmpty();
  }

  @Test
  void aTrackedRouteIsKeepalivedsWhateverTheFileSays() {
    Route route =
        (Route)
            read("static_routes {\n192.168.66.0/24 dev eth0 protocol 99 preference 7\n}\n")
                .process()
                .staticRouting()
                .getFirst();
    assertThat(route.protocol()).isEqualTo(RouteEntry.KEEPALIVED_PROTOCOL);
    assertThat(route.metric()).hasValue(7);
  }

  @ParameterizedTest
  @CsvSource({
    "from 192.168.61.0/24 to 10.1.0.0/16 table 78 priority 1000,"
        + " 1000: from 192.168.61.0/24 to 10.1.0.0/16 lookup 78",
    "iif eth0 fwmark 7 table 79 priority 1001, 1001: from all fwmark 0x7 iif eth0 lookup 79",
    "from 10.2.0.0/16 blackhole priority 1002, 1002: from 10.2.0.0/16 blackhole",
    "from 10.1.0.0/16 goto 20000 priority 900, 900: from 10.1.0.0/16 goto 20000",
    "not from 10.2.0.0/16 table 79 priority 903, 903: not from 10.2.0.0/16 lookup 79",
    "table 90, 16384: from all lookup 90"
  })
  void aRuleIsInstalledAsWritten(String line, String installed) {
    assertThat(routing("static_rules", line)).containsExactly(installed);
  }

  @Test
  void missingPrioritiesCountDownForEachFamily() {
    assertThat(
            routing("static_rules", "from 10.4.0.0/16 prohibit\nfrom fd01::/64 table 78\ntable 9"))
        .containsExactly(
            "16384: from 10.4.0.0/16 prohibit",
            "16384: from fd01::/64 lookup 78",
            "16383: from all lookup 9");
  }

  @Test
  void aVirtualMacAddressIsOnAMacvlanThatTheAddressesOfItsFamilyAreOn() {
    VirtualRouterSettings settings =
        settings(
            "use_vmac\nvirtual_ipaddress { 10.0.0.100/24\n10.8.0.99 dev eth1 }\n"
                + "virtual_ipaddress_excluded { fd00::77/64 }");
    assertThat(settings.virtualInterfaces()).hasSize(1);
    assertThat(settings.virtualInterfaces().getFirst().name()).isEqualTo("vrrp.51");
    assertThat(settings.socketInterfaceName()).isEqualTo("vrrp.51");
    assertThat(settings.installedAddresses())
        .extracting(a -> a.interfaceName().orElse("none"))
        .containsExactly("vrrp.51", "eth1", "none");
  }

  @Test
  void adressesElsewhereHaveMacvlansOfTheirOwnWhereAskedFor() {
    VirtualRouterSettings settings =
        settings(
            "use_vmac\nuse_vmac_addr\nvmac_xmit_base\n"
                + "virtual_ipaddress { 10.0.0.100/24\n10.8.0.99 dev eth1\n10.8.0.98 dev eth1 }\n"
                + "virtual_ipaddress_excluded { fd00::77/64 }");
    assertThat(settings.virtualInterfaces())
        .extracting(VirtualInterface::name, VirtualInterface::parent)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("vrrp.51", "eth0"),
            org.assertj.core.groups.Tuple.tuple("vrrp1.51", "eth1"),
            org.assertj.core.groups.Tuple.tuple("vrrp6.51", "eth0"));
    assertThat(settings.socketInterfaceName()).isEqualTo("eth0");
  }

  @Test
  void theVridStandsForAMissingOctet() {
    VirtualRouterSettings settings =
        settings("use_vmac bb 02:00:00:00:00\nvirtual_ipaddress { 10.0.0.100/24 }");
    assertThat(settings.virtualInterfaces().getFirst())
        .hasToString("Macvlan[name=bb, parent=eth0, mac=02:00:00:00:00:33]");
  }
}
