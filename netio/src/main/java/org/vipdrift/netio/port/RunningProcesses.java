package org.vipdrift.netio.port;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The processes of the machine, as {@code /proc} lists them; not thread-safe.
 *
 * <p>A process that is known keeps its name for most looks: a new one is read at every look for a
 * second, since between fork and exec it bears its parent's name, and all are read every two
 * seconds, since a name may be changed and a pid may come back.
 */
final class RunningProcesses {
  private static final long YOUNG_NANOS = 1_000_000_000L;
  private static final long SWEEP_NANOS = 2_000_000_000L;

  /** What Linux keeps of a program's name. */
  private static final int NAME_BYTES = 15;

  private final Path proc;
  private final Map<Long, Known> processes = new TreeMap<>();
  private long nextSweep = Long.MIN_VALUE;

  /** What a process is called, and with which words it was started. */
  private record Known(long firstSeen, String name, List<String> words) {}

  RunningProcesses(Path proc) {
    this.proc = proc;
  }

  /** Reads what runs now. */
  void look(long nowNanos) throws IOException {
    boolean sweep = nowNanos >= nextSweep;
    if (sweep) {
      nextSweep = nowNanos + SWEEP_NANOS;
    }
    Map<Long, Known> before = new TreeMap<>(processes);
    processes.clear();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Iterator<Path> all = entries.iterator(); all.hasNext(); ) {
        Path entry = all.next();
        long pid = Long.parseLong(entry.getFileName().toString());
        Known known = before.get(pid);
        if (known != null && !sweep && nowNanos - known.firstSeen > YOUNG_NANOS) {
          processes.put(pid, known);
        } else {
          long firstSeen = known == null ? nowNanos : known.firstSeen;
          read(entry, firstSeen).ifPresent(read -> processes.put(pid, read));
        }
      }
    }
  }

  /** How many ran at the last look. */
  int size() {
    return processes.size();
  }

  /**
   * How many run under a name: Linux's name of the program, the first 15 octets of it, or with
   * arguments the command line, whose first word may have a folder before the name.
   */
  int count(String name, Optional<List<String>> arguments) {
    int count = 0;
    for (Known known : processes.values()) {
      if (matches(known, name, arguments)) {
        count++;
      }
    }
    return count;
  }

  private static boolean matches(Known known, String name, Optional<List<String>> arguments) {
    if (arguments.isEmpty() && name.indexOf('/') < 0) {
      return known.name.equals(shortened(name));
    }
    if (known.words.isEmpty()) {
      return false; // a thread of the kernel
    }
    String program = known.words.getFirst();
    boolean named =
        program.equals(name) || program.substring(program.lastIndexOf('/') + 1).equals(name);
    return named
        && (arguments.isEmpty()
            || arguments.get().equals(known.words.subList(1, known.words.size())));
  }

  private static String shortened(String name) {
    byte[] octets = name.getBytes(StandardCharsets.ISO_8859_1);
    return octets.length <= NAME_BYTES
        ? name
        : new String(octets, 0, NAME_BYTES, StandardCharsets.ISO_8859_1);
  }

  /** Empty when it has ended. */
  private static Optional<Known> read(Path entry, long firstSeen) {
    try {
      String stat = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
      int end = stat.lastIndexOf(')');
      char state = stat.charAt(end + 2);
      if (state == 'Z' || state == 'X') {
        return Optional.empty();
      }
      String name = stat.substring(stat.indexOf('(') + 1, end);
      String line = Files.readString(entry.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      List<String> words = new ArrayList<>();
      if (!line.isEmpty()) {
        String ended = line.endsWith("\0") ? line.substring(0, line.length() - 1) : line;
        words.addAll(Arrays.asList(ended.split("\0", -1)));
      }
      return Optional.of(new Known(firstSeen, name, words));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
