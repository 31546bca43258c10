package org.vipdrift.model.haproxy.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShaCryptTest {
  /** As glibc's crypt(3) makes them. */
  @ParameterizedTest
  @CsvSource({
    "Hello world!, $5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5",
    "Hello world!,"
        + " $6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
    "secret, $5$rounds=1000$xyz$g9ZmkI99NBf8mF8hKGuc6sCwYCshJMGe.1lArIPCWBC",
    "secret,"
        + " $6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG."
  })
  void knowsTheRightPassword(String password, String hash) {
    assertThat(ShaCrypt.matches(password, hash)).isTrue();
    assertThat(ShaCrypt.matches(password + "x", hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "$1$abc$iCQ2D3nhptRYi27fDYv2s1", "$6$", "$5$rounds=x$a$b"})
  void otherFormsMatchNothing(String hash) {
    assertThat(ShaCrypt.matches("secret", hash)).isFalse();
  }
}
