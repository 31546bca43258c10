package org.vipdrift.model.scenario.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The ports that a haproxy.cfg binds. */
class ConfiguredPortsTest {
  @Test
  void areThoseOfBindLinesAndOldListenLines() {
    assertThat(
            ConfiguredPorts.ofHaproxy(
                """
                global
                    maxconn 4096
                defaults
                    mode http
                listen stats 0.0.0.0:9000
                frontend web
                    bind *:80 # plain
                    bind 20.0.0.20:443,:8443 ssl crt /etc/ssl/x.pem
                    bind [::]:80 v6only
                    bind /run/haproxy.sock
                    bind *:1000-2000
                    # bind *:99
                backend nginx
                    server nginx1 20.0.0.21:81 check
                """))
        .containsExactly(9000, 80, 443, 8443);
  }
}
