package org.vipdrift.simulator.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.simulator.shell.ShellProgram;
import org.vipdrift.simulator.shell.ShellReply;
import org.vipdrift.simulator.shell.ShellReply.Failure;
import org.vipdrift.simulator.shell.ShellStep;

class CheckScriptsTest {
  private final FakeHost host = new FakeHost();

  private static final String CHECK_NGINX =
      """
      #!/bin/bash
      # start nginx again, and give the address away if that does not help
      counter=$(ps -C nginx --no-heading|wc -l)
      if [ "${counter}" = "0" ]; then
          /usr/local/nginx/sbin/nginx
          sleep 2
          counter=$(ps -C nginx --no-heading|wc -l)
          if [ "${counter}" = "0" ]; then
              killall keepalived
          fi
      fi
      """;

  @Nested
  class NginxIsChecked {
    @Test
    void nothingHappensWhileNginxRuns() {
      host.nginx();
      host.script("/etc/keepalived/check_nginx.sh", CHECK_NGINX);
      assertThat(host.exit("/etc/keepalived/check_nginx.sh")).isZero();
      assertThat(host.events).isEmpty();
      assertThat(host.runs("keepalived")).isTrue();
      assertThat(host.seconds()).isLessThan(0.05);
    }

    @Test
    void nginxIsStartedWhenItIsDead() {
      host.script("/etc/keepalived/check_nginx.sh", CHECK_NGINX);
      assertThat(host.exit("/etc/keepalived/check_nginx.sh")).isZero();
      assertThat(host.events).containsExactly("started nginx");
      assertThat(host.runs("keepalived")).isTrue();
      assertThat(host.seconds()).isBetween(2.0, 2.1);
    }

    @Test
    void keepalivedIsKilledWhenNginxDoesNotStart() {
      host.nginxStarts = false;
      host.script("/etc/keepalived/check_nginx.sh", CHECK_NGINX);
      host.exit("/etc/keepalived/check_nginx.sh");
      assertThat(host.runs("keepalived")).isFalse();
    }

    @Test
    void theServiceIsStoppedByTheShorterScript() {
      host.shell(
          """
          #!/bin/bash
          A=`ps -C nginx --no-header | wc -l`
          if [ $A -eq 0 ];then
            systemctl stop keepalived
          fi
          """);
      assertThat(host.events).containsExactly("STOP keepalived");
      assertThat(host.runs("keepalived")).isFalse();
    }

    @Test
    void countingWithGrepSeesTheGrepItself() {
      host.nginx();
      host.shell("ps aux | grep nginx | wc -l; ps aux | grep nginx | grep -v grep | wc -l");
      assertThat(host.output()).isEqualTo("3\n2\n");
    }

    @Test
    void aScriptWithNginxInItsNameCountsItselfAndItsSubshell() {
      host.script(
          "/etc/keepalived/check_nginx.sh",
          "#!/bin/bash\necho $(ps -ef | grep nginx | grep -v grep | wc -l)\n");
      host.exit("/etc/keepalived/check_nginx.sh");
      assertThat(host.output()).isEqualTo("2\n");
    }

    @Test
    void noProcessOfAScriptIsLeftBehind() {
      int before = host.table.size();
      host.shell("x=$(ps -ef | cat | (exit 3) | wc -l); timeout 1 sleep 5 | cat; exit 4 | cat");
      assertThat(host.table).hasSize(before);
    }
  }

  @Nested
  class OneLiners {
    @Test
    void killallZeroAsksForAProcess() {
      assertThat(host.exit("/usr/bin/killall", "-0", "haproxy")).isEqualTo(1);
      host.daemon("haproxy", "/usr/sbin/haproxy -Ws");
      assertThat(host.exit("/usr/bin/killall", "-0", "haproxy")).isZero();
      assertThat(host.exit("pidof", "haproxy")).isZero();
      assertThat(host.exit("pgrep", "-x", "nginx")).isEqualTo(1);
      assertThat(host.exit("systemctl", "is-active", "--quiet", "haproxy")).isZero();
      assertThat(host.exit("systemctl", "is-active", "nginx")).isEqualTo(3);
    }

