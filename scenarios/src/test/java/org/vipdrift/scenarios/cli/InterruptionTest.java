package org.vipdrift.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vipdrift.netio.namespaces.Requirement;

/** Ctrl-C, as a shell sees it. */
class InterruptionTest {
  private static final int INTERRUPTED = 130;

  @TempDir private Path directory;

  /** In a JVM of its own, which heeds SIGINT even where the tests run in the background. */
  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output").toFile())
        .start();
  }

  private int interrupt(Process process) throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private PairFolder endless() throws IOException {
    return PairFolder.make(directory.resolve("lab"))
        .edit("scenario.yaml", "until: 20s", "until: 9000h");
  }

  @Test
  void aSimulationEndsWithItsOwnExitCode() throws Exception {
    Process run = start("run", endless().path().toString());
    try {
      assertThat(run.waitFor(4, TimeUnit.SECONDS)).isFalse();
      assertThat(interrupt(run))
          .as(Files.readString(directory.resolve("output")))
          .isEqualTo(INTERRUPTED);
    } finally {
      run.destroyForcibly();
    }
  }

  @Test
  void aRunOnRealKernelsLeavesNothingBehind() throws Exception {
    assumeTrue(
        Requirement.all().stream().allMatch(r -> !r.isNeeded() || r.isThere()), "needs root");
    Process run =
        start("run", endless().path().toString(), "--on", "netns", "--daemon", "vipdrift");
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (nodes(run) < 2 && System.nanoTime() < end) {
        Thread.sleep(100);
      }
      assertThat(nodes(run))
          .as(Files.readString(directory.resolve("output")))
          .isGreaterThanOrEqualTo(2);
      List<ProcessHandle> started = run.descendants().toList();
      assertThat(interrupt(run)).isEqualTo(INTERRUPTED);
      Thread.sleep(500);
      assertThat(started.stream().map(InterruptionTest::commandLine)).containsOnly("");
      assertThat(folders(run.pid())).isEmpty();
    } finally {
      run.destroyForcibly();
    }
  }

  /** Nodes on the hosts of a run, and what starts them. */
  private static long nodes(Process run) {
    return run.descendants().filter(each -> commandLine(each).contains("\0node\0")).count();
  }

  /** Empty for one that has ended; a ProcessHandle forgets the arguments of a long one. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }

  private static List<Path> folders(long pid) throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(each -> each.getFileName().toString().startsWith("vipdrift-" + pid + "-"))
          .toList();
    }
  }
}
