package org.vipdrift.netio.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vipdrift.netio.node.LivePair.eventually;
import static org.vipdrift.netio.node.LivePair.holds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.netio.ScratchNamespace;
import org.vipdrift.netio.mail.SmtpSink;

class LiveNodeTest {
  private static final String FIRST = "10.93.8.100";
  private static final String SECOND = "10.93.8.101";

  @TempDir private Path folder;
  private LivePair pair;

  @BeforeEach
  void openPair() {
    pair = LivePair.open(folder);
  }

  @AfterEach
  void closePair() {
    if (pair != null) {
      pair.close();
    }
  }

  private static String instance(
      String name, String networkInterface, int vrid, int priority, String address, String more) {
    return """
    vrrp_instance %s {
        state BACKUP
        interface %s
        virtual_router_id %d
        priority %d
        advert_int 0.3
        version 3
        %s
        virtual_ipaddress {
            %s/24
        }
    }
    """
        .formatted(name, networkInterface, vrid, priority, more.replace("\n", "\n    "), address);
  }

  private void configure(String text) throws IOException {
    Files.writeString(folder.resolve("node.conf"), text);
  }

  @Test
  void anInstanceThatFailsLosesItsAddressesAndTheOthersLiveOn() throws Exception {
    configure(
        instance("VI_1", "left0", 51, 150, FIRST, "")
            + instance("VI_2", "left0", 52, 150, SECOND, ""));
    Process node = pair.node(List.of(), "fail", "VI_1");
    assertThat(eventually(() -> holds(pair.left, FIRST) && holds(pair.left, SECOND)))
        .as(pair.text("node.log"))
        .isTrue();
    pair.keepalived(
        instance("VI_1", "right0", 51, 100, FIRST, "")
            + instance("VI_2", "right0", 52, 100, SECOND, ""));
    Files.createFile(folder.resolve("fail"));

    assertThat(pair.told("node.log", "(VI_1) Entering FAULT STATE")).isTrue();
    assertThat(eventually(() -> !holds(pair.left, FIRST) && holds(pair.right, FIRST)))
        .as(pair.text("node.log"))
        .isTrue();
    assertThat(pair.text("node.log")).contains("internal error: ").contains("a bug");
    assertThat(node.isAlive()).isTrue();
    assertThat(holds(pair.left, SECOND)).isTrue();
    assertThat(holds(pair.right, SECOND)).isFalse();
    assertThat(LivePair.stop(node)).isZero();
    assertThat(holds(pair.left, SECOND)).isFalse();
  }

  @Test
  void aVirtualMacMovesBetweenANodeAndKeepalived() throws Exception {
    configure(instance("VI_1", "left0", 51, 150, FIRST, "use_vmac vrrp.51\nvmac_xmit_base"));
    pair.keepalived(instance("VI_1", "right0", 51, 100, FIRST, "use_vmac vrrp.51\nvmac_xmit_base"));
    takeOverWithVirtualMac();
  }

  @Test
  void aVirtualMacThatAlsoSendsMovesBetweenANodeAndKeepalived() throws Exception {
    configure(instance("VI_1", "left0", 51, 150, FIRST, "use_vmac vrrp.51"));
    pair.keepalived(instance("VI_1", "right0", 51, 100, FIRST, "use_vmac vrrp.51"));
    takeOverWithVirtualMac();
  }

  private void takeOverWithVirtualMac() throws Exception {
    assertThat(eventually(() -> holds(pair.right, FIRST))).as(pair.text("keepalived.log")).isTrue();
    Process node = pair.node(List.of(), "run");
    assertThat(eventually(() -> holds(pair.left, FIRST) && !holds(pair.right, FIRST)))
        .as(pair.text("node.log") + pair.text("keepalived.log"))
        .isTrue();
    assertThat(answersWithVirtualMac(pair.right)).isTrue();

    assertThat(LivePair.stop(node)).isZero();
    assertThat(eventually(() -> holds(pair.right, FIRST))).isTrue();
    assertThat(answersWithVirtualMac(pair.left)).isTrue();
    assertThat(pair.left.ip("-o link")).doesNotContain("vrrp.51");
  }

