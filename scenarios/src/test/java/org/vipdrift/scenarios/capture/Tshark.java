package org.vipdrift.scenarios.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The reference reader of captures. */
final class Tshark {
  static final String MISSING = "tshark is not installed here";

  private static final String SEPARATOR = "|";

  private Tshark() {}

  static boolean isInstalled() {
    try {
      return new ProcessBuilder("tshark", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What it makes of these fields of each frame; several values of one are joined by commas. */
  static List<List<String>> fields(Path capture, String... fields)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("tshark", "-r", capture.toString(), "-N", "n", "-T", "fields"));
    for (String protocol : List.of("ip", "tcp", "udp")) {
      command.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
    }
    command.addAll(List.of("-E", "separator=" + SEPARATOR));
    for (String field : fields) {
      command.addAll(List.of("-e", field));
    }
    Path output = Files.createTempFile("tshark", ".out");
    Path complaints = Files.createTempFile("tshark", ".err");
    try {
      int code =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(complaints.toFile())
              .start()
              .waitFor();
      if (code != 0) {
        throw new AssertionError(command + ": " + code + ": " + Files.readString(complaints));
      }
      return Files.readAllLines(output, StandardCharsets.UTF_8).stream()
          .map(line -> List.of(line.split("[" + SEPARATOR + "]", fields.length)))
          .toList();
    } finally {
      Files.delete(output);
      Files.delete(complaints);
    }
  }
}
