package org.vipdrift.simulator.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ScriptOutcome;
import org.vipdrift.model.trace.TraceDetail.ScriptResult;
import org.vipdrift.simulator.Experiment;
import org.vipdrift.simulator.Observation;

class CheckScriptsOnHostsTest {
  private static final Action STOP_NGINX =
      new Action.OnProcess(Action.ProcessVerb.STOP, "a", "nginx");

  private static String checking(String command, String... lines) {
    return """
    vrrp_script check {
      script "%s"
      interval 1
      %s
    }
    """
            .formatted(command, String.join("\n  ", lines))
        + Experiment.configuration(150, "track_script {\n check\n }");
  }

  private static Experiment pair(String command, String... lines) {
    return new Experiment().host("a", checking(command, lines));
  }

  private static Experiment withBackup(Experiment experiment) {
    return experiment.host("b", Experiment.configuration(100));
  }

  @Test
  void killallSeesWhetherTheProcessLives() {
    Observation seen =
        withBackup(pair("/usr/bin/killall -0 nginx"))
            .at(10, STOP_NGINX)
            .at(20, new Action.OnProcess(Action.ProcessVerb.START, "a", "nginx"))
            .run(35);
    assertThat(seen.holders(9)).containsExactly("a");
    assertThat(seen.state("a", 15)).contains("FAULT");
    assertThat(seen.holders(19)).containsExactly("b");
    assertThat(seen.holders(35)).containsExactly("a");
  }

  @Test
  void aFrozenProcessStillLivesForKillall() {
    Observation seen =
        withBackup(pair("/usr/bin/killall -0 nginx"))
            .at(10, new Action.OnProcess(Action.ProcessVerb.FREEZE, "a", "nginx"))
            .run(20);
    assertThat(seen.holders(20)).containsExactly("a");
  }

  @Test
  void aScriptFileThatStopsKeepalivedStopsIt() {
    Observation seen =
        withBackup(
                pair("/etc/keepalived/check.sh")
                    .file(
                        "/etc/keepalived/check.sh",
                        """
                        #!/bin/bash
                        if ! pidof nginx >/dev/null; then
                          systemctl stop keepalived
                        fi
                        """))
            .at(10, STOP_NGINX)
            .run(20);
    assertThat(seen.changes("a", 10)).containsExactly("stopping", "stopped");
    assertThat(seen.changed("a", 10, TraceDetail.ProcessChange.STOPPED)).isLessThan(11.5);
    assertThat(seen.holders(20)).containsExactly("b");
  }

  @Test
  void aScriptFileMayReviveWhatItChecks() {
    Observation seen =
        withBackup(
                pair("/etc/keepalived/check.sh")
                    .file(
                        "/etc/keepalived/check.sh",
                        """
                        #!/bin/bash
                        pidof nginx >/dev/null || systemctl start nginx
                        exit 0
                        """))
            .at(10, STOP_NGINX)
            .run(20);
    assertThat(seen.changes("a", "nginx", 10)).endsWith("started", "ready");
    assertThat(seen.holders(20)).containsExactly("a");
  }

  @Test
  void aScriptThatSleepsTooLongTimesOutAndIsKilled() {
    Observation seen =
        pair("/etc/keepalived/check.sh", "timeout 2")
            .file("/etc/keepalived/check.sh", "#!/bin/sh\nsleep 30\nlogger survived\n")
            .run(60);
    assertThat(seen.between(0, 60, "a", ScriptResult.class))
        .isNotEmpty()
        .allSatisfy(r -> assertThat(r.outcome()).isEqualTo(ScriptOutcome.TIMEOUT));
    assertThat(seen.between(0, 60, "a", TraceDetail.LogLine.class))
        .noneMatch(l -> l.text().contains("survived"));
  }

  @Test
  void aScriptThatNeverEndsTimesOutToo() {
    Observation seen =
        pair("/etc/keepalived/check.sh", "timeout 2")
            .file("/etc/keepalived/check.sh", "#!/bin/sh\nwhile true; do :; done\n")
            .run(8);
    assertThat(seen.between(0, 8, "a", ScriptResult.class))
        .isNotEmpty()
        .allSatisfy(r -> assertThat(r.outcome()).isEqualTo(ScriptOutcome.TIMEOUT));
    assertThat(seen.state("a", 8)).contains("FAULT");
  }

  @Test
  void aMissingScriptFails() {
    Observation seen = pair("/etc/keepalived/missing.sh").run(5);
    assertThat(seen.between(0, 5, "a", ScriptResult.class))
        .allSatisfy(r -> assertThat(r.outcome()).isEqualTo(ScriptOutcome.FAILED));
    assertThat(seen.holders(5)).isEmpty();
  }

  @Test
  void pingSeesWhetherAMachineIsThere() {
    Observation seen =
        withBackup(pair("/bin/ping -c 1 -W 1 20.0.0.22", "timeout 3"))
            .at(10, new Action.OnHost(Action.HostVerb.POWER_OFF, "b"))
            .run(20);
    assertThat(seen.state("a", 9)).contains("MASTER");
    assertThat(seen.state("a", 18)).contains("FAULT");
  }

  @Test
  void mailAndLogReachTheTrace() {
    Observation seen =
        pair("/etc/keepalived/check.sh")
            .file(
                "/etc/keepalived/check.sh",
                "#!/bin/sh\necho body | mail -s alarm root\nlogger -t check seen\n")
            .run(5);
    assertThat(seen.between(0, 5, "a", TraceDetail.MailSent.class))
        .first()
        .isEqualTo(new TraceDetail.MailSent("root", "alarm", "body\n"));
    assertThat(seen.between(0, 5, "a", TraceDetail.LogLine.class))
        .anyMatch(l -> l.text().contains("seen"));
  }

  @Test
  void whatIsNotModelledIsReportedWithItsPlace() {
    Observation seen =
        pair("/etc/keepalived/check.sh")
            .file("/etc/keepalived/check.sh", "#!/bin/sh\n\nfrobnicate --hard\n")
            .run(3);
    assertThat(seen.between(0, 3, "a", TraceDetail.NotModelled.class))
        .first()
        .satisfies(
            n -> {
              assertThat(n.place()).contains("check.sh").contains("3");
              assertThat(n.what()).contains("frobnicate");
            });
  }

  @Test
  void aScriptTakesTime() {
    Observation seen =
        pair("/etc/keepalived/check.sh")
            .file("/etc/keepalived/check.sh", "#!/bin/sh\nsleep 0.5\nexit 0\n")
            .run(5);
    double ready = seen.changed("a", 0, TraceDetail.ProcessChange.READY);
    double first = seen.first("a", 0, d -> d instanceof ScriptResult).orElseThrow();
    assertThat(Duration.ofNanos(Math.round((first - ready) * 1e9)))
        .isBetween(Duration.ofMillis(500), Duration.ofMillis(600));
  }
}
