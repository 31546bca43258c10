package org.vipdrift.netio.namespaces;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The program of a check script, with something before it while a fault is in force. */
final class ScriptFile {
  private static final String ORIGINAL = ".original";

  private final MachineFiles files;
  private final String path;
  private Optional<Duration> slow = Optional.empty();
  private Optional<Integer> exit = Optional.empty();

  ScriptFile(MachineFiles files, String path) {
    this.files = files;
    this.path = path;
  }

  RealActions.Undo slow(Optional<Duration> takes) {
    slow = takes;
    return apply(_ -> slow(Optional.empty()));
  }

  RealActions.Undo exit(Optional<Integer> status) {
    exit = status;
    return apply(_ -> exit(Optional.empty()));
  }

  private RealActions.Undo apply(RealActions.Undo undo) {
    try {
      Path original = files.resolve(path + ORIGINAL);
      Path file = files.resolve(path);
      if (!Files.exists(original)) {
        Files.move(file, original);
      }
      if (slow.isEmpty() && exit.isEmpty()) {
        Files.deleteIfExists(file);
        Files.move(original, file);
        return undo;
      }
      String sleep = slow.map(takes -> "sleep " + takes.toNanos() / 1e9 + "\n").orElse("");
      String then =
          exit.map(status -> "exit " + status).orElse("exec '" + path + ORIGINAL + "' \"$@\"");
      files.write(path, "#!/bin/sh\n" + sleep + then + "\n", true);
      return undo;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("check script " + path, e);
    }
  }
}
