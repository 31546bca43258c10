package org.vipdrift.scenarios.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the figures were taken on.
 *
 * @param cores that the JVM may use
 * @param options given to the JVM
 */
public record Machine(
    String processor, int cores, String system, String java, List<String> options) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  public Machine {
    options = List.copyOf(options);
  }

  /** This one. */
  public static Machine here() {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.vm.version")
            + " ("
            + System.getProperty("java.vendor")
            + ")",
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> !option.startsWith("-Dvipdrift."))
            .toList());
  }

  /** As Linux names it; elsewhere the architecture. */
  private static String processorName() {
    try {
      for (String line : Files.readAllLines(PROCESSORS)) {
        int colon = line.indexOf(':');
        if (line.startsWith("model name") && colon > 0) {
          return line.substring(colon + 1).strip();
        }
      }
    } catch (IOException absent) {
      return System.getProperty("os.arch");
    }
    return System.getProperty("os.arch");
  }
}