    @Test
    void testLooksAtTheHostsFiles() {
      assertThat(host.exit("test", "!", "-e", "/tmp/x")).isZero();
      host.files.put("/tmp/x", org.vipdrift.simulator.shell.ShellHost.HostFile.ofText(""));
      assertThat(host.exit("test", "!", "-e", "/tmp/x")).isEqualTo(1);
      assertThat(host.exit("/bin/sh", "-c", "[ -f /tmp/x ] && exit 7")).isEqualTo(7);
      assertThat(host.exit("exit", "5")).isEqualTo(5);
    }

    @Test
    void aSocketIsOpenedByRedirection() {
      host.network = _ -> new ShellReply.Connected();
      assertThat(host.exit("</dev/tcp/127.0.0.1/80")).isZero();
      host.network = _ -> new ShellReply.Failed(Failure.REFUSED);
      assertThat(host.exit("</dev/tcp/127.0.0.1/80")).isEqualTo(1);
      assertThat(host.exit("/bin/bash", "-c", "</dev/tcp/127.0.0.1/80")).isEqualTo(1);
      assertThat(host.exit("nc", "-z", "-w", "1", "127.0.0.1", "80")).isEqualTo(1);
    }

    @Test
    void aMissingFileGives127AndOneThatIsNotExecutable126() {
      assertThat(host.exit("/etc/keepalived/none.sh")).isEqualTo(127);
      host.files.put("/a.sh", org.vipdrift.simulator.shell.ShellHost.HostFile.ofText("true"));
      assertThat(host.exit("/a.sh")).isEqualTo(126);
      assertThat(host.exit("/bin/bash", "/a.sh")).isZero();
    }

    @Test
    void theGatewayDecides() {
      assertThat(host.exit("/bin/ping", "-c", "1", "-W", "1", "20.0.0.1")).isEqualTo(1);
      assertThat(host.seconds()).isBetween(1.0, 1.01);
      assertThat(host.exit("ping", "-c", "1", "nowhere")).isEqualTo(2);
      host.network = _ -> new ShellReply.EchoReceived(Duration.ofMillis(1));
      assertThat(host.exit("ping", "-c", "3", "-W", "1", "-q", "20.0.0.1")).isZero();
    }
  }

  @Nested
  class WebChecks {
    private static final String RETRIES =
        """
        #!/bin/sh
        CHECK_TIME=3
        check() {
          code=$(curl -o /dev/null -s -m 2 -w '%{http_code}' http://127.0.0.1/)
          if [ "$code" -eq 200 ]; then NGINX_OK=1; else NGINX_OK=0; fi
          return $NGINX_OK
        }
        while [ $CHECK_TIME -ne 0 ]
        do
          let "CHECK_TIME -= 1"
          check
          if [ $NGINX_OK -eq 1 ]; then
            exit 0
          fi
          sleep 1
        done
        /etc/init.d/keepalived stop
        exit 1
        """;

    @Test
    void aGoodStatusEndsTheLoop() {
      host.network = _ -> new ShellReply.Fetched(200, "hello");
      assertThat(host.shell(RETRIES)).isZero();
      assertThat(host.seconds()).isLessThan(0.1);
    }

    @Test
    void threeFailuresStopKeepalived() {
      assertThat(host.shell(RETRIES)).isEqualTo(1);
      assertThat(host.events).containsExactly("STOP keepalived");
      assertThat(host.seconds()).isBetween(9.0, 9.2);
    }

    @Test
    void curlEndsAsDebiansDoes() {
      assertThat(host.exit("curl", "-s", "-m", "1", "http://20.0.0.100/")).isEqualTo(28);
      host.network = _ -> new ShellReply.Failed(Failure.REFUSED);
      assertThat(host.exit("curl", "-s", "http://20.0.0.100/")).isEqualTo(7);
      host.network = _ -> new ShellReply.Fetched(503, "");
      assertThat(host.exit("curl", "-sf", "http://20.0.0.100/")).isEqualTo(22);
      assertThat(host.exit("curl", "-s", "http://nowhere/")).isEqualTo(6);
      assertThat(host.exit("wget", "-q", "--spider", "http://20.0.0.100/")).isEqualTo(8);
    }
  }

