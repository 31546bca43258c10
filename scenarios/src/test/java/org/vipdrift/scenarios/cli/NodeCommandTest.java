package org.vipdrift.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.netio.foreign.Libc;

class NodeCommandTest {
  @TempDir private Path folder;

  private Path configuration(String file, String networkInterface, int priority)
      throws IOException {
    return Files.writeString(
        folder.resolve(file),
        """
        vrrp_instance VI_1 {
            state BACKUP
            interface %s
            virtual_router_id 51
            priority %d
            advert_int 1
            virtual_ipaddress {
                %s/24
            }
        }
        """
            .formatted(networkInterface, priority, NamespacePair.VIP));
  }

  private CommandRun node(String... arguments) {
    String[] all = new String[arguments.length + 5];
    all[0] = "node";
    all[1] = "-p";
    all[2] = folder.resolve("n.pid").toString();
    all[3] = "--status-socket";
    all[4] = folder.resolve("n.sock").toString();
    System.arraycopy(arguments, 0, all, 5, arguments.length);
    return CommandRun.in(folder, all);
  }

  @Nested
  class WhatItRefuses {
    @Test
    void aConfigurationThatIsNotThere() {
      CommandRun run = node("-f", folder.resolve("none.conf").toString());
      assertThat(run.code()).isEqualTo(4);
      assertThat(run.err()).contains("the configuration file cannot be read");
    }

    @Test
    void anInterfaceThatIsNotThere() throws IOException {
      CommandRun run = node("-f", configuration("a.conf", "nowhere0", 100).toString());
      assertThat(run.code()).isEqualTo(4);
      assertThat(run.err()).contains("nowhere0");
      assertThat(folder.resolve("n.pid")).doesNotExist();
      assertThat(folder.resolve("n.sock")).doesNotExist();
    }

    @Test
    void aKeywordThatWouldChangeWhatIsMeant() throws IOException {
      Path file = configuration("a.conf", "lo", 100);
      Files.writeString(file, "garp_group {\n  interface lo\n}\n" + Files.readString(file));
      CommandRun run = node("-f", file.toString());
      assertThat(run.code()).isEqualTo(4);
      assertThat(run.err()).contains("a node cannot do 'garp_group'");
    }

    @Test
    void checkersAndOtherNamespaces() {
      assertThat(node("-C").code()).isEqualTo(2);
      assertThat(node("-s", "blue").err()).contains("ip netns exec blue");
      assertThat(node("--policy", "pray").code()).isEqualTo(2);
      assertThat(node("--metrics", "here").code()).isEqualTo(2);
    }

    @Test
    void aTestTellsWithoutStarting() throws IOException {
      Path empty = Files.writeString(folder.resolve("a.conf"), "global_defs {\n}\n");
      assertThat(node("-t", "-f", empty.toString()).code()).isZero();
      Path log = folder.resolve("test.log");
      CommandRun bad =
          node("--config-test=" + log, "-f", configuration("b.conf", "nowhere0", 100).toString());
      assertThat(bad.code()).isEqualTo(4);
      assertThat(log).content().contains("nowhere0");
    }

    @Test
    void nobodyAnswersWhereNoNodeIs() {
      CommandRun run =
          CommandRun.in(folder, "status", "--socket", folder.resolve("n.sock").toString());
      assertThat(run.code()).isEqualTo(5);
      assertThat(run.err()).contains("no node answers");
    }
  }

  @Nested
  class InNamespaces {
    private NamespacePair pair;

    @BeforeEach
    void makePair() throws Exception {
      assumeTrue(Libc.userId() == 0, "needs root to make network namespaces");
      assumeTrue(Files.isExecutable(Path.of("/usr/sbin/keepalived")), "needs keepalived");
      pair = NamespacePair.make(folder);
    }

    @AfterEach
    void removePair() throws Exception {
      if (pair != null) {
        pair.close();
      }
    }

    private Process start(String log, Path file, String... more) throws IOException {
      String[] all = new String[more.length + 6];
      all[0] = "-f";
      all[1] = file.toString();
      all[2] = "-p";
      all[3] = folder.resolve("n.pid").toString();
      all[4] = "--status-socket";
      all[5] = folder.resolve("n.sock").toString();
      System.arraycopy(more, 0, all, 6, more.length);
      return pair.node(log, all);
    }

