package org.vipdrift.simulator.kernel.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerCertificateTest {
  private final ServerCertificate certificate =
      new ServerCertificate(List.of("example.org", "*.example.com"));

  @Test
  void isForItsNamesInAnyCase() {
    assertThat(certificate.isFor("Example.ORG")).isTrue();
    assertThat(certificate.isFor("www.example.org")).isFalse();
  }

  @Test
  void anAsteriskStandsForOneLabel() {
    assertThat(certificate.isFor("www.example.com")).isTrue();
    assertThat(certificate.isFor("a.www.example.com")).isFalse();
    assertThat(certificate.isFor("example.com")).isFalse();
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(ServerCertificate.decode(certificate.encode())).contains(certificate);
  }

  @Test
  void isNotReadFromWhatIsTooShort() {
    assertThat(ServerCertificate.decode(new byte[] {0})).isEmpty();
    assertThat(ServerCertificate.decode(new byte[] {0, 0})).isEmpty();
    assertThat(ServerCertificate.decode(new byte[] {0, 3, 'a', 'b'})).isEmpty();
  }
}
