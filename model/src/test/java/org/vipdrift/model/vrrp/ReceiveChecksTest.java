package org.vipdrift.model.vrrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.Octets;

class ReceiveChecksTest {
  private static final IpAddress SOURCE = IpAddress.of("20.0.0.21");
  private static final IpAddress GROUP = IpAddress.VRRP_GROUP_V4;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static ReceiveChecks.Checked check(
      VirtualRouterSettings settings, Octets message, IpAddress destination, int ttl) {
    return ReceiveChecks.check(
        settings,
        VrrpRouterState.initial(settings),
        new ReceivedPacket(message, SOURCE, destination, ttl, 0));
  }

  /** What the receiver says to an advert that the sender's settings give. */
  private static ReceiveChecks.Checked check(
      VirtualRouterSettings receiver, VirtualRouterSettings sender, int priority) {
    return check(receiver, message(sender, priority), GROUP, 255);
  }

  private static ReceiveChecks.Checked check(
      VirtualRouterSettingsBuilder receiver, VirtualRouterSettingsBuilder sender) {
    return check(receiver.build(), sender.build(), 100);
  }

  private static Octets message(VirtualRouterSettings sender, int priority) {
    return AdvertisementCodec.encode(
        sender.advertisement(priority), SOURCE, GROUP, sender.dialect().checksumMode());
  }

  private static byte[] bytes() {
    return message(Router.settings(100).build(), 100).toByteArray();
  }

  private static void assertDropped(
      ReceiveChecks.Checked checked, DropReason reason, String detail) {
    assertThat(checked).isEqualTo(new ReceiveChecks.Checked.Dropped(reason, detail));
  }

  private static void assertDropped(ReceiveChecks.Checked checked, DropReason reason) {
    assertThat(checked)
        .isInstanceOfSatisfying(
            ReceiveChecks.Checked.Dropped.class,
            dropped -> {
              assertThat(dropped.reason()).isEqualTo(reason);
              assertThat(dropped.detail()).isNotBlank();
            });
  }

  private static void assertAccepted(ReceiveChecks.Checked checked) {
    assertThat(checked).isInstanceOf(ReceiveChecks.Checked.Accepted.class);
  }

  @Test
  void advertOfAPeerWithTheSameSettingsIsAccepted() {
    VirtualRouterSettings settings =
        Router.settings(100).authentication(Authentication.Password.of("1111")).build();
    assertThat(check(settings, settings, 150))
        .isEqualTo(
            new ReceiveChecks.Checked.Accepted(settings.advertisement(150), Optional.empty()));
  }

  @Test
  @Requirement("C1")
  void otherTtlThan255IsDropped() {
    VirtualRouterSettings settings = Router.settings(100).build();
    assertDropped(
        check(settings, message(settings, 100), GROUP, 254),
        DropReason.TTL,
        "invalid TTL/HL. Received 254 and expect 255");
  }

  @Test
  @Requirement("C1")
  void unicastTtlIsCheckedByTheStandardsOnly() {
    // Departs from the RFCs: keepalived checks unicast TTLs against a peer's bounds at most.
    VirtualRouterSettingsBuilder builder = Router.settings(100).unicast(Unicast.to(SOURCE));
    VirtualRouterSettings lenient = builder.build();
    VirtualRouterSettings strict = builder.dialect(Dialect.RFC_3768).build();
    Octets message = message(lenient, 100);
    assertAccepted(check(lenient, message, Router.HIGHER, 64));
    assertDropped(check(strict, message, Router.HIGHER, 64), DropReason.TTL);
  }

  @Test
  void unicastSourceAndTtlBoundsAreCheckedOnRequest() {
    VirtualRouterSettingsBuilder builder = Router.settings(100).checkUnicastSource(true);
    VirtualRouterSettings settings =
        builder
            .unicast(
                new Unicast(
                    List.of(new Unicast.Peer(SOURCE, OptionalInt.of(250), OptionalInt.of(254))),
                    255))
            .build();
    Octets message = message(settings, 100);
    assertDropped(
        check(settings, message, Router.HIGHER, 249),
        DropReason.TTL,
        "TTL/HL 249 not in range 250 - 254");
    assertAccepted(check(settings, message, Router.HIGHER, 252));
    assertDropped(
        check(builder.unicast(Unicast.to(Router.LOWER)).build(), message, Router.HIGHER, 255),
        DropReason.UNKNOWN_PEER,
        "unicast source address 20.0.0.21 not a unicast peer");
  }