    private CommandRun status(String... more) {
      String[] all = new String[more.length + 3];
      all[0] = "status";
      all[1] = "--socket";
      all[2] = folder.resolve("n.sock").toString();
      System.arraycopy(more, 0, all, 3, more.length);
      return CommandRun.in(folder, all);
    }

    private boolean logged(String log, String text) throws InterruptedException {
      return NamespacePair.eventually(() -> pair.log(log).contains(text));
    }

    @Test
    void aNodeLivesBesideKeepalived() throws Exception {
      Path own = configuration("node.conf", "left0", 150);
      Path trace = folder.resolve("trace.jsonl");
      pair.keepalived(configuration("keepalived.conf", "right0", 100));
      assertThat(NamespacePair.eventually(pair::rightHolds)).isTrue();

      Process node = start("n.log", own, "--trace", trace.toString(), "--metrics", "29321");
      assertThat(NamespacePair.eventually(() -> pair.leftHolds() && !pair.rightHolds()))
          .as(pair.log("n.log") + pair.log("keepalived.log"))
          .isTrue();
      assertThat(pair.log("n.log")).contains("(VI_1) Entering MASTER STATE");
      assertThat(status().out()).containsPattern("VI_1 +MASTER .*\\*" + NamespacePair.VIP);
      assertThat(status("--json").out()).contains("\"state\":\"MASTER\"");
      assertThat(pair.onTheLeft("curl", "-s", "http://127.0.0.1:29321/metrics"))
          .contains("ip_address=\"" + NamespacePair.VIP + "\",vrid=\"51\"} 2.0");

      reloadsKeepIt(node, own);
      secondOneIsRefused(own);
      killedAndStartedAgain(node, own);
      assertThat(CommandRun.in(folder, "trace", "show", trace.toString()).out())
          .contains("VI_1")
          .contains("MASTER");
    }

    private void reloadsKeepIt(Process node, Path own) throws Exception {
      pair.signal(node, "HUP");
      assertThat(logged("n.log", "Reload complete")).isTrue();
      String good = Files.readString(own);
      Files.writeString(own, good.replace("left0", "nowhere0"));
      pair.signal(node, "HUP");
      assertThat(logged("n.log", "the old one stays in use")).isTrue();
      assertThat(pair.log("n.log")).containsPattern("node\\.conf:3:\\d+: .*nowhere0");
      Files.writeString(own, good);
      assertThat(pair.leftHolds()).isTrue();
      assertThat(pair.log("n.log")).doesNotContain("Entering BACKUP STATE\n");
    }

    private void secondOneIsRefused(Path own) throws Exception {
      Process second = start("second.log", own);
      assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(second.exitValue()).isEqualTo(5);
      assertThat(pair.log("second.log")).contains("daemon is already running");
      assertThat(status().code()).isZero();
    }

