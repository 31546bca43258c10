package org.vipdrift.netio.namespaces;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LacksTest {
  @Test
  void theProgramsOfAScriptAreThoseThatItRuns() {
    assertThat(
            Lacks.programs(
                """
                #!/bin/sh
                # nc would do as well
                if ! killall -0 haproxy; then exit 1; fi
                n=$(ps -C nginx --no-headers | wc -l)
                /usr/bin/ping -c 1 -W 1 20.0.0.1 >/dev/null || exit 1
                echo "no-curl ping6 --wget pidof.log" && curl
                """))
        .containsExactly("curl", "killall", "ping", "ps");
  }
}