  @Test
  void multicastIsDroppedByAUnicastInstanceAndTheOtherWayRound() {
    VirtualRouterSettings multicast = Router.settings(100).build();
    VirtualRouterSettings unicast = Router.settings(100).unicast(Unicast.to(SOURCE)).build();
    Octets message = message(multicast, 100);
    assertDropped(check(multicast, message, Router.HIGHER, 255), DropReason.CAST_TYPE);
    assertDropped(check(unicast, message, GROUP, 255), DropReason.CAST_TYPE);
  }

  @Test
  @Requirement({"C2", "S22"})
  void otherVersionIsDropped() {
    // RFC 5798's mode that speaks both versions is optional, and keepalived has none.
    assertDropped(
        check(Router.settings(100), Router.version3(100, SECOND)),
        DropReason.VERSION,
        "wrong version. Received 3 and expect 2");
    assertDropped(
        check(Router.version3(100, SECOND), Router.settings(100)),
        DropReason.VERSION,
        "wrong version. Received 2 and expect 3");
  }

  @Test
  @Requirement("C3")
  void otherTypeIsDropped() {
    byte[] bytes = bytes();
    bytes[0] = 0x22;
    assertDropped(
        check(Router.settings(100).build(), Octets.adopt(bytes), GROUP, 255),
        DropReason.TYPE,
        "Invalid packet type. 2 and expect 1");
  }

  @Test
  @Requirement("C4")
  void messageShorterThanItsAddressesIsDropped() {
    VirtualRouterSettings settings = Router.settings(100).build();
    Octets message = message(settings, 100);
    for (int length = 0; length < message.length(); length++) {
      assertDropped(check(settings, message.slice(0, length), GROUP, 255), DropReason.TOO_SHORT);
    }
    byte[] longer = Arrays.copyOf(message.toByteArray(), message.length() + 4);
    assertDropped(check(settings, Octets.adopt(longer), GROUP, 255), DropReason.TOO_LONG);
  }

  @Test
  @Requirement("C5")
  void badChecksumIsDropped() {
    byte[] bytes = bytes();
    bytes[2]++;
    assertDropped(
        check(Router.settings(100).build(), Octets.adopt(bytes), GROUP, 255),
        DropReason.CHECKSUM,
        "Invalid VRRPv2 checksum");
  }

  @Test
  @Requirement({"C5", "P9", "P10"})
  void keepalivedAcceptsBothChecksumsOfVersion3OverIpv4() {
    VirtualRouterSettingsBuilder keepalived = Router.version3(100, SECOND);
    VirtualRouterSettingsBuilder strict = Router.version3(100, SECOND).dialect(Dialect.RFC_9568);
    assertAccepted(check(keepalived, strict));
    assertDropped(check(strict, keepalived), DropReason.CHECKSUM, "Invalid VRRPv3 checksum");
  }

  @Test
  @Requirement({"C6", "P6"})
  void otherVridIsDropped() {
    VirtualRouterSettings settings = Router.settings(100).build();
    byte[] bytes = bytes();
    bytes[1] = 52;
    assertDropped(
        check(settings, Octets.adopt(bytes), GROUP, 255),
        DropReason.VRID,
        "received VRID 52, expecting 51");
    VirtualRouterSettings ipv6 =
        VirtualRouterSettings.builder("VI_6", "eth0", 51).version(3).family(IpFamily.IPV6).build();
    assertDropped(check(ipv6, message(settings, 100), GROUP, 255), DropReason.FAMILY);
    for (int vrid : new int[] {0, 256}) {
      assertThatThrownBy(() -> VirtualRouterSettings.builder("VI_1", "eth0", vrid).build())
          .hasMessageContaining("virtual_router_id");
    }
  }