    private void killedAndStartedAgain(Process node, Path own) throws Exception {
      node.destroyForcibly().waitFor();
      assertThat(NamespacePair.eventually(pair::rightHolds)).isTrue();
      assertThat(pair.leftHolds()).as("what was killed leaves its address").isTrue();
      Process again = start("again.log", own);
      assertThat(logged("again.log", "removed stale " + NamespacePair.VIP)).isTrue();
      assertThat(NamespacePair.eventually(() -> pair.leftHolds() && !pair.rightHolds())).isTrue();

      pair.signal(again, "TERM");
      assertThat(again.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(again.exitValue()).isZero();
      assertThat(pair.leftHolds()).isFalse();
      assertThat(NamespacePair.eventually(pair::rightHolds)).isTrue();
      assertThat(folder.resolve("n.pid")).doesNotExist();
      assertThat(folder.resolve("n.sock")).doesNotExist();
      assertThat(pair.onTheLeft("nft", "list", "ruleset")).isEmpty();
    }

    @Test
    void aDryRunOnlyListens() throws Exception {
      pair.keepalived(configuration("keepalived.conf", "right0", 100));
      assertThat(NamespacePair.eventually(pair::rightHolds)).isTrue();
      Process node = start("n.log", configuration("node.conf", "left0", 150), "--dry-run");
      assertThat(logged("n.log", "dry run: would add " + NamespacePair.VIP)).isTrue();
      assertThat(status().out()).contains("DRY RUN");
      assertThat(pair.leftHolds()).isFalse();
      assertThat(pair.rightHolds()).isTrue();
      pair.signal(node, "TERM");
      assertThat(node.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(node.exitValue()).isZero();
      assertThat(pair.log("keepalived.log")).doesNotContain("higher priority");
    }

    @Test
    void anotherMasterThatIsNotHeardRaisesTheAlarm() throws Exception {
      Path other = configuration("keepalived.conf", "right0", 100);
      Files.writeString(
          other,
          Files.readString(other)
              .replace(
                  "advert_int 1",
                  "advert_int 1\n    authentication {\n auth_type PASS\n auth_pass abcd\n }"));
      pair.keepalived(other);
      Path told = folder.resolve("told");
      start(
          "n.log",
          configuration("node.conf", "left0", 150),
          "--split-brain-notify",
          "/usr/bin/tee -a " + told);
      assertThat(logged("n.log", "(VI_1) SPLIT-BRAIN - ")).isTrue();
      assertThat(status().code()).isEqualTo(1);
    }

    @Test
    void aReloadAppliesDifferencesAndKeepsMaster() throws Exception {
      Path own = configuration("node.conf", "left0", 150);
      String before = Files.readString(own);
      Process node = start("n.log", own);
      assertThat(NamespacePair.eventually(pair::leftHolds)).as(pair.log("n.log")).isTrue();
      Files.writeString(
          own,
          before
              .replace("virtual_ipaddress {", "virtual_ipaddress {\n 10.93.7.101/24")
              .replace("priority", "notify_master /nowhere/told.sh\n    priority"));
      pair.signal(node, "HUP");
      assertThat(NamespacePair.eventually(() -> leftHas("10.93.7.101/24"))).isTrue();
      assertThat(pair.leftHolds()).isTrue();
      assertThat(pair.log("n.log"))
          .contains("Script /nowhere/told.sh cannot be accessed - No such file or directory")
          .containsOnlyOnce("(VI_1) Entering MASTER STATE");
      Files.writeString(own, before);
      pair.signal(node, "HUP");
      assertThat(NamespacePair.eventually(() -> !leftHas("10.93.7.101/24"))).isTrue();
      assertThat(pair.leftHolds()).isTrue();
      assertThat(pair.log("n.log")).containsOnlyOnce("(VI_1) Entering MASTER STATE");
    }

    private boolean leftHas(String address) {
      try {
        return pair.onTheLeft("ip", "-4", "-o", "addr").contains(address);
      } catch (IOException | InterruptedException failed) {
        throw new IllegalStateException(failed);
      }
    }

    @Test
    void itsOwnAddressOnAnotherMachineIsRefused() throws Exception {
      pair.onTheRight("ip", "addr", "add", "10.93.7.1/24", "dev", "right0");
      Process node = start("n.log", configuration("node.conf", "left0", 150));
      assertThat(node.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(node.exitValue()).isEqualTo(ExitCode.ENVIRONMENT);
      assertThat(pair.log("n.log"))
          .contains("address already in use on the network (duplicate address detection)")
          .contains("10.93.7.1 on left0 is ")
          .doesNotContain("BACKUP STATE");
      assertThat(pair.leftHolds()).isFalse();
    }

    @Test
    void anotherMachineThatComesWithTheAddressesIsTold() throws Exception {
      pair.onTheRight("ip", "addr", "add", NamespacePair.VIP + "/24", "dev", "right0");
      start("n.log", configuration("node.conf", "left0", 150));
      assertThat(logged("n.log", "Entering BACKUP STATE")).isTrue();
      pair.onTheRight("ip", "addr", "add", "10.93.7.1/24", "dev", "right0");
      assertThat(NamespacePair.eventually(pair::leftHolds)).isTrue();
      assertThat(logged("n.log", "claims " + NamespacePair.VIP + " on left0"))
          .as(pair.log("n.log"))
          .isTrue();
      assertThat(pair.log("n.log"))
          .contains("(VI_1) SPLIT-BRAIN - ")
          .contains("DUPLICATE ADDRESS - ")
          .contains("claims 10.93.7.1, which this machine has on left0");
    }

    @Test
    void withoutThePrivilegeItSaysSo() throws Exception {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String out =
          pair.onTheLeft(
              "setpriv",
              "--bounding-set=-net_raw",
              "--inh-caps=-net_raw",
              java,
              "--sun-misc-unsafe-memory-access=allow",
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              System.getProperty("java.class.path"),
              Main.class.getName(),
              "node",
              "-f",
              configuration("node.conf", "left0", 150).toString());
      assertThat(out).contains("no permission: a node needs CAP_NET_RAW");
    }
  }
}
