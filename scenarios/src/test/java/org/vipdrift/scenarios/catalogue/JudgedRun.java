package org.vipdrift.scenarios.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.SourceTexts;
import org.vipdrift.model.config.keepalived.KeepalivedParse;
import org.vipdrift.model.config.keepalived.KeepalivedParser;
import org.vipdrift.model.config.keepalived.ParseOptions;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeConfigurationReader;
import org.vipdrift.model.node.TakeoverBound;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.verdict.Circumstances;
import org.vipdrift.model.verdict.Judge;
import org.vipdrift.model.verdict.Judgement;
import org.vipdrift.model.verdict.Outcome;
import org.vipdrift.model.verdict.Verdict;
import org.vipdrift.scenarios.report.Chronicle;
import org.vipdrift.scenarios.report.Style;
import org.vipdrift.scenarios.report.TextReport;
import org.vipdrift.simulator.SimulatedTestbed;

/**
 * A run of a scenario and its verdict.
 *
 * @param notModelled what the simulation met and does not know
 */
record JudgedRun(
    Scenario scenario,
    Verdict verdict,
    Chronicle chronicle,
    List<TraceDetail.NotModelled> notModelled) {

  static JudgedRun of(SimulatedTestbed testbed, Scenario scenario, long seed) {
    Judge judge = Judge.of(scenario, circumstances(scenario, seed));
    Chronicle chronicle = new Chronicle(scenario);
    List<TraceDetail.NotModelled> notModelled = new ArrayList<>();
    testbed.run(
        scenario,
        seed,
        event -> {
          judge.accept(event);
          chronicle.accept(event);
          if (event.detail() instanceof TraceDetail.NotModelled unknown) {
            notModelled.add(unknown);
          }
        });
    return new JudgedRun(scenario, judge.finish(scenario.until()), chronicle, notModelled);
  }

  private static Circumstances circumstances(Scenario scenario, long seed) {
    List<NodeConfiguration> nodes =
        parses(scenario).stream()
            .filter(parse -> !parse.isRefused())
            .map(parse -> NodeConfigurationReader.read(parse.configuration()))
            .toList();
    List<IpAddress> vips =
        nodes.stream()
            .flatMap(node -> node.instances().stream())
            .flatMap(instance -> instance.settings().installedAddresses().stream())
            .map(installed -> installed.address())
            .distinct()
            .toList();
    return new Circumstances(seed, TakeoverBound.slowest(nodes), vips);
  }

  /** What is wrong with the configurations that the scenario begins with. */
  static List<Problem> configurationErrors(Scenario scenario) {
    return parses(scenario).stream()
        .flatMap(parse -> parse.problems().stream())
        .filter(Problem::isError)
        .toList();
  }

  private static List<KeepalivedParse> parses(Scenario scenario) {
    List<KeepalivedParse> parses = new ArrayList<>();
    for (Host host : scenario.hosts()) {
      List<String> interfaces = host.interfaces().stream().map(Host.HostInterface::name).toList();
      for (Host.ProcessSpecification process : host.processes()) {
        if (process instanceof Host.KeepalivedProcess keepalived) {
          parses.add(
              KeepalivedParser.parse(
                  new SourceTexts(keepalived.texts()),
                  keepalived.configurationFile(),
                  ParseOptions.DEFAULT.withHostInterfaces(interfaces)));
        }
      }
    }
    return parses;
  }

  boolean holds() {
    return verdict.overall() == Outcome.HOLDS;
  }

  /** The keywords of the expectations and invariants that are broken. */
  List<String> broken() {
    return Stream.concat(verdict.expectations().stream(), verdict.invariants().stream())
        .filter(judgement -> judgement.outcome() == Outcome.BROKEN)
        .map(Judgement::keyword)
        .distinct()
        .toList();
  }

  /** For the message of a failed test. */
  String report() {
    return TextReport.write(
        scenario, chronicle, verdict, scenario.name(), Optional.empty(), Style.plain());
  }
}
