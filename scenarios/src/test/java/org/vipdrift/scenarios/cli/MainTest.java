package org.vipdrift.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipdrift.netio.namespaces.Requirement;

class MainTest {
  @TempDir private Path directory;

  private CommandRun run(String... arguments) {
    return CommandRun.in(directory, arguments);
  }

  @Nested
  class Usage {
    @Test
    void isToldWithoutAVerb() {
      CommandRun run = run();

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("no verb given").contains("vipdrift run nginx-pair");
    }

    @Test
    void isWrongWithAnUnknownVerb() {
      CommandRun run = run("rnu", "nginx-pair");

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("rnu");
    }

    @Test
    void isWrongWithAnUnknownOption() {
      CommandRun run = run("run", "nginx-pair", "--sed", "3");

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("--sed");
    }

    @Test
    void isWrongWithASeedThatIsNoNumber() {
      assertThat(run("run", "nginx-pair", "--seed", "x").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "run",
          "list",
          "show",
          "init",
          "check",
          "trace",
          "doctor",
          "completion",
          "version"
        })
    void isToldOfEveryVerb(String verb) {
      CommandRun run = run(verb, "--help");

      assertThat(run.code()).isZero();
      assertThat(run.out()).contains("Usage: vipdrift " + verb);
      assertThat(run("--help").out()).containsPattern("(?m)^  " + verb + " ");
    }
  }

  @Nested
  class Catalogue {
    @Test
    void isListedByNameAndTitle() {
      CommandRun run = run("list");

      assertThat(run.code()).isZero();
      assertThat(run.out().lines())
          .hasSizeGreaterThanOrEqualTo(30)
          .isSorted()
          .anyMatch(line -> line.matches("nginx-pair +nginx pair - the master's nginx dies"))
          .noneMatch(line -> line.contains("does not load"));
    }

    @Test
    void isShownScenarioByScenario() {
      CommandRun run = run("show", "nginx-pair");

      assertThat(run.code()).isZero();
      assertThat(run.out())
          .startsWith("nginx pair - the master's nginx dies\n")
          .contains("nginx1  ens33 20.0.0.21, runs keepalived, nginx")
          .contains("\nTimeline (45s)\n")
          .contains("\nExpectations\n");
    }

    @Test
    void isNotShownAtOnce() {
      CommandRun run = run("show", CommandRun.HOME.resolve("scenarios/catalogue").toString());

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("name one of them");
    }

    @Test
    void doesNotShowWhatItDoesNotHave() {
      CommandRun run = run("show", "ngnix-pair");

      assertThat(run.code()).isEqualTo(4);
      assertThat(run.err()).contains("did you mean 'nginx-pair'?");
    }
  }

  @Nested
  class Check {
    @Test
    void findsNothingWrongWithAGoodPair() throws IOException {
      PairFolder pair = PairFolder.make(directory.resolve("pair"));

      assertThat(run("check", pair.file("a.conf"), pair.file("b.conf")).code()).isZero();
    }

    @Test
    void findsWhatOnlyBothFilesShow() throws IOException {
      PairFolder pair =
          PairFolder.make(directory.resolve("pair")).edit("b.conf", "advert_int 1", "advert_int 2");
      CommandRun run = run("check", pair.file("a.conf"), pair.file("b.conf"));

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out() + run.err()).contains("advert_int");
    }

    @Test
    void saysWhatKeepalivedRefuses() throws IOException {
      PairFolder pair =
          PairFolder.make(directory.resolve("pair"))
              .edit("b.conf", "    virtual_router_id 51\n", "");
      CommandRun run = run("check", pair.file("a.conf"), pair.file("b.conf"));

      assertThat(run.code()).isEqualTo(4);
      assertThat(run.out() + run.err()).contains("b.conf:1:");
    }
  }

  @Nested
  class Surroundings {
    @Test
    void areExamined() {
      CommandRun run = run("doctor");

      assertThat(run.code()).isZero();
      assertThat(run.lastLine()).isEqualTo("Everything is there.");
      assertThat(run.out()).contains("(" + directory + ")");
    }

    @Test
    void areCleanedOfWhatKilledRunsHaveLeft() {
      CommandRun run = run("doctor", "--clean");

      assertThat(run.code()).isZero();
      assertThat(run.lastLine()).matches("Nothing was left\\.|Nothing is left\\.");
    }

    @Test
    void lackForNamespacesWhatTheRequirementsSay() {
      boolean all = Requirement.all().stream().allMatch(r -> !r.isNeeded() || r.isThere());

      CommandRun run = run("doctor", "--on", "netns");

      assertThat(run.code()).isEqualTo(all ? ExitCode.HOLDS : ExitCode.ENVIRONMENT);
      assertThat(run.out().contains("MISSING  ")).isEqualTo(!all);
    }

    @Test
    void haveAVersion() {
      CommandRun run = run("version");

      assertThat(run.code()).isZero();
      assertThat(run.out()).matches("vipdrift \\d+\\.\\d+\\.\\d+\nJava 25.*\n");
    }

    @Test
    void learnToCompleteVerbs() throws Exception {
      CommandRun run = run("completion");

      assertThat(run.code()).isZero();
      Path script = Files.writeString(directory.resolve("completion.bash"), run.out());
      Process bash =
          new ProcessBuilder(List.of("bash", "-n", script.toString()))
              .redirectErrorStream(true)
              .start();
      assertThat(new String(bash.getInputStream().readAllBytes())).isEmpty();
      assertThat(bash.waitFor()).isZero();
      assertThat(run.out()).contains("trace").contains("--no-store");
    }

    @Test
    void areNeverColouredWithoutATerminal() {
      assertThat(Console.ofProcess(Map.of()).colour()).isFalse();
      assertThat(Console.ofProcess(Map.of()).progress()).isFalse();
    }

    @Test
    void decideColoursOfATerminal() {
      System.setProperty("vipdrift.terminal.out", "true");
      try {
        assertThat(Console.ofProcess(Map.of()).colour()).isTrue();
        assertThat(Console.ofProcess(Map.of("NO_COLOR", "1")).colour()).isFalse();
        assertThat(Console.ofProcess(Map.of("NO_COLOR", "")).colour()).isTrue();
        assertThat(Console.ofProcess(Map.of("TERM", "dumb")).colour()).isFalse();
      } finally {
        System.clearProperty("vipdrift.terminal.out");
      }
    }
  }
}
