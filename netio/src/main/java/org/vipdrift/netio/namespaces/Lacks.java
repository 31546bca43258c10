package org.vipdrift.netio.namespaces;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeReading;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry;

/** What a scenario asks for that this testbed, or this machine, has not. */
final class Lacks {
  private static final int MOST_USERS = 500;

  /** The kernel's limit for the name of an interface, which the scenario's reader does not have. */
  private static final int LONGEST_NAME = 15;

  /** What check scripts are made of, besides what every system has and what hosts bring. */
  private static final Pattern PROGRAM =
      Pattern.compile(
          "(?<![\\w.-])(ping|fping|arping|curl|wget|nc|killall|pidof|pgrep|ps|ss)(?=\\s|$)");

  private static final Pattern SCRIPT_LINE = Pattern.compile("(?m)^\\s*script\\s.*$");

  private Lacks() {}

  /**
   * @param isNode whether a node of ours runs on a host, by name, and not keepalived
   */
  static List<String> of(Scenario scenario, Predicate<String> isNode) {
    List<String> lacks = new ArrayList<>();
    if (Virtual.of(scenario).balances() && !Files.exists(Path.of("/proc/net/ip_vs"))) {
      lacks.add("virtual_server: the kernel of this machine has no IPVS");
    }
    for (Host host : scenario.hosts()) {
      for (Host.HostInterface card : host.interfaces()) {
        if (card.name().equals("tunl0")) {
          lacks.add("hosts, " + host.name() + ": tunnels cannot be made on netns");
        } else if (card.name().length() > LONGEST_NAME) {
          lacks.add("hosts, " + host.name() + ": no interface can be called " + card.name());
        }
      }
      scripts(host, lacks);
      for (Host.ProcessSpecification process : host.processes()) {
        String place = "hosts, " + host.name() + ", " + process.name() + ": ";
        switch (process) {
          case Host.KeepalivedProcess keepalived -> {
            if (!isNode.test(host.name())) {
              program(place, "keepalived", lacks);
              processEvents(place, host, keepalived, lacks);
            }
          }
          case Host.HaproxyProcess _ -> program(place, "haproxy", lacks);
          case Host.NginxProcess _ -> program(place, "nginx", lacks);
          case Host.ServerProcess server -> {
            if (!server.certificates().isEmpty()) {
              program(place, "openssl", lacks);
            }
            if (server.name().equals("nginx")) {
              program(place, "nginx", lacks);
            }
          }
        }
      }
    }
    for (Client client : scenario.clients()) {
      if (client.count() > MOST_USERS) {
        lacks.add(
            "clients, " + client.name() + ": netns has at most " + MOST_USERS + " users a client");
      }
    }
    for (TimelineEntry entry : scenario.timeline()) {
      if (entry instanceof TimelineEntry.Perform(_, _, _, Action action)) {
        ofAction(scenario, action, lacks);
      }
    }
    return lacks;
  }

  /** The kernel tells of processes in the first network namespace alone. */
  private static void processEvents(
      String place, Host host, Host.KeepalivedProcess process, List<String> lacks) {
    List<String> cards = host.interfaces().stream().map(Host.HostInterface::name).toList();
    if (NodeReading.of(process.configurationFile(), process.texts(), cards)
            instanceof NodeReading.Accepted(NodeConfiguration configuration)
        && !configuration.processes().isEmpty()) {
      lacks.add(
          place
              + "keepalived's vrrp_track_process sees nothing in a network namespace; with --daemon"
              + " "
              + host.name()
              + "=vipdrift it can be run");
    }
  }

  /** Without its programs a check script fails, and nothing says why. */
  private static void scripts(Host host, List<String> lacks) {
    host.files()
        .forEach(
            (path, file) -> {
              if (file.executable()) {
                programs(host, path, file.text(), lacks);
              }
            });
    for (Host.ProcessSpecification process : host.processes()) {
      if (process instanceof Host.KeepalivedProcess keepalived) {
        String commands =
            keepalived.texts().values().stream()
                .flatMap(text -> SCRIPT_LINE.matcher(text).results())
                .map(MatchResult::group)
                .collect(Collectors.joining("\n"));
        programs(host, keepalived.configurationFile(), commands, lacks);
      }
    }
  }

  private static void programs(Host host, String path, String text, List<String> lacks) {
    for (String name : programs(text)) {
      program("hosts, " + host.name() + ", " + path + ": ", name, lacks);
    }
  }

  /** The programs that a script names outside of its comments. */
  static Set<String> programs(String script) {
    return script
        .lines()
        .filter(line -> !line.strip().startsWith("#"))
        .flatMap(line -> PROGRAM.matcher(line).results())
        .map(word -> word.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void ofAction(Scenario scenario, Action action, List<String> lacks) {
    switch (action) {
      case Action.Firewall _ -> program("timeline, firewall: ", "nft", lacks);
      case Action.ServerSlow a -> declared(scenario, a.host(), a.process(), action, lacks);
      case Action.ServerError a -> declared(scenario, a.host(), a.process(), action, lacks);
      default -> {
        // Everything else needs only what every scenario does.
      }
    }
  }

  private static void declared(
      Scenario scenario, String host, String process, Action action, List<String> lacks) {
    boolean declared =
        scenario
            .host(host)
            .flatMap(h -> h.process(process))
            .filter(Host.ServerProcess.class::isInstance)
            .isPresent();
    if (!declared) {
      lacks.add("timeline, " + action.keyword() + ": on netns only for servers without a file");
    }
  }

  private static void program(String place, String name, List<String> lacks) {
    String lack = place + name + " is not installed on this machine";
    if (!Requirement.isInstalled(name) && !lacks.contains(lack)) {
      lacks.add(lack);
    }
  }
}