  private static boolean answersWithVirtualMac(ScratchNamespace asker) throws Exception {
    asker.ip("neigh flush all");
    return eventually(
        () -> {
          asker.run(List.of("bash", "-c", "echo > /dev/udp/" + FIRST + "/9 || true"));
          return asker.ip("neigh").contains("lladdr 00:00:5e:00:01:33");
        });
  }

  @Test
  void aReloadWhileMasterTouchesOnlyWhatDiffers() throws Exception {
    String before = instance("VI_1", "left0", 51, 150, FIRST, "");
    configure(before);
    Process node = pair.node(List.of(), "run");
    assertThat(eventually(() -> holds(pair.left, FIRST))).as(pair.text("node.log")).isTrue();
    pair.start(pair.left, "monitor", List.of("ip", "-o", "monitor", "address"));
    // Whether the monitor listens is seen by a change of ours.
    assertThat(
            eventually(
                () -> {
                  pair.left.run(
                      List.of(
                          "sh",
                          "-c",
                          "ip addr add 10.93.9.9/32 dev lo; ip addr del 10.93.9.9/32 dev lo"));
                  return pair.text("monitor").contains("10.93.9.9");
                }))
        .isTrue();
    configure(before.replace(FIRST + "/24", FIRST + "/24\n" + SECOND + "/24"));
    pair.reload(node);
    assertThat(eventually(() -> holds(pair.left, SECOND))).as(pair.text("node.log")).isTrue();
    configure(before);
    pair.reload(node);
    assertThat(eventually(() -> !holds(pair.left, SECOND))).as(pair.text("node.log")).isTrue();
    assertThat(pair.told("monitor", "Deleted")).isTrue();
    assertThat(pair.text("monitor")).contains(SECOND).doesNotContain(FIRST + "/");
    assertThat(pair.text("node.log"))
        .containsOnlyOnce("(VI_1) Entering MASTER STATE")
        .doesNotContain("sent 0 priority");
  }

  @Test
  void theServiceManagerAndSyslogHearOfEachStep() throws Exception {
    pair.listen("notify");
    pair.listen("log");
    configure(instance("VI_1", "left0", 51, 150, FIRST, ""));
    Process node =
        pair.node(
            List.of("NOTIFY_SOCKET=" + folder.resolve("notify"), "WATCHDOG_USEC=1000000"), "run");
    assertThat(pair.told("notify.heard", "READY=1\nSTATUS=")).as(pair.text("node.log")).isTrue();
    assertThat(eventually(() -> pair.text("notify.heard").split("WATCHDOG=1").length > 3)).isTrue();
    assertThat(pair.told("log.heard", "(VI_1) Entering MASTER STATE")).isTrue();
    pair.reload(node);
    assertThat(pair.told("notify.heard", "RELOADING=1\nMONOTONIC_USEC=")).isTrue();
    assertThat(
            eventually(
                () -> {
                  String heard = pair.text("notify.heard");
                  return heard.lastIndexOf("READY=1\n") > heard.indexOf("RELOADING=1\n");
                }))
        .isTrue();
    assertThat(LivePair.stop(node)).isZero();
    assertThat(pair.told("notify.heard", "STOPPING=1")).isTrue();
    assertThat(pair.text("log.heard"))
        .containsPattern(
            "<30>Keepalived_vrrp\\[" + node.pid() + "\\]: \\(VI_1\\) Entering BACKUP STATE")
        .containsPattern("<30>Keepalived\\[\\d+\\]: Stopped");
  }

