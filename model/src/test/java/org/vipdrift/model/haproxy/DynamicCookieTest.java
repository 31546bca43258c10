package org.vipdrift.model.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;

class DynamicCookieTest {
  @Test
  void isWhatHaproxy2612Sends() {
    IpAddress loopback = IpAddress.v4(127, 0, 0, 1);

    assertThat(DynamicCookie.of("mysecret", loopback, 33_700)).isEqualTo("4c481d58fc6764ea");
    assertThat(DynamicCookie.of("mysecret", loopback, 33_701)).isEqualTo("769808a6ab21c12e");
  }
}
