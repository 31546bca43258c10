package org.vipdrift.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCommandTest {
  @TempDir private Path directory;
  private PairFolder pair;

  @BeforeEach
  void makePair() throws IOException {
    pair = PairFolder.make(directory.resolve("pair"));
  }

  private String traced(String name, int seed) {
    String file = directory.resolve(name).toString();
    CommandRun.in(
        directory,
        "run",
        pair.toString(),
        "--no-store",
        "--seed",
        Integer.toString(seed),
        "--trace",
        file);
    return file;
  }

  @Test
  void showsALinePerEvent() throws IOException {
    String trace = traced("t", 1);
    CommandRun run = CommandRun.in(directory, "trace", "show", trace);

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("pair, seed 1, on sim\n");
    assertThat(run.out().lines()).hasSameSizeAs(Files.readAllLines(Path.of(trace)));
  }

  @Test
  void showsOnlyTheKindsAndHostsThatAreWanted() {
    CommandRun run =
        CommandRun.in(directory, "trace", "show", traced("t", 1), "--kind", "vip", "--host", "b");

    assertThat(run.out().lines().skip(1))
        .isNotEmpty()
        .allMatch(line -> line.matches("\\s+[0-9.]+ s  b +vip\\.(added|removed) .*"));
  }

  @Test
  void findsNoDifferenceBetweenRunsOfOneSeed() {
    CommandRun run = CommandRun.in(directory, "trace", "diff", traced("t", 1), traced("u", 1));

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo("The traces are the same, byte for byte.\n");
  }

  @Test
  void findsWhereRunsOfTwoSeedsPart() {
    CommandRun run = CommandRun.in(directory, "trace", "diff", traced("t", 1), traced("u", 2));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).containsPattern("The traces part at line \\d+\\.\n").contains("left: ");
  }

  @Test
  void saysWhatIsNoTrace() {
    CommandRun run = CommandRun.in(directory, "trace", "show", pair.file("scenario.yaml"));

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).startsWith("vipdrift: ").doesNotContain("bug");
  }

  @Test
  void saysThatAFileIsMissing() {
    CommandRun run = CommandRun.in(directory, "trace", "show", directory + "/none");

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).contains("no file " + directory + "/none");
  }

  @Test
  void wantsAVerbOfItsOwn() {
    assertThat(CommandRun.in(directory, "trace").code()).isEqualTo(2);
  }
}