  @Test
  void theSplitBrainMonitorAlarmsAndReleases() {
    host.addresses.get("eth0").add(FakeHost.address("20.0.0.100/32"));
    host.network =
        step ->
            step instanceof ShellStep.ArpPinging
                ? new ShellReply.EchoReceived(Duration.ofMillis(1))
                : new ShellReply.Failed(Failure.TIMED_OUT);
    String script =
        """
        #!/bin/bash
        VIP=20.0.0.100
        PEER=20.0.0.22
        if ip addr show dev eth0 | grep -q "inet $VIP/" ; then
          if ! ping -c 2 -W 1 $PEER &>/dev/null && arping -D -c 1 -I eth0 $VIP >/dev/null; then
            echo "no duplicate"
          else
            echo "split brain on $(hostname) at $(date '+%F %T')" | mail -s "split-brain" ops@example.org
            logger -t monitor "releasing $VIP"
            ip addr del $VIP/32 dev eth0
          fi
        fi
        """;
    assertThat(ShellProgram.parse("monitor.sh", script, StandardCommands.ALL).unsupported())
        .isEmpty();
    assertThat(host.shell(script)).isZero();
    assertThat(host.events)
        .containsExactly(
            "mail to ops@example.org: split-brain: split brain on nginx1 at 2026-03-01 12:00:02",
            "monitor: releasing 20.0.0.100");
    assertThat(host.addresses.get("eth0")).hasSize(1);
  }

  @Test
  void anEndlessLoopEndsAtTheStepLimit() {
    assertThat(host.execute("while", "true;", "do", ":;", "done"))
        .isEqualTo(new ShellStep.Exceeded("step limit"));
    assertThat(host.execute("f(){", "f;", "};", "f"))
        .isEqualTo(new ShellStep.Exceeded("depth limit"));
    assertThat(host.table).hasSize(1);
  }

  @Test
  void timeoutAbandonsACommand() {
    assertThat(host.exit("timeout", "3", "sleep", "60")).isEqualTo(124);
    assertThat(host.seconds()).isBetween(3.0, 3.1);
    assertThat(host.exit("timeout", "2", "bash", "-c", "while true; do sleep 1; done"))
        .isEqualTo(124);
  }

  @Test
  void unknownCommandsAreReportedWithTheirPlace() {
    var parse =
        ShellProgram.parse(
            "check.sh",
            "#!/bin/bash\nx=1\nif iptables -L; then\n  foo | awk 'BEGIN{x}'\nfi\n",
            StandardCommands.ALL);
    assertThat(parse.unsupported().stream().map(Object::toString).toList())
        .containsExactly(
            "check.sh:3:4: command 'iptables'",
            "check.sh:4:3: command 'foo'",
            "check.sh:4:9: awk 'BEGIN{x}'");
    assertThat(host.shell("iptables -L")).isEqualTo(127);
    assertThat(host.unsupported).hasSize(1);
  }

  @Test
  void aSyntaxErrorEndsTheScriptWhereABashWould() {
    assertThat(host.shell("echo one\nif true; then\n  echo two\n")).isEqualTo(2);
    assertThat(host.output()).isEqualTo("one\n");
  }

  @Test
  void aScriptThatStopsItselfDoesNotGoOn() {
    assertThat(host.shell("kill $$; logger still here")).isEqualTo(143);
    assertThat(host.events).isEmpty();
  }

  @Test
  void aBackgroundCommandIsHandedOver() {
    assertThat(host.shell("sleep 30 & echo $!")).isZero();
    assertThat(host.detached).hasSize(1);
    assertThat(host.output().strip())
        .isEqualTo(Integer.toString(host.detached.getFirst().processId()));
    assertThat(host.detached.getFirst().resume(new ShellReply.Begin()))
        .isInstanceOf(ShellStep.Sleeping.class);
    host.detached.getFirst().kill();
    assertThat(host.runs("sleep")).isFalse();
  }

  @Test
  void socketsAndAddressesAreShown() {
    host.nginx();
    host.shell(
        "ss -lnt | grep -c ':80 '; netstat -lntp | awk '{print $4}' | tail -n 1; hostname -I;"
            + " ip -4 addr show eth0 | grep inet | awk '{print $2}' | cut -d/ -f1;"
            + " ip route | awk '/default/ {print $3}'");
    assertThat(host.output()).isEqualTo("1\n0.0.0.0:80\n20.0.0.21 \n20.0.0.21\n20.0.0.1\n");
    assertThat(host.exit("arping", "-U", "-c", "1", "-I", "eth0", "20.0.0.100")).isZero();
    assertThat(host.events).containsExactly("announced " + IpAddress.of("20.0.0.100"));
    assertThat(List.of(host.exit("ip", "addr", "show", "eth9"))).containsExactly(1);
  }
}
