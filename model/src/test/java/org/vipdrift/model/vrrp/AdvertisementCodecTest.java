package org.vipdrift.model.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.InternetChecksum;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.frame.Octets;

class AdvertisementCodecTest {
  static final IpAddress SOURCE = IpAddress.of("20.0.0.21");
  static final IpAddress GROUP = IpAddress.VRRP_GROUP_V4;

  static Advertisement advert(int version, int priority, Duration interval, String... addresses) {
    List<IpAddress> list = List.of(addresses).stream().map(IpAddress::of).toList();
    return new Advertisement(
        version, list.getFirst().family(), 51, priority, interval, list, Authentication.NONE);
  }

  private static AdvertisementCodec.Decoded decode(Octets message) {
    return AdvertisementCodec.decode(message, SOURCE, GROUP, ChecksumMode.PSEUDO_HEADER, true);
  }

  private static DropReason reason(Octets message) {
    return switch (decode(message)) {
      case AdvertisementCodec.Decoded.Malformed malformed -> malformed.reason();
      case AdvertisementCodec.Decoded.Wellformed wellformed ->
          throw new AssertionError("decoded " + wellformed);
    };
  }

  /** Sent by keepalived 2.2.7; the sniffer's line stands above the bytes. */
  @Nested
  class CapturedTest {
    // 20.0.0.21 > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio 150, authtype simple, intvl 1s
    private final Octets version2 = Octets.ofHex("21339601 0101d103 14000064 31313131 00000000");

    // 20.0.0.21 > 224.0.0.18: VRRPv3, Advertisement, vrid 51, prio 150, intvl 100cs, length 12
    private final Octets version3 = Octets.ofHex("31339601 00642f5f 14000064");

    // fe80::2059:9aff:fe3e:226 > ff02::12: VRRPv3, Advertisement, vrid 51, prio 150, intvl 100cs
    private final Octets ipv6 =
        Octets.ofHex(
            "31339602 006480f8 fe800000000000000000000000000100"
                + " fd000000000000000000000000000100");

    @Test
    @Requirement({"P3", "P8"})
    void version2WithPassword() {
      Advertisement advert =
          new Advertisement(
              2,
              IpFamily.IPV4,
              51,
              150,
              Duration.ofSeconds(1),
              List.of(IpAddress.of("20.0.0.100")),
              Authentication.Password.of("1111"));
      assertThat(decode(version2)).isEqualTo(new AdvertisementCodec.Decoded.Wellformed(advert));
      assertThat(AdvertisementCodec.encode(advert, SOURCE, GROUP, ChecksumMode.PSEUDO_HEADER))
          .isEqualTo(version2);
    }

    @Test
    @Requirement({"P4", "P9"})
    void version3OverIpv4SumsThePseudoHeader() {
      Advertisement advert = advert(3, 150, Duration.ofSeconds(1), "20.0.0.100");
      assertThat(decode(version3)).isEqualTo(new AdvertisementCodec.Decoded.Wellformed(advert));
      assertThat(AdvertisementCodec.encode(advert, SOURCE, GROUP, ChecksumMode.PSEUDO_HEADER))
          .isEqualTo(version3);
    }

    @Test
    @Requirement({"P4", "P9", "P11"})
    void version3OverIpv6StartsWithTheLinkLocalAddress() {
      IpAddress source = IpAddress.of("fe80::2059:9aff:fe3e:226");
      Advertisement advert = advert(3, 150, Duration.ofSeconds(1), "fe80::100", "fd00::100");
      for (ChecksumMode mode : ChecksumMode.values()) {
        assertThat(AdvertisementCodec.decode(ipv6, source, IpAddress.VRRP_GROUP_V6, mode, false))
            .isEqualTo(new AdvertisementCodec.Decoded.Wellformed(advert));
        assertThat(AdvertisementCodec.encode(advert, source, IpAddress.VRRP_GROUP_V6, mode))
            .isEqualTo(ipv6);
      }
      assertThat(advert.addresses().getFirst().isLinkLocal()).isTrue();
    }
  }

