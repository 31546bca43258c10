package org.vipdrift.netio.endurance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs, and what {@code /proc} says of them. */
final class Processes {
  /** USER_HZ, the unit of times in /proc/PID/stat, is 100 on every Linux that runs Java. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TIME = 11;

  private Processes() {}

  static boolean isInstalled(String name) {
    return Stream.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /**
   * Runs a program to its end; what it printed.
   *
   * @throws IOException when it fails
   */
  static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return output;
  }

  /** Seconds of CPU, of the process and not of its children. */
  static double cpuSeconds(long pid) {
    String stat = read("/proc/" + pid + "/stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]))
        / TICKS_PER_SECOND;
  }

  /** MiB of resident memory, at its highest so far. */
  static double residentMebibytes(long pid) {
    return read("/proc/" + pid + "/status")
            .lines()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElse(0)
        / 1024.0;
  }

  static int descriptors(long pid) {
    String[] names = Path.of("/proc/" + pid + "/fd").toFile().list();
    return names == null ? 0 : names.length;
  }

  private static String read(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