  @ParameterizedTest
  @EnumSource
  @Requirement("C7")
  void ownerHearsNobodyInTheOlderStandards(Dialect dialect) {
    // Departs from RFC 3768 and 5798: keepalived compares two owners, as erratum 8298 allows.
    int version = dialect == Dialect.RFC_3768 ? 2 : 3;
    VirtualRouterSettings owner = Router.settings(255).version(version).dialect(dialect).build();
    ReceiveChecks.Checked checked = check(owner, owner, 255);
    switch (dialect) {
      case RFC_3768, RFC_5798 -> assertDropped(checked, DropReason.OWNER);
      case KEEPALIVED_2_2_7, KEEPALIVED_2_2_8, KEEPALIVED_2_3_3, RFC_9568 ->
          assertAccepted(checked);
    }
  }

  @Test
  @Requirement("C8")
  void otherAuthenticationIsDropped() {
    VirtualRouterSettingsBuilder with =
        Router.settings(100).authentication(Authentication.Password.of("1111"));
    assertDropped(
        check(with, Router.settings(100)),
        DropReason.AUTHENTICATION_TYPE,
        "received a 0 auth, expecting 1!");
    assertDropped(
        check(Router.settings(100), with),
        DropReason.AUTHENTICATION_TYPE,
        "received a 1 auth, expecting 0!");
    assertDropped(
        check(with, Router.settings(100).authentication(Authentication.Password.of("2222"))),
        DropReason.PASSWORD,
        "received an invalid passwd!");
    byte[] unknown = bytes();
    unknown[4] = 7;
    assertDropped(
        check(Router.settings(100).build(), Octets.adopt(unknown), GROUP, 255),
        DropReason.AUTHENTICATION_TYPE);
  }

  @Test
  void authenticationHeaderMustBeThereIfAndOnlyIfConfigured() {
    VirtualRouterSettings plain = Router.settings(100).build();
    VirtualRouterSettings withHeader =
        Router.settings(100).authentication(Authentication.HEADER).build();
    ReceivedPacket packet =
        new ReceivedPacket(message(withHeader, 100), SOURCE, GROUP, 255, true, 0);
    assertAccepted(ReceiveChecks.check(withHeader, VrrpRouterState.initial(withHeader), packet));
    assertDropped(
        ReceiveChecks.check(plain, VrrpRouterState.initial(plain), packet),
        DropReason.AUTHENTICATION_TYPE,
        "Received AH header but auth type not AH");
    assertDropped(
        check(withHeader, withHeader, 100),
        DropReason.AUTHENTICATION_TYPE,
        "No AH header but auth type is AH");
  }

  @Test
  @Requirement("C9")
  void otherIntervalOfVersion2IsDropped() {
    assertDropped(
        check(
            Router.settings(100),
            Router.settings(100).advertisementInterval(SECOND.multipliedBy(2))),
        DropReason.ADVERTISEMENT_INTERVAL,
        "advertisement interval mismatch mine=1 sec rcv'd=2 sec");
  }

  @Test
  @Requirement({"C10", "P13"})
  void otherIntervalOfVersion3IsAccepted() {
    assertAccepted(
        check(Router.version3(100, SECOND), Router.version3(100, Duration.ofMillis(40_950))));
    assertThatThrownBy(() -> Router.version3(100, Duration.ofMillis(40_960)).build())
        .hasMessageContaining("advert_int");
  }

  @Test
  @Requirement({"C11", "C12"})
  void otherAddressListIsDroppedByKeepalivedOfEitherVersion() {
    // Departs from version 3, which only logs it.
    for (int version = 2; version <= 3; version++) {
      VirtualRouterSettingsBuilder own = Router.settings(100).version(version);
      assertDropped(
          check(own, Router.settings(100).version(version).virtualAddresses("20.0.0.101")),
          DropReason.ADDRESS_LIST,
          "ip address associated with VRID 51 not present in MASTER advert: 20.0.0.100");
      assertDropped(
          check(
              own,
              Router.settings(100).version(version).virtualAddresses("20.0.0.100", "20.0.0.101")),
          DropReason.ADDRESS_COUNT,
          "received an unexpected ip number count 2, expected 1!");
    }
  }

  @Test
  @Requirement("C11")
  void rfc3768BelievesTheListOfAnOwner() {
    VirtualRouterSettings own = Router.settings(100).dialect(Dialect.RFC_3768).build();
    VirtualRouterSettings other = Router.settings(100).virtualAddresses("20.0.0.101").build();
    assertDropped(check(own, other, 100), DropReason.ADDRESS_LIST);
    assertAccepted(check(own, other, 255));
  }

