package org.vipdrift.model.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;

class ProxyHeaderTest {
  private static final ProxyHeader.Ends ENDS =
      new ProxyHeader.Ends(IpAddress.of("1.2.3.4"), 100, IpAddress.of("5.6.7.8"), 200);

  @Test
  void versionOneIsALine() {
    assertThat(new String(ProxyHeader.write(1, ENDS).toByteArray(), StandardCharsets.US_ASCII))
        .isEqualTo("PROXY TCP4 1.2.3.4 5.6.7.8 100 200\r\n");
  }

  @Test
  void versionTwoIsBinary() {
    assertThat(ProxyHeader.write(2, ENDS).toHex())
        .isEqualTo("0d0a0d0a000d0a515549540a2111000c0102030405060708006400c8");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.2.3.4, 5.6.7.8",
    "2, 1.2.3.4, 5.6.7.8",
    "1, 2001:db8::1, ::1",
    "2, fe80::1, ::1"
  })
  void whatIsWrittenIsRead(int version, String source, String destination) {
    ProxyHeader.Ends ends =
        new ProxyHeader.Ends(IpAddress.of(source), 65_535, IpAddress.of(destination), 80);
    Octets header = ProxyHeader.write(version, ends);

    assertThat(ProxyHeader.read(header))
        .isEqualTo(new ProxyHeader.Found.Header(Optional.of(ends), header.length()));
  }

  @Test
  void randomOctetsAreNoHeaderAndNoBug() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      byte[] header = ProxyHeader.write(1 + round % 2, ENDS).toByteArray();
      byte[] cut = java.util.Arrays.copyOf(header, random.nextInt(1, header.length + 1));
      cut[random.nextInt(cut.length)] = (byte) random.nextInt(256);

      assertThat(ProxyHeader.read(Octets.adopt(cut))).isNotNull();
    }
  }
}