  @Test
  @Requirement("P10")
  void rfc9568SumsVersion3OverIpv4WithoutPseudoHeader() {
    Advertisement advert = advert(3, 150, Duration.ofSeconds(1), "20.0.0.100");
    Octets strict =
        AdvertisementCodec.encode(advert, SOURCE, GROUP, Dialect.RFC_9568.checksumMode());
    assertThat(InternetChecksum.of(strict)).isZero();
    assertThat(AdvertisementCodec.decode(strict, SOURCE, GROUP, ChecksumMode.PSEUDO_HEADER, false))
        .isInstanceOf(AdvertisementCodec.Decoded.Malformed.class);
    assertThat(AdvertisementCodec.decode(strict, SOURCE, GROUP, ChecksumMode.PSEUDO_HEADER, true))
        .isInstanceOf(AdvertisementCodec.Decoded.Wellformed.class);
  }

  @Test
  @Requirement("P5")
  void reservedBitsAreSentZeroAndIgnored() {
    Octets zero =
        AdvertisementCodec.encode(
            advert(3, 100, Duration.ofMillis(40_950), "20.0.0.100"),
            SOURCE,
            GROUP,
            ChecksumMode.NO_PSEUDO_HEADER);
    assertThat(zero.unsignedShort(4)).isEqualTo(0x0fff);
    byte[] bytes = zero.toByteArray();
    bytes[4] |= (byte) 0xf0;
    bytes[6] = 0;
    bytes[7] = 0;
    int checksum = InternetChecksum.of(Octets.copyOf(bytes));
    bytes[6] = (byte) (checksum >> 8);
    bytes[7] = (byte) checksum;
    assertThat(
            AdvertisementCodec.decode(
                Octets.copyOf(bytes), SOURCE, GROUP, ChecksumMode.NO_PSEUDO_HEADER, true))
        .isEqualTo(
            AdvertisementCodec.decode(zero, SOURCE, GROUP, ChecksumMode.NO_PSEUDO_HEADER, true));
  }

  @Test
  @Requirement({"P7", "S13"})
  void priorityZeroReleases() {
    Octets message =
        AdvertisementCodec.encode(
            advert(2, 0, Duration.ofSeconds(1), "20.0.0.100"),
            SOURCE,
            GROUP,
            ChecksumMode.PSEUDO_HEADER);
    assertThat(decode(message))
        .isInstanceOfSatisfying(
            AdvertisementCodec.Decoded.Wellformed.class,
            wellformed -> assertThat(wellformed.advertisement().isRelease()).isTrue());
  }

  @Test
  @Requirement({"P1", "P2"})
  void packetsGoToTheGroupOfTheFamilyWithTtl255() {
    VirtualRouterSettings ipv4 = Router.settings(100).build();
    VirtualRouterSettings ipv6 =
        VirtualRouterSettings.builder("VI_6", "eth0", 51)
            .version(3)
            .family(IpFamily.IPV6)
            .virtualAddresses("fe80::100")
            .build();
    assertThat(AdvertisementCodec.PROTOCOL).isEqualTo(112);
    assertThat(ipv4.destinations()).containsExactly(IpAddress.of("224.0.0.18"));
    assertThat(ipv6.destinations()).containsExactly(IpAddress.of("ff02::12"));
    assertThat(ipv4.ttl()).isEqualTo(255);
    assertThat(ipv6.ttl()).isEqualTo(255);
  }

  @Test
  @Requirement("P12")
  void virtualMacAddressNamesFamilyAndVrid() {
    // Departs from the RFCs unless use_vmac is set: keepalived sends from the real MAC address.
    assertThat(MacAddress.ofVirtualRouter(51, IpFamily.IPV4)).hasToString("00:00:5e:00:01:33");
    assertThat(MacAddress.ofVirtualRouter(51, IpFamily.IPV6)).hasToString("00:00:5e:00:02:33");
    assertThat(Router.settings(100).build().virtualInterfaces()).isEmpty();
  }

  @Test
  void malformedMessagesHaveAReason() {
    assertThat(reason(Octets.EMPTY)).isEqualTo(DropReason.TOO_SHORT);
    assertThat(reason(Octets.ofHex("41339601 0101d103 14000064"))).isEqualTo(DropReason.VERSION);
    assertThat(reason(Octets.ofHex("32339601 00642f5f 14000064"))).isEqualTo(DropReason.TYPE);
    assertThat(reason(Octets.ofHex("31339602 00642f5f 14000064"))).isEqualTo(DropReason.TOO_SHORT);
    assertThat(reason(Octets.ofHex("31339600 00642f5f 14000064"))).isEqualTo(DropReason.TOO_LONG);
    assertThat(reason(Octets.ofHex("31339601 00642f5e 14000064"))).isEqualTo(DropReason.CHECKSUM);
  }
}
