package org.vipdrift.model.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.vrrp.VirtualRouterSettings;
import org.vipdrift.model.vrrp.VirtualRouterSettingsBuilder;

class PrimaryAddressTest {
  private static VirtualRouterSettingsBuilder v4() {
    return VirtualRouterSettings.builder("VI_1", "eth0", 51).virtualAddresses("20.0.0.100/24");
  }

  private static VirtualRouterSettingsBuilder v6() {
    return VirtualRouterSettings.builder("VI_6", "eth0", 51)
        .version(3)
        .family(IpFamily.IPV6)
        .virtualAddresses("fe80::100/64", "fd00::100/64");
  }

  private static String of(VirtualRouterSettingsBuilder settings, String... addresses) {
    return PrimaryAddress.of(
            settings.build(),
            List.of(addresses).stream().map(a -> IpPrefix.parse(a).orElseThrow()).toList())
        .toString();
  }

  @Test
  void isTheFirstAddressOfTheFamily() {
    assertThat(of(v4(), "fd00::1/64", "20.0.0.21/24", "20.0.0.22/24")).isEqualTo("20.0.0.21");
  }

  @Test
  void isNeverAVirtualOneOfTheInstanceItself() {
    assertThat(of(v4(), "20.0.0.100/24", "20.0.0.21/24")).isEqualTo("20.0.0.21");
    assertThat(of(v4(), "20.0.0.100/24")).isEqualTo("0.0.0.0");
  }

  @Test
  void isLinkLocalInIpv6() {
    assertThat(of(v6(), "fd00::21/64", "fe80::100/64", "fe80::21/64")).isEqualTo("fe80::21");
    assertThat(of(v6(), "fd00::21/64", "20.0.0.21/24")).isEqualTo("::");
  }

  @Test
  void isTheConfiguredSourceWhereThereIsOne() {
    assertThat(of(v4().sourceAddress(IpAddress.of("20.0.0.99")), "20.0.0.21/24"))
        .isEqualTo("20.0.0.99");
  }

  @Test
  void isUnspecifiedWhereThereIsNone() {
    assertThat(of(v4())).isEqualTo("0.0.0.0");
    assertThat(PrimaryAddress.isUnspecified(IpAddress.of("0.0.0.0"))).isTrue();
    assertThat(PrimaryAddress.isUnspecified(IpAddress.of("::"))).isTrue();
    assertThat(PrimaryAddress.isUnspecified(IpAddress.of("0.0.0.1"))).isFalse();
    assertThat(PrimaryAddress.isUnspecified(IpAddress.of("::1"))).isFalse();
  }
}
