package org.vipdrift.scenarios.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vipdrift.model.checker.DirectorDefinitions;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.keepalived.KeepalivedParse;
import org.vipdrift.model.config.keepalived.KeepalivedParser;
import org.vipdrift.model.config.keepalived.ParseOptions;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeConfigurationReader;
import org.vipdrift.scenarios.file.DiskFiles;

/**
 * The configuration file of a node, as it is on the disk now.
 *
 * @param vrrpOnly leave out virtual servers
 */
record NodeFile(Path path, Optional<String> configId, boolean vrrpOnly) {
  /** What keepalived would heed, a node does not, and elections or addresses depend on. */
  private static final List<String> DECISIVE =
      List.of(
          "net_namespace",
          "bfd_instance",
          "track_bfd",
          "garp_group",
          "linkbeat_use_polling",
          "linkbeat_interfaces",
          "startup_script",
          "shutdown_script",
          "vrrp_garp_extra_if",
          "garp_extra_if");

  private static final Pattern NOT_MODELLED =
      Pattern.compile("'([^']+)' is accepted, not modelled");

  /**
   * What was read.
   *
   * @param configuration empty where a node must not run with it
   */
  record Reading(Optional<NodeConfiguration> configuration, List<Problem> problems) {
    Reading {
      problems = List.copyOf(problems);
    }
  }

  /**
   * @param interfaces of this machine
   */
  Reading read(List<String> interfaces) {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      return new Reading(Optional.empty(), List.of(unreadable()));
    }
    ParseOptions options = ParseOptions.DEFAULT.withHostInterfaces(interfaces);
    KeepalivedParse parse =
        KeepalivedParser.parse(
            new DiskFiles(),
            path.toString(),
            options.withConfigId(configId.orElseGet(NodeFile::hostLabel)));
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : parse.problems()) {
      problems.add(judged(problem));
    }
    if (problems.stream().anyMatch(Problem::isError)) {
      return new Reading(Optional.empty(), problems);
    }
    NodeConfiguration read = NodeConfigurationReader.read(parse.configuration());
    return new Reading(Optional.of(vrrpOnly ? withoutVirtualServers(read) : read), problems);
  }

  private Problem unreadable() {
    return Problem.of(
        Severity.ERROR,
        "unreadable",
        "the configuration file cannot be read",
        new SourceSpan(path.toString(), 1, 1, 1, 1));
  }

  /** A node refuses what it would silently do otherwise than keepalived. */
  private static Problem judged(Problem problem) {
    Matcher keyword = NOT_MODELLED.matcher(problem.message());
    if (keyword.matches() && DECISIVE.contains(keyword.group(1))) {
      return new Problem(
          Severity.ERROR,
          "unsupported",
          "a node cannot do '" + keyword.group(1) + "', and would behave otherwise than meant",
          problem.span(),
          Optional.of("take it out, or run keepalived here"));
    }
    return problem;
  }

  private static NodeConfiguration withoutVirtualServers(NodeConfiguration all) {
    return new NodeConfiguration(
        all.instances(),
        all.scripts(),
        all.files(),
        all.processes(),
        all.groups(),
        DirectorDefinitions.NONE,
        List.of(),
        all.process());
  }

  static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (java.io.IOException unknown) {
      return "localhost";
    }
  }

  private static String hostLabel() {
    return hostName().replaceFirst("\\..*", "");
  }
}
