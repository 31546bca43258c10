package org.vipdrift.model.frame;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {
  @Test
  void exampleOfRfc1071Section3() {
    assertThat(InternetChecksum.of(Octets.ofHex("0001f203f4f5f6f7"))).isEqualTo(0x220d);
  }

  @Test
  void oddLastOctetCountsAsTheHighHalf() {
    assertThat(InternetChecksum.of(Octets.ofHex("0001f2")))
        .isEqualTo(InternetChecksum.of(Octets.ofHex("0001f200")));
  }

  @Test
  void nothingSumsToAllOnes() {
    assertThat(InternetChecksum.of(Octets.EMPTY)).isEqualTo(0xffff);
  }

  @Test
  void pseudoHeaderCountsAddressesProtocolAndLength() {
    IpAddress source = IpAddress.of("20.0.0.20");
    IpAddress destination = IpAddress.of("224.0.0.18");
    assertThat(
            InternetChecksum.fold(
                InternetChecksum.pseudoHeader(source, destination, IpProtocol.VRRP, 0x10014)))
        .isEqualTo(InternetChecksum.of(Octets.ofHex("14000014 e0000012 00010014 0070")));
  }

  @Property(tries = 200)
  void dataWithItsChecksumSumsToZero(@ForAll @Size(min = 1, max = 60) byte[] data) {
    byte[] whole = new byte[data.length + data.length % 2 + 2];
    System.arraycopy(data, 0, whole, 0, data.length);
    WireBytes.putShort(whole, whole.length - 2, InternetChecksum.of(Octets.copyOf(data)));
    assertThat(InternetChecksum.of(Octets.adopt(whole))).isZero();
  }
}
