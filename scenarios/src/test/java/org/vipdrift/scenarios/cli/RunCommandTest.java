package org.vipdrift.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.FrameSink;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Testbed;
import org.vipdrift.model.trace.TraceEvent;

class RunCommandTest {
  @TempDir private Path directory;
  private PairFolder pair;

  @BeforeEach
  void makePair() throws IOException {
    pair = PairFolder.make(directory.resolve("pair"));
  }

  private CommandRun run(String... arguments) {
    return CommandRun.in(
        directory, Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray(String[]::new));
  }

  /** As files have it: in characters that every program shows. */
  private static String plain(String report) {
    return report.replace('·', '.').replace('█', '#').replace('✓', '+');
  }

  @Nested
  class AScenarioThatHolds {
    @Test
    void exitsWithZeroAndEndsWithTheVerdict() {
      CommandRun run = run(pair.toString());

      assertThat(run.code()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).startsWith("The master dies\n").contains("became MASTER");
      assertThat(run.lastLine()).isEqualTo("holds: all 6 judgements hold");
    }

    @Test
    void mayBeNamedByItsFile() {
      assertThat(run(pair.file("scenario.yaml"), "--no-store").code()).isZero();
    }

    @Test
    void mayBeNamedAsInTheCatalogue() {
      CommandRun run = run("master-stopped", "--no-store");

      assertThat(run.code()).isZero();
      assertThat(run.lastLine()).startsWith("holds: ");
    }

    @Test
    void isPlainWhereColoursAreNotWanted() {
      assertThat(run(pair.toString(), "--no-store").out()).doesNotContain("\u001b");
      assertThat(CommandRun.coloured(directory, "run", pair.toString(), "--no-store").out())
          .contains("\u001b[");
    }

    @Test
    void givesTheSameReportForTheSameSeed() {
      String first = run(pair.toString(), "--seed", "7", "--no-store").out();

      assertThat(run(pair.toString(), "--seed", "7", "--no-store").out()).isEqualTo(first);
      assertThat(run(pair.toString(), "--seed", "8", "--no-store").out()).isNotEqualTo(first);
    }
  }

  @Nested
  class AScenarioThatDoesNot {
    @BeforeEach
    void expectTheWrongHost() throws IOException {
      pair.edit("scenario.yaml", "host: b, from: 12s", "host: a, from: 12s");
    }

    @Test
    void exitsWithOneAndTellsTheCausesAndTheReplay() {
      CommandRun run = run(pair.toString(), "--seed", "3");

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out())
          .contains("✗ 20.0.0.100 is held by a alone from 12 s to 20 s")
          .containsPattern("(?s)✗ .*keepalived on a was stopped");
      assertThat(run.lastLine())
          .isEqualTo(
              "broken: 1 of 6 judgements broken; replay with: vipdrift run " + pair + " --seed 3");
    }

