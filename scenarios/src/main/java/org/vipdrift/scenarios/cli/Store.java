package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;

/**
 * Where a run is kept: {@code store/SCENARIO/TIME/} with the scenario, the seed, the trace, the
 * report and the verdict, and {@code store/latest}.
 *
 * @param folder of all runs
 * @param run the folder of this one
 */
record Store(Path folder, Path run) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  /** Makes the folder of a new run in the store's folder. */
  static Store begin(Path folder, String scenario, long seed) throws IOException {
    Path parent = folder.resolve(scenario);
    Files.createDirectories(parent);
    String time = LocalDateTime.now().format(TIME);
    for (int count = 1; ; count++) {
      Path run = parent.resolve(count == 1 ? time : time + "-" + count);
      try {
        Files.createDirectory(run);
        Files.writeString(run.resolve("seed"), seed + "\n");
        return new Store(folder, run);
      } catch (FileAlreadyExistsException e) {
        // another run of the same second
      }
    }
  }

  Path trace() {
    return run.resolve("trace.jsonl");
  }

  /** Keeps what came of the run and makes it the latest. */
  void finish(Path scenarioFolder, String report, String json) throws IOException {
    Files.writeString(run.resolve("report.txt"), report);
    Files.writeString(run.resolve("verdict.json"), json);
    copy(scenarioFolder, run.resolve("scenario"));
    Path latest = folder.resolve("latest");
    Files.deleteIfExists(latest);
    Files.createSymbolicLink(latest, folder.relativize(run));
  }

  private static void copy(Path folder, Path to) throws IOException {
    if (!Files.isRegularFile(folder.resolve("scenario.yaml"))) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(folder.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
