package org.vipdrift.model.config.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.model.config.SourceFiles;

/** Asks the installed keepalived about configurations made here. */
class AgreesWithKeepalivedTest {
  private static final String BASE =
      """
      vrrp_script chk {
       script "/bin/true"
       interval 2
       weight -20
      }
      vrrp_instance A {
       interface nowhere0
       virtual_router_id 5
       state BACKUP
       priority 100
       advert_int 1
       authentication {
        auth_type PASS
        auth_pass secret
       }
       virtual_ipaddress {
        10.9.9.100/24
       }
       track_script {
        chk
       }
      }
      """;

  @TempDir Path folder;

  /** Changes of one line each: what stands there, what is put there. */
  private static final List<List<String>> CHANGES =
      List.of(
          List.of("priority 100", "priority 0"),
          List.of("priority 100", "priority 255"),
          List.of("priority 100", "priorty 100"),
          List.of("priority 100", "priority 100 // note"),
          List.of("priority 100", "// priority 100"),
          List.of("priority 100", "priority"),
          List.of("advert_int 1", "advert_int 0.5"),
          List.of("advert_int 1", "advert_int 0"),
          List.of("advert_int 1", "advert_int 1\n version 3"),
          List.of("advert_int 1", "advert_int 1\n nopreempt"),
          List.of("advert_int 1", "advert_int 1\n nopreempt\n preempt_delay 5"),
          List.of("advert_int 1", "advert_int 1\n preempt_delay 1001"),
          List.of("advert_int 1", "advert_int 1\n strict_mode"),
          List.of("advert_int 1", "advert_int 1\n unicast_peer {\n 10.9.9.2\n }"),
          List.of("advert_int 1", "advert_int 1\n unicast_peer {\n }"),
          List.of("advert_int 1", "advert_int 1\n foo {\n }"),
          List.of("state BACKUP", "state MASTER"),
          List.of("state BACKUP", "state master"),
          List.of("state BACKUP", "state MASTER\n nopreempt"),
          List.of("state BACKUP", "$S=BACKUP\n state $S"),
          List.of("state BACKUP", "@^foo state BACKUP"),
          List.of("state BACKUP", "state \\\n BACKUP"),
          List.of("auth_pass secret", "auth_pass secret789"),
          List.of("auth_pass secret", "auth_pass P@##D321!"),
          List.of("auth_pass secret", "auth_pass #secret"),
          List.of("auth_type PASS", "auth_type AH"),
          List.of("auth_type PASS", "auth_type MD5"),
          List.of("auth_type PASS", ""),
          List.of("10.9.9.100/24", "10.9.9.300"),
          List.of("10.9.9.100/24", "10.9.9.100/33"),
          List.of("10.9.9.100/24", "10.9.9.100 label nowhere0:1"),
          List.of("10.9.9.100/24", "~SEQ(X, 1, 3) 10.9.9.${X}"),
          List.of("10.9.9.100/24", "~SEQ(X, 1, 0, 3) 10.9.9.${X}"),
          List.of("10.9.9.100/24", "fe80::1"),
          List.of("10.9.9.100/24", "10.9.9.100\n fe80::1"),
          List.of("10.9.9.100/24", "10.9.9.100/24\n10.9.9.100/24"),
          List.of("interface nowhere0", "interface lo"),
          List.of("interface nowhere0", ""),
          List.of("virtual_router_id 5", "virtual_router_id 256"),
          List.of("virtual_router_id 5", ""),
          List.of("interval 2", "interval 0.5"),
          List.of("interval 2", "interval 0"),
          List.of("interval 2", "rise x"),
          List.of("weight -20", "weight -300"),
          List.of("weight -20", "weight 20 reverse"),
          List.of("weight -20", "user"),
          List.of("  chk", "  chk weight 5"),
          List.of("  chk", "  chk weight"),
          List.of("  chk", "  chek"),
          List.of("  chk", "  chk\n  chk"),
          List.of("vrrp_script chk", "vrrp_script chk2"),
          List.of("vrrp_instance A {", "vrrp_instance {"),
          List.of("vrrp_instance A {", "vrrp_instance A\n{"),
          List.of("vrrp_instance A {", "vrrp_instance A{"),
          List.of("vrrp_instance A {", "}\nvrrp_instance A {"),
          List.of("vrrp_instance A {", "include nothing*\nvrrp_instance A {"),
          List.of(" virtual_ipaddress {", " virtual_ipaddress foo {"),
          List.of(" virtual_ipaddress {", " virtual_ipadress {"));

  @Test
  void complaintsAndRefusalsOfTheTestModeAreTheSame() throws Exception {
    assumeTrue(installed(), "keepalived 2.2.7 is not installed here");
    for (List<String> change : CHANGES) {
      String text =
          "global_defs {\n dynamic_interfaces\n script_user root\n enable_script_security\n}\n"
              + BASE.replace(change.getFirst(), change.getLast());
      int exit = testMode(text);
      KeepalivedParse parse =
          KeepalivedParser.parse(
              SourceFiles.single("k.conf", text), "k.conf", ParseOptions.DEFAULT);

      assertThat(parse.hasComplaints())
          .as("exit %d for %s%n%s", exit, change, parse.problems())
          .isEqualTo(exit != 0);
      if (exit == 2) {
        assertThat(parse.isRefused()).as("%s", change).isTrue();
      }
    }
  }

  private static boolean installed() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("keepalived", "--version").redirectErrorStream(true).start();
      String text =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      process.waitFor();
      return text.contains("v2.2.7");
    } catch (IOException e) {
      return false;
    }
  }

  private int testMode(String text) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("k.conf"), text);
    Process process =
        new ProcessBuilder("keepalived", "-t", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("keepalived -t hangs on " + text);
    }
    return process.exitValue();
  }
}