    @Test
    void isReplayedByTheCommandThatItPrints() {
      CommandRun first = run(pair.toString(), "--seed", "3", "--no-store");
      String replay = first.lastLine().replaceFirst(".*replay with: vipdrift ", "");

      assertThat(CommandRun.in(directory, replay.split(" ")).out()).isEqualTo(first.out());
    }
  }

  @Nested
  class AScenarioWithErrors {
    @Test
    void isNotRunAndAllErrorsAreToldTogether() throws IOException {
      pair.edit("scenario.yaml", "host: a, process: keepalived", "host: c, process: keepalived")
          .edit("scenario.yaml", "until: 20s", "untill: 20s")
          .edit("scenario.yaml", "host: b, from: 12s", "host: b, fromm: 12s");

      CommandRun run = run(pair.toString());

      assertThat(run.code()).isEqualTo(4);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .contains("scenario.yaml:12:30: error: ")
          .contains("scenario.yaml:13:1: error: ")
          .contains("scenario.yaml:16:41: error: ")
          .contains("did you mean 'until'?")
          .endsWith("not run\n");
      assertThat(directory.resolve("store")).doesNotExist();
    }

    @Test
    void tellsTheErrorsOfItsConfigurationsToo() throws IOException {
      pair.withProxies()
          .edit("scenario.yaml", "until: 20s", "untill: 20s")
          .edit("a.conf", "    virtual_router_id 51\n", "")
          .edit("haproxy.cfg", "balance", "balnce")
          .edit("nginx.conf", "listen", "lisen");

      CommandRun run = run(pair.toString());

      assertThat(run.code()).isEqualTo(4);
      assertThat(run.err())
          .containsSubsequence(
              "scenario.yaml:22:1: error: ",
              "a.conf:1:1: error: ",
              "haproxy.cfg:3:5: error: ",
              "    balnce roundrobin\n",
              "nginx.conf:2:17: error: ")
          .endsWith(": 4 errors, not run\n");
    }

    @Test
    void saysNothingOfWhatOnlyItsErrorsCause() throws IOException {
      pair.withProxies()
          .edit("scenario.yaml", "addresses: [20.0.0.31]", "addresses: [20.0.0.331]")
          .edit(
              "scenario.yaml", "interfaces: { eth0: { segment: lan, addresses: [20.0.0.21] } }", "")
          .edit("scenario.yaml", "config: b.conf", "config: c.conf");

      CommandRun run = run(pair.toString());

      assertThat(run.code()).isEqualTo(4);
      assertThat(run.err())
          .contains("scenario.yaml:")
          .doesNotContain("nginx.conf:", "a.conf:", "b.conf:")
          .endsWith(": 3 errors, not run\n");
    }

    @Test
    void isNotRunWhereKeepalivedRefusesToStart() throws IOException {
      pair.edit("a.conf", "    virtual_router_id 51\n", "");

      CommandRun run = run(pair.toString());

      assertThat(run.code()).isEqualTo(4);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("a.conf:").contains(": error: ").endsWith("not run\n");
    }

    @Test
    void runsWhereKeepalivedOnlyComplains() throws IOException {
      pair.edit("a.conf", "priority 150", "priority 150\n    prioritty 3");

      CommandRun run = run(pair.toString());

      assertThat(run.code()).isZero();
      assertThat(run.err()).contains("a.conf:6:5: ").contains("prioritty");
      assertThat(run.lastLine()).startsWith("holds: ");
    }

    @Test
    void isSuggestedWhereItsNameIsNearlyRight() {
      CommandRun run = run("nginx-par");

      assertThat(run.code()).isEqualTo(4);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("'nginx-par'").contains("did you mean 'nginx-pair'?");
    }
  }

  @Nested
  class TwoConfigurations {
    @Test
    void areJudgedWithoutAScenario() {
      CommandRun run = run(pair.file("a.conf"), pair.file("b.conf"));

      assertThat(run.code()).isZero();
      assertThat(run.lastLine()).matches("holds: all \\d+ judgements hold");
    }

    @Test
    void areReplayedAsTwoWords() throws IOException {
      Path spaced = Files.createDirectory(directory.resolve("my files"));
      PairFolder other = PairFolder.make(spaced).edit("b.conf", "_id 51", "_id 52");

      CommandRun run = run(other.file("a.conf"), other.file("b.conf"), "--no-store");

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.lastLine())
          .endsWith(
              "vipdrift run '%s' '%s' --seed 1"
                  .formatted(other.file("a.conf"), other.file("b.conf")));
    }

    @Test
    void areTwo() {
      CommandRun run = run(pair.file("a.conf"));

      assertThat(run.code()).isEqualTo(4);
      assertThat(run.err()).contains("two keepalived.conf files make a pair; got 1");
    }
  }

  @Nested
  class SeveralScenarios {
    @Test
    void areToldInALineEachAndTheWorstDecides() throws IOException {
      PairFolder broken =
          PairFolder.make(directory.resolve("broken"))
              .edit("scenario.yaml", "host: b, from: 12s", "host: a, from: 12s");

      CommandRun run = run(pair.toString(), broken.toString());

      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).startsWith("pair ").contains("broken: 1 of 6");
      assertThat(run.lastLine()).isEqualTo("1 of 2 scenarios hold.");
    }

    @Test
    void mayLieInOneFolder() throws IOException {
      PairFolder.make(directory.resolve("all/one"));
      PairFolder.make(directory.resolve("all/two"));
      CommandRun run = run(directory.resolve("all").toString(), "--no-store");

      assertThat(run.code()).isZero();
      assertThat(run.out()).containsSubsequence("one ", "two ");
      assertThat(run.lastLine()).isEqualTo("2 of 2 scenarios hold.");
    }

    @Test
    void runOnWhereOneHasErrors() throws IOException {
      PairFolder wrong =
          PairFolder.make(directory.resolve("wrong")).edit("scenario.yaml", "until:", "untill:");
      CommandRun run = run(wrong.toString(), pair.toString(), "--no-store");

      assertThat(run.code()).isEqualTo(4);
      assertThat(run.out()).startsWith("pair ").contains("holds: all 6 judgements hold");
      assertThat(run.err()).contains("did you mean 'until'?").contains("1 error, not run");
      assertThat(run.lastLine()).isEqualTo("1 of 2 scenarios hold.");
    }

    @Test
    void haveNoCommonCapture() {
      CommandRun run = run(pair.toString(), "nginx-pair", "--pcap", directory + "/c.pcapng");

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("--trace, --pcap and --mermaid take one scenario");
      assertThat(directory.resolve("c.pcapng")).doesNotExist();
    }

    @Test
    void haveNoCommonTraceFile() {
      CommandRun run = run(pair.toString(), "nginx-pair", "--trace", directory + "/t.jsonl");

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("--trace, --pcap and --mermaid take one scenario");
    }
  }

  @Nested
  class OutputFiles {
    @Test
    void areWrittenWhereTheyAreWanted() throws Exception {
      Path trace = directory.resolve("t.jsonl");
      Path mermaid = directory.resolve("m.mmd");
      Path junit = directory.resolve("j.xml");

      CommandRun run =
          run(
              pair.toString(),
              "--no-store",
              "--trace",
              trace.toString(),
              "--mermaid",
              mermaid.toString(),
              "--junit",
              junit.toString());

      assertThat(run.code()).isZero();
      List<String> lines = Files.readAllLines(trace);
      assertThat(JsonMapper.builder().build().readTree(lines.getFirst()).get("scenario").asText())
          .isEqualTo("pair");
      assertThat(lines).anyMatch(line -> line.contains("\"vrrp.state\""));
      assertThat(Files.readString(mermaid)).startsWith("sequenceDiagram\n");
      assertThat(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(junit.toFile())
                  .getElementsByTagName("testcase")
                  .getLength())
          .isEqualTo(6);
    }

    @Test
    void holdTheSameFramesForTheSameSeed() throws IOException {
      Path first = directory.resolve("1.pcapng");
      Path second = directory.resolve("2.pcapng");

      assertThat(run(pair.toString(), "--no-store", "--pcap", first.toString()).code()).isZero();
      assertThat(run(pair.toString(), "--pcap", second.toString()).code()).isZero();

      assertThat(Files.size(first)).isGreaterThan(3_000);
      assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--trace", "--pcap"})
    void areMissedBeforeTheRun(String option) {
      CommandRun run = run(pair.toString(), option, directory + "/nowhere/file");

      assertThat(run.code()).isEqualTo(5);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("nowhere/file");
    }

    @Test
    void thatAreNoCapturesAreNoBugOfOurs() {
      CommandRun run = run(pair.toString(), "--no-store", "--pcap", pair.toString());

      assertThat(run.code()).isEqualTo(5);
      assertThat(run.err()).contains("cannot write capture " + pair).doesNotContain("bug");
    }

    @Test
    void thatFillTheDiskAreNoBugOfOurs() {
      assumeTrue(
          Files.isWritable(Path.of("/dev/full")), "there is no /dev/full that refuses every byte");

      CommandRun run = run(pair.toString(), "--no-store", "--pcap", "/dev/full");

      assertThat(run.code()).isEqualTo(5);
      assertThat(run.err()).contains("cannot write capture /dev/full").doesNotContain("bug");
    }

    @Test
    void thatCannotBeWrittenAreNoBugOfOurs() {
      CommandRun run = run(pair.toString(), "--no-store", "--trace", pair.toString());

      assertThat(run.code()).isEqualTo(5);
      assertThat(run.err()).contains("cannot write trace file " + pair).doesNotContain("bug");
    }

    @Test
    void ofAVerdictAreJson() throws IOException {
      CommandRun run = run(pair.toString(), "--no-store", "--format", "json");

      JsonNode verdict = JsonMapper.builder().build().readTree(run.out());
      assertThat(run.code()).isZero();
      assertThat(verdict.get("scenario").asText()).isEqualTo("pair");
      assertThat(verdict.get("seed").asLong()).isEqualTo(1);
      assertThat(verdict.findValuesAsText("outcome")).hasSize(7).containsOnly("holds");
    }
  }

  @Nested
  class TheStore {
    @Test
    void keepsEveryRunAndPointsAtTheLatest() throws IOException {
      CommandRun first = run(pair.toString());
      run(pair.toString(), "--seed", "2");

      Path store = directory.resolve("store");
      try (Stream<Path> runs = Files.list(store.resolve("pair"))) {
        assertThat(runs)
            .hasSize(2)
            .anySatisfy(r -> assertThat(r.resolve("report.txt")).hasContent(plain(first.out())));
      }
      Path latest = store.resolve("latest");
      assertThat(latest).isSymbolicLink();
      assertThat(latest.resolve("seed")).hasContent("2\n");
      assertThat(latest.resolve("scenario/scenario.yaml"))
          .hasSameTextualContentAs(pair.path().resolve("scenario.yaml"));
      assertThat(latest.resolve("scenario/a.conf")).exists();
      assertThat(latest.resolve("trace.jsonl")).isNotEmptyFile();
      assertThat(Files.readString(latest.resolve("verdict.json"))).contains("\"pair\"");
      assertThat(run(latest.resolve("scenario").toString(), "--no-store").code()).isZero();
    }

    @Test
    void isLeftAloneIfNotWanted() {
      run(pair.toString(), "--no-store");

      assertThat(directory.resolve("store")).doesNotExist();
    }
  }

  @Nested
  class ABugOfOurs {
    /** Fails as the simulation does when an actor throws. */
    private record Failing() implements Testbed {
      @Override
      public String name() {
        return "failing";
      }

      @Override
      public boolean supports(Action action) {
        return true;
      }

      @Override
      public void run(
          Scenario scenario,
          long seed,
          Consumer<TraceEvent> sink,
          Optional<FrameSink> frames,
          LongConsumer progress) {
        throw new IllegalStateException(
            "the simulation of " + scenario.name() + " failed", new ArithmeticException("by zero"));
      }

      @Override
      public void close() {
        // holds nothing
      }
    }

    @Test
    void exitsWithSeventyAndTellsHowToRepeatIt() {
      CommandRun run =
          CommandRun.in(directory, Failing::new, "run", pair.toString(), "--seed", "9");

      assertThat(run.code()).isEqualTo(70);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .contains("a bug of ours: the simulation of pair failed")
          .contains("ArithmeticException: by zero")
          .endsWith("replay with: vipdrift run " + pair + " --seed 9\n");
    }

    @Test
    void endsTheCommand() {
      CommandRun run = CommandRun.in(directory, Failing::new, "run", "nginx-pair", "master-killed");

      assertThat(run.code()).isEqualTo(70);
      assertThat(run.err()).contains("nginx-pair").doesNotContain("master-killed");
    }
  }
}
