package org.vipdrift.netio.namespaces;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that something on this machine belongs to, as a mark on it says.
 *
 * @param startTicks when it started, in the kernel's ticks since boot: a number is used again, such
 *     a pair is not
 */
record Owner(long pid, long startTicks) {
  private static final String VARIABLE = "VIPDRIFT_RUN";
  private static final Pattern MARK = Pattern.compile("([0-9]+)-([0-9]+)");
  private static final int START_FIELD = 22;
  private static final int FIRST_FIELD_AFTER_NAME = 3;

  /** This process. */
  static Owner self() {
    long pid = ProcessHandle.current().pid();
    return new Owner(pid, startTicks(pid).orElseThrow());
  }

  /** As part of a name, or a value. */
  String mark() {
    return pid + "-" + startTicks;
  }

  static Optional<Owner> ofMark(String text) {
    Matcher mark = MARK.matcher(text);
    return mark.matches()
        ? Optional.of(new Owner(Long.parseLong(mark.group(1)), Long.parseLong(mark.group(2))))
        : Optional.empty();
  }

  boolean isAlive() {
    return startTicks(pid).equals(Optional.of(startTicks));
  }

  /** Marks the processes that get this environment, and those that they start. */
  void mark(Map<String, String> environment) {
    environment.put(VARIABLE, mark());
  }

  /** Whose a process is; empty for any that is not ours, has ended or may not be asked. */
  static Optional<Owner> ofProcess(long pid) {
    try {
      String environment =
          Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
      for (String each : environment.split("\0")) {
        if (each.startsWith(VARIABLE + "=")) {
          return ofMark(each.substring(VARIABLE.length() + 1));
        }
      }
      return Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static Optional<Long> startTicks(long pid) {
    try {
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      // The name of the program, in brackets, may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Optional.of(Long.parseLong(fields[START_FIELD - FIRST_FIELD_AFTER_NAME]));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
