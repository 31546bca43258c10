package org.vipdrift.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
  @TempDir private Path directory;
  private String folder = "";

  @BeforeEach
  void nameFolder() {
    folder = directory.resolve("lab").toString();
  }

  @Test
  void makesATemplateThatHolds() {
    CommandRun made = CommandRun.in(directory, "init", folder);

    assertThat(made.code()).isZero();
    assertThat(made.out())
        .isEqualTo("Made " + folder + "/scenario.yaml. Next: vipdrift run " + folder + "\n");
    CommandRun run = CommandRun.in(directory, "run", folder);
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.lastLine()).startsWith("holds: ");
  }

  @Test
  void makesATemplateWhoseChecksFindNginxAndItsDeath() throws IOException {
    Path trace = directory.resolve("t.jsonl");
    CommandRun.in(directory, "init", folder);
    CommandRun.in(directory, "run", folder, "--no-store", "--trace", trace.toString());

    assertThat(Files.readAllLines(trace))
        .filteredOn(line -> line.contains("\"script.result\""))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("\"exit\":0").contains("\"outcome\":\"ok\""));
  }

  @Test
  void makesAFolderOfTwoConfigurationsThatRunsAsTheyDo() throws IOException {
    PairFolder pair = PairFolder.make(directory.resolve("pair"));
    CommandRun made =
        CommandRun.in(directory, "init", folder, pair.file("a.conf"), pair.file("b.conf"));

    assertThat(made.code()).isZero();
    CommandRun direct =
        CommandRun.in(directory, "run", pair.file("a.conf"), pair.file("b.conf"), "--no-store");
    CommandRun run = CommandRun.in(directory, "run", folder, "--no-store");
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo(direct.out());
  }

  @Test
  void refusesConfigurationsThatKeepalivedRefuses() throws IOException {
    PairFolder pair =
        PairFolder.make(directory.resolve("pair")).edit("a.conf", "    virtual_router_id 51\n", "");
    CommandRun made =
        CommandRun.in(directory, "init", folder, pair.file("a.conf"), pair.file("b.conf"));

    assertThat(made.code()).isEqualTo(4);
    assertThat(made.err()).contains("a.conf:1:").contains(": error: ");
    assertThat(directory.resolve("lab")).doesNotExist();
  }

  @Test
  void overwritesNothing() throws IOException {
    CommandRun.in(directory, "init", folder);
    Files.writeString(directory.resolve("lab/scenario.yaml"), "mine");
    CommandRun again = CommandRun.in(directory, "init", folder);

    assertThat(again.code()).isEqualTo(4);
    assertThat(again.err()).contains("is there already");
    assertThat(directory.resolve("lab/scenario.yaml")).hasContent("mine");
  }

  @Test
  void takesTwoConfigurationsOrNone() {
    assertThat(CommandRun.in(directory, "init", folder, "a.conf").code()).isEqualTo(2);
  }
}
