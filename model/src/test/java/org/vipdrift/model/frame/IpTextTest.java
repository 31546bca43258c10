package org.vipdrift.model.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTextTest {
  /** Runs of zero groups are what the text form is about, so there are many. */
  @Provide
  Arbitrary<IpAddress> addresses() {
    Arbitrary<IpAddress> v4 = Arbitraries.integers().map(IpAddress.V4::new);
    Arbitrary<Long> half =
        Arbitraries.of(0L, 0xffffL, 0xff02L, 1L)
            .list()
            .ofSize(4)
            .map(groups -> groups.stream().reduce(0L, (bits, group) -> bits << 16 | group));
    Arbitrary<Long> halves = Arbitraries.oneOf(half, Arbitraries.longs());
    Arbitrary<IpAddress> v6 = Combinators.combine(halves, halves).as(IpAddress.V6::new);
    return Arbitraries.oneOf(v4, v6);
  }

  @Property
  void whatIsWrittenIsReadBack(@ForAll("addresses") IpAddress address) {
    assertThat(IpAddress.parse(address.toString())).contains(address);
  }

  @Property
  void theTextIsCanonical(@ForAll("addresses") IpAddress address) {
    String text = address.toString();
    assertThat(text).isLowerCase().doesNotContain(":::");
    assertThat(text.split("::", -1)).hasSizeLessThanOrEqualTo(2);
    assertThat(IpAddress.of(text).toString()).isEqualTo(text);
  }

  @Property
  void itsOctetsAreReadBack(@ForAll("addresses") IpAddress address) {
    byte[] octets = new byte[address.family().octets() + 3];
    address.writeTo(octets, 2);
    assertThat(IpAddress.read(Octets.copyOf(octets), 2, address.family())).isEqualTo(address);
  }

  @Property
  void theOrderIsThatOfTheUnsignedOctetsWithIpv4First(
      @ForAll("addresses") IpAddress left, @ForAll("addresses") IpAddress right) {
    assertThat(Integer.signum(left.compareTo(right)))
        .isEqualTo(Integer.signum(number(left).compareTo(number(right))));
    assertThat(left.compareTo(right) == 0).isEqualTo(left.equals(right));
  }

  private static BigInteger number(IpAddress address) {
    byte[] octets = new byte[address.family().octets()];
    address.writeTo(octets, 0);
    BigInteger value = new BigInteger(1, octets);
    return address.family() == IpFamily.IPV4 ? value.subtract(BigInteger.TWO.pow(32)) : value;
  }

  @Property
  void garbageIsNeverAnAddressAndNeverAnException(@ForAll String garbage) {
    IpAddress.parse(garbage).ifPresent(a -> assertThat(IpAddress.of(a.toString())).isEqualTo(a));
    IpPrefix.parse(garbage).ifPresent(p -> assertThat(IpPrefix.parse(p.toString())).contains(p));
  }

  @Provide
  Arbitrary<String> nearlyAddresses() {
    return Arbitraries.strings().withChars("0123456789abcdefg:./% -").ofMaxLength(45);
  }

  @Property
  void whatLooksLikeAnAddressIsReadOrRefused(@ForAll("nearlyAddresses") String text) {
    IpAddress.parse(text).ifPresent(a -> assertThat(IpAddress.of(a.toString())).isEqualTo(a));
    IpPrefix.parse(text).ifPresent(p -> assertThat(IpPrefix.parse(p.toString())).contains(p));
  }

  @Property
  void prefixesAreReadBackAndContainTheirAddress(
      @ForAll("addresses") IpAddress address, @ForAll @IntRange(max = 128) int length) {
    IpPrefix prefix = new IpPrefix(address, length % (address.family().bits() + 1));
    assertThat(IpPrefix.parse(prefix.toString())).contains(prefix);
    assertThat(prefix.contains(address)).isTrue();
    assertThat(prefix.contains(address.mask(prefix.length()))).isTrue();
  }

  @Property
  void aPrefixContainsExactlyWhatSharesItsFirstBits(
      @ForAll("addresses") IpAddress address,
      @ForAll @IntRange(max = 127) int length,
      @ForAll @IntRange(max = 127) int bit) {
    int bits = address.family().bits();
    IpPrefix prefix = new IpPrefix(address, length % (bits + 1));
    int flipped = bit % bits;
    byte[] octets = new byte[address.family().octets()];
    address.writeTo(octets, 0);
    octets[flipped / 8] ^= (byte) (0x80 >>> flipped % 8);
    IpAddress other = IpAddress.read(Octets.copyOf(octets), 0, address.family());
    assertThat(prefix.contains(other)).isEqualTo(flipped >= prefix.length());
  }

  @Nested
  class TheTextOfIpv6 {
    /** The examples of RFC 5952, sections 1 to 4. */
    @ParameterizedTest
    @CsvSource({
      "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
      "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
      "2001:db8::1:0:0:1, 2001:db8::1:0:0:1",
      "2001:db8::0:1:0:0:1, 2001:db8::1:0:0:1",
      "2001:DB8:0:0:1::1, 2001:db8::1:0:0:1",
      "2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
      "2001:db8:0:0:0::1, 2001:db8::1",
      "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
      "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
      "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
      "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
      "2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa",
      "0:0:0:0:0:0:0:0, ::",
      "0:0:0:0:0:0:0:1, ::1",
      "1:0:0:0:0:0:0:0, 1::",
      "fe80:0:0:0:0:0:0:100, fe80::100",
      "::ffff:192.0.2.1, ::ffff:c000:201",
      "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
    })
    void isThatOfRfc5952(String written, String canonical) {
      assertThat(IpAddress.of(written)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          ":",
          ":::",
          "1:2:3:4:5:6:7",
          "1:2:3:4:5:6:7:8:9",
          "1::2::3",
          "12345::",
          "g::",
          "1:2:3:4:5:6:7:8::",
          "::1.2.3",
          "::1.2.3.256",
          "1.2.3.4::",
          "fe80::1%eth0",
          " ::1",
          "::1 ",
          "1:2:3:4:5:6:7:1.2.3.4",
          ":1:2:3:4:5:6:7",
          "1:2:3:4:5:6:7:"
        })
    void isRefusedWhereItIsNone(String text) {
      assertThat(IpAddress.parse(text)).isEmpty();
    }
  }

  @Nested
  class TheTextOfIpv4 {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "1.2.3",
          "1.2.3.4.5",
          "256.1.1.1",
          "01.2.3.4",
          "1.2.3.-4",
          "1.2.3.4 ",
          "1..3.4",
          "0x1.2.3.4",
          "1.2.3.",
          "٣.1.1.1"
        })
    void isRefusedWhereItIsNoDottedQuad(String text) {
      assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void isThatOfUnsignedOctets() {
      assertThat(IpAddress.v4(255, 0, 128, 1)).hasToString("255.0.128.1");
      assertThat(IpAddress.of("255.0.128.1")).isEqualTo(IpAddress.v4(255, 0, 128, 1));
    }
  }

  @Test
  void sortingIsUnsigned() {
    List<IpAddress> addresses =
        new ArrayList<>(
            List.of(
                IpAddress.of("ff02::12"),
                IpAddress.of("::1"),
                IpAddress.of("224.0.0.18"),
                IpAddress.of("10.0.0.1"),
                IpAddress.of("fe80::8000:0:0:1"),
                IpAddress.of("fe80::1")));
    addresses.sort(null);
    assertThat(addresses)
        .extracting(IpAddress::toString)
        .containsExactly(
            "10.0.0.1", "224.0.0.18", "::1", "fe80::1", "fe80::8000:0:0:1", "ff02::12");
  }

  @ParameterizedTest
  @CsvSource({
    "224.0.0.18, true, false",
    "239.255.255.255, true, false",
    "240.0.0.1, false, false",
    "169.254.9.9, false, true",
    "20.0.0.1, false, false",
    "ff02::12, true, false",
    "fe80::1, false, true",
    "febf::1, false, true",
    "fec0::1, false, false"
  })
  void multicastAndLinkLocalAreKnownByTheirFirstBits(
      String text, boolean multicast, boolean linkLocal) {
    assertThat(IpAddress.of(text).isMulticast()).isEqualTo(multicast);
    assertThat(IpAddress.of(text).isLinkLocal()).isEqualTo(linkLocal);
  }

  @Nested
  class Prefixes {
    @Test
    void withoutALengthAreHostPrefixes() {
      assertThat(IpPrefix.parse("20.0.0.1")).contains(new IpPrefix(IpAddress.of("20.0.0.1"), 32));
      assertThat(IpPrefix.parse("fd00::1")).contains(new IpPrefix(IpAddress.of("fd00::1"), 128));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "20.0.0.1/33",
          "fd00::1/129",
          "20.0.0.1/-1",
          "20.0.0.1/",
          "20.0.0.1/024",
          "/24",
          "20.0.0.1/2/4",
          "20.0.0.1/999",
          "20.0.0/24"
        })
    void areRefusedWhereTheLengthDoesNotFit(String text) {
      assertThat(IpPrefix.parse(text)).isEmpty();
    }

    @Test
    void ofOtherFamiliesContainNothing() {
      assertThat(IpPrefix.parse("0.0.0.0/0").orElseThrow().contains(IpAddress.of("::1"))).isFalse();
      assertThat(IpPrefix.parse("::/0").orElseThrow().contains(IpAddress.of("1.2.3.4"))).isFalse();
    }

    @Test
    void cannotBeMadeWithALengthThatDoesNotFit() {
      assertThatThrownBy(() -> new IpPrefix(IpAddress.of("1.2.3.4"), 33))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("33");
    }
  }

  @Test
  void whatIsNoAddressCannotBeAConstant() {
    assertThatThrownBy(() -> IpAddress.of("nginx1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nginx1");
  }
}
