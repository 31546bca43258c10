package org.vipdrift.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final String NODE =
      """
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority 100
          virtual_ipaddress {
              10.0.0.100/24
          }
      }
      """;

  private static final String PEER = NODE.replace("priority 100", "priority 90");

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private CommandRun check(Object... arguments) {
    List<String> words = new ArrayList<>(List.of("check"));
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    return CommandRun.in(folder, words.toArray(String[]::new));
  }

  @Test
  void aSoundFileHasNothingToComplainAbout() throws IOException {
    CommandRun outcome = check(file("a.conf", NODE));

    assertThat(outcome).isEqualTo(new CommandRun(0, "nothing to complain about\n", ""));
  }

  @Test
  void aSoundPairHasNothingToComplainAbout() throws IOException {
    CommandRun outcome = check(file("a.conf", NODE), file("b.conf", PEER));

    assertThat(outcome).isEqualTo(new CommandRun(0, "nothing to complain about\n", ""));
  }

  @Test
  void aNoteIsNoComplaint() throws IOException {
    CommandRun outcome =
        check(file("a.conf", NODE.replace("    priority", "    promote_secondaries\n priority")));

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("note: 'promote_secondaries' is accepted, not modelled [not-modelled]")
        .endsWith("nothing to complain about (0 to mend, 1 to know)\n");
  }

  @Test
  void aProblemIsShownWithItsPlaceACaretAndASuggestion() throws IOException {
    Path file = file("a.conf", NODE.replace("priority", "priorty"));

    CommandRun outcome = check(file);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .isEqualTo(
            file
                + ":4:5: warning: unknown keyword 'priorty' [unknown-keyword]\n"
                + "        priorty 100\n"
                + "        ^^^^^^^\n"
                + "    did you mean \"priority\"?\n"
                + "keepalived would run, not as meant (1 to mend, 0 to know)\n");
  }

  @Test
  void theTutorialsStrictModeIsAFindingOfOneFile() throws IOException {
    CommandRun outcome = check(file("a.conf", "global_defs {\n    vrrp_strict\n}\n" + NODE));

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .contains(":2:5: warning: (VI_1) in strict mode", "    vrrp_strict\n        ^^^^^^^^^^^");
  }

  @Test
  void aFileKeepalivedRefusesIsAConfigurationError() throws IOException {
    Path file = file("a.conf", NODE.replace("    virtual_router_id 51\n", ""));

    CommandRun outcome = check(file, file("b.conf", PEER));

    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.out())
        .startsWith(file + ":1:1: error: instance VI_1 has no valid virtual_router_id")
        .doesNotContain("instance-without-peer")
        .endsWith("keepalived would refuse to run (1 to mend, 0 to know)\n");
  }

  @Test
  void everyFileThatCannotBeReadIsNamed() throws IOException {
    Path missing = folder.resolve("missing.conf");

    CommandRun outcome = check(file("a.conf", NODE), missing, folder);

    assertThat(outcome)
        .isEqualTo(
            new CommandRun(
                4,
                "",
                "vipdrift: cannot read " + missing + "\nvipdrift: cannot read " + folder + "\n"));
  }

  @Test
  void aFindingOfTwoFilesNamesBothPlaces() throws IOException {
    Path left = file("a.conf", NODE);
    Path right = file("b.conf", "# second\n" + PEER.replace("100/24", "101/24"));

    CommandRun outcome = check(left, right);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .startsWith(left + ":5:5: warning: VRID 51 on " + left + " and " + right + ": the address")
        .contains("two masters; compare " + right + ":6:5 [address-list-mismatch]");
  }

  @Test
  void oneFileForBothHostsIsComparedWithItself() throws IOException {
    Path file =
        file(
            "both.conf",
            NODE.replace("    priority 100", "    @main priority 100\n    @^main priority 90"));

    assertThat(check(file, file, "-i", "main", "-i", "backup").code()).isZero();
    assertThat(check(file, file).out()).contains("[equal-priorities]");
  }

  @Test
  void aScenarioFolderIsCheckedWithItsConfigurationsAndScripts() throws IOException {
    PairFolder pair = PairFolder.make(folder.resolve("pair"));
    assertThat(check(pair.path()).code()).isZero();

    pair.edit("b.conf", "virtual_router_id 51", "virtual_router_id 52");
    pair.edit(
        "scenario.yaml",
        "processes: { keepalived: { config: a.conf } }",
        "processes: { keepalived: { config: a.conf } }\n"
            + "    files: { /etc/check.sh: check.sh }");
    Files.writeString(pair.path().resolve("check.sh"), "#!/bin/sh\niptables -L\n");
    CommandRun outcome = check(pair.path());

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("[vrid-mismatch]")
        .contains("/etc/check.sh:2:1: warning: on a the simulation cannot run command 'iptables'")
        .contains("declare the script's result in the scenario");
  }

  @Test
  void aScenarioWithErrorsIsCheckedWithItsConfigurations() throws IOException {
    PairFolder pair = PairFolder.make(folder.resolve("pair")).withProxies();
    assertThat(check(pair.path()).code()).isZero();

    pair.edit("scenario.yaml", "until:", "untill:").edit("nginx.conf", "listen", "lisen");
    CommandRun outcome = check(pair.path());

    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.out())
        .containsSubsequence("scenario.yaml:", "did you mean 'until'?", "nginx.conf:2:17: error: ");
  }

  @Test
  void aScriptWhoseResultIsDeclaredIsNotLookedAt() throws IOException {
    PairFolder pair = PairFolder.make(folder.resolve("pair"));
    pair.edit(
        "scenario.yaml",
        "processes: { keepalived: { config: a.conf } }",
        "processes: { keepalived: { config: a.conf } }\n"
            + "    files: { /etc/check.sh: check.sh }\n"
            + "    scripts: { /etc/check.sh: { exit: 0, takes: 20ms } }");
    Files.writeString(pair.path().resolve("check.sh"), "#!/bin/sh\niptables -L\n");

    assertThat(check(pair.path())).isEqualTo(new CommandRun(0, "nothing to complain about\n", ""));
  }

  @Test
  void aFolderWithoutAScenarioIsNamed() {
    assertThat(check(folder).code()).isEqualTo(4);
    assertThat(check(folder).out()).contains("a scenario is a folder with a scenario.yaml");
  }

  @Test
  void filesOfOtherProgramsAreCheckedAsThoseProgramsDo() throws IOException {
    Path haproxy = file("haproxy.cfg", "listen web\n    bind :80\n    balnce roundrobin\n");
    Path nginx = file("nginx.conf", "events {}\nhttp { server { lisen 80; } }\n");

    CommandRun outcome = check(haproxy, nginx);

    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.out())
        .contains("haproxy.cfg:3:5: error: ")
        .contains("did you mean \"balance\"?")
        .contains("nginx.conf:2:17: error: ")
        .contains("haproxy or nginx would refuse to run");
  }
}
