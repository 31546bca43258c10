package org.vipdrift.scenarios.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.vipdrift.model.scenario.Testbed;
import org.vipdrift.netio.namespaces.NamespacesTestbed;
import org.vipdrift.netio.namespaces.Requirement;

/** Which testbed a command line asks for. */
final class TestbedChoice {
  private static final String KEEPALIVED = "keepalived";
  private static final String VIPDRIFT = "vipdrift";
  private static final String EVERY_HOST = "";

  private TestbedChoice() {}

  /** The testbeds, by the names that {@link Testbed#name} has for them. */
  enum Name {
    sim,
    netns
  }

  /**
   * Says what is wrong with a choice.
   *
   * @return the exit code, if something is
   */
  static Optional<Integer> problem(Console console, Name on, Optional<String> daemon) {
    if (on == Name.sim) {
      if (daemon.isPresent()) {
        console.error("--daemon is for --on netns: the simulation runs vipdrift itself");
        return Optional.of(ExitCode.USAGE);
      }
      return Optional.empty();
    }
    for (String chosen : daemons(daemon).values()) {
      if (!chosen.equals(KEEPALIVED) && !chosen.equals(VIPDRIFT)) {
        console.error("--daemon: " + chosen + " is neither keepalived nor vipdrift");
        return Optional.of(ExitCode.USAGE);
      }
    }
    List<Requirement> missing =
        Requirement.all().stream().filter(r -> r.isNeeded() && !r.isThere()).toList();
    missing.forEach(r -> console.error("netns needs " + r.what() + ": " + r.otherwise()));
    return missing.isEmpty() ? Optional.empty() : Optional.of(ExitCode.ENVIRONMENT);
  }

  static Testbed open(Supplier<? extends Testbed> simulation, Name on, Optional<String> daemon) {
    if (on == Name.sim) {
      return simulation.get();
    }
    Map<String, String> chosen = daemons(daemon);
    return new NamespacesTestbed(
        host ->
            chosen.getOrDefault(host, chosen.getOrDefault(EVERY_HOST, KEEPALIVED)).equals(VIPDRIFT)
                ? Optional.of(node())
                : Optional.empty());
  }

  /** The choice by host. */
  private static Map<String, String> daemons(Optional<String> daemon) {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (String each : daemon.map(d -> d.split(",")).orElse(new String[0])) {
      int equals = each.indexOf('=');
      chosen.put(
          equals < 0 ? EVERY_HOST : each.substring(0, equals).strip(),
          each.substring(equals + 1).strip());
    }
    return chosen;
  }

  /** This very program as a node, from the same classes. */
  private static List<String> node() {
    String classes =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
    // What is kept of earlier starts: without it a node is ready a good second later.
    Optional.ofNullable(System.getProperty("vipdrift.aot"))
        .ifPresent(cache -> command.add("-XX:AOTCache=" + cache));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", classes, Main.class.getName(), "node"));
    return List.copyOf(command);
  }
}
