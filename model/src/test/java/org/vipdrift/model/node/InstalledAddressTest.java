package org.vipdrift.model.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.config.keepalived.KeepalivedParse;
import org.vipdrift.model.config.keepalived.KeepalivedParser;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.vrrp.AddressAttributes;
import org.vipdrift.model.vrrp.AddressAttributes.Flag;
import org.vipdrift.model.vrrp.VirtualAddress;

/** Each expectation is what {@code ip -d address} showed of keepalived 2.2.7. */
final class InstalledAddressTest {
  private static VirtualAddress installed(String line) {
    KeepalivedParse parse =
        KeepalivedParser.parse("k.conf", "static_ipaddress {\n" + line + "\n}\n");
    return NodeConfigurationReader.read(parse.configuration())
        .process()
        .staticAddresses()
        .getFirst();
  }

  private static AddressAttributes attributes(String line) {
    return installed(line).attributes();
  }

  @Test
  void anAddressAloneHasNeitherBroadcastNorLabel() {
    assertThat(installed("10.0.0.100").prefix()).hasToString("10.0.0.100/32");
    assertThat(attributes("10.0.0.100")).isEqualTo(AddressAttributes.NONE);
  }

  @Test
  void plusIsTheLastAddressOfTheNetworkAndMinusTheFirst() {
    assertThat(attributes("10.0.0.103/24 brd +").broadcast()).contains(IpAddress.of("10.0.0.255"));
    assertThat(attributes("10.0.0.103/24 brd -").broadcast()).contains(IpAddress.of("10.0.0.0"));
    assertThat(attributes("10.0.0.103/24 brd 10.0.0.99").broadcast())
        .contains(IpAddress.of("10.0.0.99"));
  }

  @Test
  void labelAndScopeAreKept() {
    assertThat(attributes("10.0.0.103/24 label eth0:v scope link").label()).contains("eth0:v");
    assertThat(attributes("10.0.0.103/24 label eth0:v scope link").scope()).isEqualTo(253);
    assertThat(attributes("10.0.0.103/24 scope 100").scope()).isEqualTo(100);
  }

  @Test
  void anAddressWithAPeerIsAloneInItsNetwork() {
    assertThat(installed("10.0.0.106 peer 10.0.5.1").prefix()).hasToString("10.0.0.106/32");
    assertThat(attributes("10.0.0.106 peer 10.0.5.1").peer()).contains(IpAddress.of("10.0.5.1"));
  }

  @Test
  void anIpv6AddressIsNotProbedAndAloneItIsDeprecatedAtOnce() {
    assertThat(attributes("fd00::100").flags()).containsExactly(Flag.NO_DUPLICATE_DETECTION);
    assertThat(attributes("fd00::100").preferredLifetime()).contains(Duration.ZERO);
    assertThat(attributes("fd00::101/64").preferredLifetime()).isEmpty();
    assertThat(attributes("fd00::103/64 preferred_lft 100").preferredLifetime())
        .contains(Duration.ofSeconds(100));
  }

  @Test
  void flagsOfIpv6AreNoneOfIpv4() {
    assertThat(attributes("fd00::102/64 -nodad home").flags()).isEqualTo(List.of(Flag.HOME));
    assertThat(attributes("10.0.0.108/28 home").flags()).isEmpty();
    assertThat(attributes("10.0.0.110/24 preferred_lft 0").preferredLifetime()).isEmpty();
    assertThat(attributes("10.0.0.109/24 noprefixroute").flags())
        .containsExactly(Flag.NO_PREFIX_ROUTE);
  }

  @Test
  void aStaticAddressWithoutAPlaceGoesToEth0() {
    assertThat(installed("10.0.0.100").interfaceName()).isEqualTo(Optional.of("eth0"));
    assertThat(installed("10.0.0.100 dev eth1").interfaceName()).isEqualTo(Optional.of("eth1"));
  }
}
