package org.vipdrift.scenarios.cli;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.vipdrift.model.scenario.Testbed;
import org.vipdrift.netio.namespaces.NamespacesTestbed;
import org.vipdrift.netio.namespaces.NodeProgram;
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

  /** What the choice is called in a report; nothing for the simulation. */
  static Optional<String> told(Name on, Optional<String> daemon) {
    if (on == Name.sim) {
      return Optional.empty();
    }
    Map<String, String> chosen = new LinkedHashMap<>(daemons(daemon));
    String everywhere = Optional.ofNullable(chosen.remove(EVERY_HOST)).orElse(KEEPALIVED);
    StringBuilder text = new StringBuilder("real kernels (netns) with ").append(everywhere);
    chosen.forEach(
        (host, program) -> text.append(", ").append(program).append(" on ").append(host));
    return Optional.of(text.toString());
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

  /**
   * This very program as a node, from the same classes, with the options that the launcher has for
   * nodes.
   */
  private static NodeProgram node() {
    List<Path> classes =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toAbsolutePath())
            .toList();
    Path runtime = Path.of(System.getProperty("java.home"));
    Optional<Path> cache =
        Optional.ofNullable(System.getProperty("vipdrift.node.aot")).map(Path::of);
    List<String> command = new ArrayList<>();
    command.add(runtime.resolve("bin/java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(List.of(System.getProperty("vipdrift.node.options", "-Xmx64m").split(" ")));
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
    // What is kept of earlier starts: without it a node is ready a good second later.
    cache.ifPresent(file -> command.add("-XX:AOTCache=" + file));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(classes.stream().map(Path::toString).collect(joining(File.pathSeparator)));
    command.addAll(List.of(Main.class.getName(), "node"));
    Set<Path> folders = new TreeSet<>(List.of(runtime));
    classes.forEach(entry -> folders.add(Files.isDirectory(entry) ? entry : entry.getParent()));
    cache.ifPresent(file -> folders.add(file.toAbsolutePath().getParent()));
    return new NodeProgram(command, List.copyOf(folders));
  }
}