  @Test
  void aSecondRequestToStopDoesNotWaitForScripts() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("stop.sh"),
            "#!/bin/sh\nkill -TERM $(cat " + folder.resolve("node.pid") + ")\n");
    script.toFile().setExecutable(true);
    configure(instance("VI_1", "left0", 51, 150, FIRST, "notify_stop " + script));
    Process node = pair.node(List.of(), "run");
    assertThat(eventually(() -> holds(pair.left, FIRST))).as(pair.text("node.log")).isTrue();
    assertThat(LivePair.stop(node)).as(pair.text("node.log")).isEqualTo(1);
    assertThat(holds(pair.left, FIRST)).isFalse();
    assertThat(folder.resolve("node.pid")).doesNotExist();
  }

  @Test
  void whatAMasterHasBesidesAddressesComesAndGoesWithThem() throws Exception {
    SmtpSink mails = pair.left.call(() -> SmtpSink.open(SmtpSink.Mood.values()[0]));
    try (mails) {
      Path fifo = folder.resolve("fifo");
      pair.left.run(List.of("mkfifo", fifo.toString()));
      pair.start(pair.left, "fifo.heard", List.of("cat", fifo.toString()));
      configure(
          """
          global_defs {
              router_id LIVE
              notification_email {
                  admin@example.org
              }
              notification_email_from node@example.org
              smtp_server 127.0.0.1 %d
              vrrp_notify_fifo %s
          }
          static_ipaddress {
              10.93.8.77/24 dev left0
          }
          static_routes {
              10.95.0.0/24 via 10.93.8.2 dev left0
          }
          """
                  .formatted(mails.port(), fifo)
              + instance(
                  "VI_1",
                  "left0",
                  51,
                  150,
                  FIRST,
                  """
                  smtp_alert
                  virtual_routes {
                      10.96.0.0/24 via 10.93.8.2 dev left0
                  }
                  virtual_rules {
                      from 10.97.0.0/24 table 977 priority 3000
                  }
                  """));
      Process node = pair.node(List.of(), "run");
      assertThat(eventually(() -> hasVirtual(true))).as(pair.text("node.log")).isTrue();
      assertThat(hasStatic(true)).isTrue();
      assertThat(pair.told("fifo.heard", "INSTANCE \"VI_1\" MASTER 150")).isTrue();
      assertThat(eventually(() -> mails.heard().toString().contains("VI_1"))).isTrue();
      pair.keepalived(instance("VI_1", "right0", 51, 200, FIRST, ""));
      assertThat(eventually(() -> hasVirtual(false))).as(pair.text("node.log")).isTrue();
      assertThat(hasStatic(true)).isTrue();
      assertThat(pair.told("fifo.heard", "INSTANCE \"VI_1\" BACKUP 150")).isTrue();
      assertThat(LivePair.stop(node)).isZero();
      assertThat(hasStatic(false)).as(pair.left.ip("-o addr") + pair.left.ip("route")).isTrue();
      assertThat(pair.told("fifo.heard", "INSTANCE \"VI_1\" STOP 150")).isTrue();
    }
  }

  private boolean hasVirtual(boolean present) {
    return pair.left.ip("route").contains("10.96.0.0/24") == present
        && pair.left.ip("rule").contains("from 10.97.0.0/24") == present
        && holds(pair.left, FIRST) == present;
  }

  private boolean hasStatic(boolean present) {
    return pair.left.ip("route").contains("10.95.0.0/24") == present
        && holds(pair.left, "10.93.8.77") == present;
  }

  @Test
  void aWrongPasswordAndAnotherAuthenticationAreCountedApart() throws Exception {
    configure(authenticated("left0", 150, "PASS", "right"));
    pair.node(List.of(), "run");
    assertThat(eventually(() -> holds(pair.left, FIRST))).as(pair.text("node.log")).isTrue();
    Process wrong = pair.keepalived(authenticated("right0", 255, "PASS", "wrong"));
    assertThat(eventually(() -> counted("authentication_failure") > 0)).isTrue();
    assertThat(counted("authentication_mismatch")).isZero();
    assertThat(counted("authentication_invalid")).isZero();
    LivePair.stop(wrong);
    double failures = counted("authentication_failure");
    pair.keepalived(
        instance("VI_1", "right0", 51, 255, FIRST, "")
            .replaceAll("(?m)^ *version 3\n", "")
            .replace("0.3", "1"));
    assertThat(eventually(() -> counted("authentication_mismatch") > 0)).isTrue();
    assertThat(counted("authentication_failure")).isEqualTo(failures);
  }

  private static String authenticated(
      String networkInterface, int priority, String type, String password) {
    return instance(
            "VI_1",
            networkInterface,
            51,
            priority,
            FIRST,
            "authentication {\n auth_type " + type + "\n auth_pass " + password + "\n}")
        .replaceAll("(?m)^ *version 3\n", "")
        .replace("0.3", "1");
  }

  private double counted(String name) {
    return pair.left
        .run(List.of("curl", "-s", "http://127.0.0.1:" + LiveNode.METRICS_PORT + "/metrics"))
        .lines()
        .filter(line -> line.startsWith("keepalived_" + name + "_total{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