  @Test
  @Requirement("C12")
  void laterDialectsOnlyRemarkOnAnotherAddressList() {
    for (Dialect dialect : List.of(Dialect.KEEPALIVED_2_3_3, Dialect.RFC_5798)) {
      ReceiveChecks.Checked checked =
          check(
              Router.version3(100, SECOND).dialect(dialect),
              Router.version3(100, SECOND).virtualAddresses("20.0.0.101"));
      assertThat(checked)
          .isInstanceOfSatisfying(
              ReceiveChecks.Checked.Accepted.class,
              accepted ->
                  assertThat(accepted.remark().orElseThrow()).contains("not present in MASTER"));
    }
  }

  @Test
  void orderOfAddressesDoesNotMatter() {
    assertAccepted(
        check(
            Router.settings(100).virtualAddresses("20.0.0.100", "20.0.0.101"),
            Router.settings(100).virtualAddresses("20.0.0.101", "20.0.0.100")));
  }

  @Test
  void skippingTheAddressListCheckHelpsTheKnownMasterOnly() {
    VirtualRouterSettings settings = Router.settings(100).skipCheckAdvertAddresses(true).build();
    VirtualRouterSettings other = Router.settings(100).virtualAddresses("20.0.0.101").build();
    assertDropped(check(settings, other, 150), DropReason.ADDRESS_LIST);
    Router router = new Router(settings.toBuilder());
    router.start().hear(500, 150, SOURCE);
    assertAccepted(
        ReceiveChecks.check(
            settings,
            router.state,
            new ReceivedPacket(message(other, 150), SOURCE, GROUP, 255, 0)));
  }

  @Test
  @Requirement("C13")
  void advertWithoutAddressesIsIgnored() {
    VirtualRouterSettingsBuilder none = Router.version3(100, SECOND).virtualAddresses();
    assertDropped(
        check(Router.version3(100, SECOND).dialect(Dialect.RFC_5798), none),
        DropReason.NO_ADDRESSES);
    assertDropped(
        check(Router.version3(100, SECOND), none),
        DropReason.ADDRESS_COUNT,
        "received an unexpected ip number count 0, expected 1!");
  }

  @Test
  @Requirement("C14")
  void intervalZeroIsDropped() {
    VirtualRouterSettings settings = Router.version3(100, SECOND).build();
    Advertisement own = settings.advertisement(100);
    Advertisement zero =
        new Advertisement(
            3, own.family(), 51, 100, Duration.ZERO, own.addresses(), Authentication.NONE);
    Octets message = AdvertisementCodec.encode(zero, SOURCE, GROUP, ChecksumMode.PSEUDO_HEADER);
    assertDropped(check(settings, message, GROUP, 255), DropReason.ZERO_INTERVAL);
  }

  @Test
  @Requirement("C15")
  void everyDroppedPacketIsToldEachTime() {
    // Departs from "SHOULD be rate-limited": keepalived logs each, and so the trace shows each.
    VirtualRouterSettings settings = Router.settings(100).build();
    Octets message = message(settings, 100);
    assertThat(check(settings, message, GROUP, 1)).isEqualTo(check(settings, message, GROUP, 1));
    assertDropped(check(settings, message, GROUP, 1), DropReason.TTL);
  }

  @Test
  void dropReasonsHaveDistinctTraceNames() {
    assertThat(List.of(DropReason.values()).stream().map(DropReason::traceName))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
  }

  @Test
  @Requirement("P11")
  void advertisedAddressesAreOfTheFamilyOfTheInstance() {
    // Departs from "the first is link-local": keepalived only warns of an IPv6 list without.
    assertThatThrownBy(() -> Router.settings(100).virtualAddresses("fe80::1").build())
        .hasMessageContaining("fe80::1 is not of family IPV4");
    VirtualRouterSettings global =
        VirtualRouterSettings.builder("VI_6", "eth0", 51)
            .version(3)
            .family(IpFamily.IPV6)
            .virtualAddresses("fd00::1")
            .build();
    assertThat(global.advertisement(100).addresses()).containsExactly(IpAddress.of("fd00::1"));
  }
}
