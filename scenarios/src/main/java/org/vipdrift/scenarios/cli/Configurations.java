package org.vipdrift.scenarios.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vipdrift.model.audit.Finding;
import org.vipdrift.model.audit.KeepalivedAudit;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.SourceTexts;
import org.vipdrift.model.config.keepalived.KeepalivedConfiguration;
import org.vipdrift.model.config.keepalived.KeepalivedParse;
import org.vipdrift.model.config.keepalived.KeepalivedParser;
import org.vipdrift.model.config.keepalived.ParseOptions;
import org.vipdrift.model.config.nginx.HostNames;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeConfigurationReader;
import org.vipdrift.model.node.TakeoverBound;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.verdict.Circumstances;
import org.vipdrift.scenarios.file.ScenarioLoad;

/**
 * The configuration files of a scenario, read.
 *
 * <p>A scenario with errors is looked at too, so that all problems are told at once: those of the
 * configuration files that it names and that are there, but not what depends on how the files and
 * the rest of the scenario fit together.
 *
 * @param problems of all of them, in the order of the hosts
 * @param findings what only all of them together show
 */
record Configurations(
    List<NodeConfiguration> nodes, List<Problem> problems, List<Problem> findings) {
  static Configurations of(ScenarioLoad load) {
    boolean sound = load.scenario().isPresent();
    List<NodeConfiguration> nodes = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Map<String, KeepalivedConfiguration> parsed = new LinkedHashMap<>();
    List<Host> hosts = load.draft().map(Scenario::hosts).orElse(List.of());
    HostNames names = ProxyConfigurations.names(hosts, sound);
    for (Host host : hosts) {
      for (Host.ProcessSpecification process : host.processes()) {
        if (!isThere(process)) {
          continue;
        }
        problems.addAll(ProxyConfigurations.problems(host, process, names));
        if (process instanceof Host.KeepalivedProcess keepalived) {
          KeepalivedParse parse = parse(host, keepalived);
          problems.addAll(parse.problems());
          if (sound && !parse.isRefused()) {
            nodes.add(NodeConfigurationReader.read(parse.configuration()));
            parsed.put(host.name(), parse.configuration());
            problems.addAll(ScriptProblems.of(host, parse.configuration()));
          }
        }
      }
    }
    List<Problem> findings =
        KeepalivedAudit.audit(parsed).stream().map(Finding::toProblem).toList();
    return new Configurations(List.copyOf(nodes), List.copyOf(problems), findings);
  }

  /** Whether its configuration file was found, if it has one. */
  private static boolean isThere(Host.ProcessSpecification process) {
    return switch (process) {
      case Host.KeepalivedProcess p -> p.texts().containsKey(p.configurationFile());
      case Host.HaproxyProcess p -> p.texts().containsKey(p.configurationFile());
      case Host.NginxProcess p -> p.texts().containsKey(p.configurationFile());
      case Host.ServerProcess _ -> true;
    };
  }

  private static KeepalivedParse parse(Host host, Host.KeepalivedProcess keepalived) {
    List<String> interfaces = host.interfaces().stream().map(Host.HostInterface::name).toList();
    return KeepalivedParser.parse(
        new SourceTexts(keepalived.texts()),
        keepalived.configurationFile(),
        // Only a draft has a host without any.
        interfaces.isEmpty()
            ? ParseOptions.DEFAULT
            : ParseOptions.DEFAULT.withHostInterfaces(interfaces));
  }

  boolean isRefused() {
    return problems.stream().anyMatch(Problem::isError);
  }

  Circumstances circumstances(long seed) {
    Duration slowest = TakeoverBound.slowest(nodes);
    List<IpAddress> vips =
        nodes.stream()
            .flatMap(n -> n.instances().stream())
            .flatMap(i -> i.settings().installedAddresses().stream())
            .map(a -> a.address())
            .distinct()
            .toList();
    return new Circumstances(seed, slowest, vips);
  }
}
