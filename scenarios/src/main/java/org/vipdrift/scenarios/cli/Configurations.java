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
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeConfigurationReader;
import org.vipdrift.model.node.TakeoverBound;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.verdict.Circumstances;

/**
 * The configuration files of a scenario, read.
 *
 * @param problems of all of them, in the order of the hosts
 * @param findings what only all of them together show
 */
record Configurations(
    List<NodeConfiguration> nodes, List<Problem> problems, List<Problem> findings) {
  static Configurations of(Scenario scenario) {
    List<NodeConfiguration> nodes = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Map<String, KeepalivedConfiguration> parsed = new LinkedHashMap<>();
    for (Host host : scenario.hosts()) {
      List<String> interfaces = host.interfaces().stream().map(Host.HostInterface::name).toList();
      for (Host.ProcessSpecification process : host.processes()) {
        problems.addAll(ProxyConfigurations.problems(scenario, host, process));
        if (process instanceof Host.KeepalivedProcess keepalived) {
          KeepalivedParse parse =
              KeepalivedParser.parse(
                  new SourceTexts(keepalived.texts()),
                  keepalived.configurationFile(),
                  ParseOptions.DEFAULT.withHostInterfaces(interfaces));
          problems.addAll(parse.problems());
          if (!parse.isRefused()) {
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
