package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Host.HaproxyProcess;
import org.vipdrift.model.scenario.Host.NginxProcess;
import org.vipdrift.model.scenario.Host.ProcessSpecification;
import org.vipdrift.model.scenario.Host.ServerProcess;

/** Reads the actions that concern web servers, proxies and neighbour caches. */
final class ServerActionReader {
  private static final int LEAST_ERROR = 400;
  private static final int GREATEST_ERROR = 599;

  private final ClusterNames names;

  ServerActionReader(ClusterNames names) {
    this.names = names;
  }

  /** The reader of each keyword. */
  Map<String, Function<YamlNode, Action>> readers() {
    Map<String, Function<YamlNode, Action>> readers = new LinkedHashMap<>();
    readers.put("server-slow", this::serverSlow);
    readers.put("server-error", this::serverError);
    readers.put("admin", this::admin);
    readers.put("flush-arp", this::flushArp);
    return readers;
  }

  private Optional<String> host(YamlMap map) {
    return map.required("host").flatMap(v -> v.nameOf("host", names.hostNames()));
  }

  /** The named process, which must be of the sort, or the only one of that sort. */
  private String process(
      YamlMap map, Optional<String> host, String sort, Predicate<ProcessSpecification> fits) {
    Optional<YamlNode> named = map.optional("process");
    if (host.isEmpty()) {
      return "";
    }
    String where = " on host '" + host.get() + "'";
    List<String> fitting =
        names.host(host.get()).stream()
            .flatMap(h -> h.processes().stream())
            .filter(fits)
            .map(ProcessSpecification::name)
            .toList();
    if (named.isPresent()) {
      Optional<String> name = named.get().nameOf("process", where, names.processNames(host.get()));
      name.filter(n -> !fitting.contains(n))
          .ifPresent(
              n ->
                  named
                      .get()
                      .error(
                          Mistake.WRONG_VALUE,
                          "'" + n + "'" + where + " is no " + sort,
                          Spelling.suggest("", fitting)));
      return name.orElse("");
    }
    if (fitting.size() != 1) {
      map.self()
          .error(
              Mistake.MISSING_KEY,
              map.what()
                  + " needs 'process': there "
                  + (fitting.isEmpty() ? "is no " + sort : "are several of its sort")
                  + where,
              Spelling.suggest("", fitting));
      return "";
    }
    return fitting.getFirst();
  }

  private static boolean isWebServer(ProcessSpecification process) {
    return process instanceof ServerProcess || process instanceof NginxProcess;
  }

  private Action serverSlow(YamlNode node) {
    YamlMap map = node.map("server-slow");
    Optional<String> host = host(map);
    Action action =
        new Action.ServerSlow(
            host.orElse(""),
            process(map, host, "web server", ServerActionReader::isWebServer),
            map.required("takes").flatMap(YamlNode::positiveDuration).orElse(Duration.ZERO));
    map.finish();
    return action;
  }

  private Action serverError(YamlNode node) {
    YamlMap map = node.map("server-error");
    Optional<String> host = host(map);
    Optional<YamlNode> percentNode = map.optional("percent");
    double percent = percentNode.flatMap(YamlNode::percent).orElse(100.0);
    if (percent == 0) {
      percentNode
          .orElseThrow()
          .error(Mistake.WRONG_VALUE, "an error of 0% never comes", "write more than 0%");
    }
    Action action =
        new Action.ServerError(
            host.orElse(""),
            process(map, host, "web server", ServerActionReader::isWebServer),
            map.required("status")
                .flatMap(v -> v.integer("a status", LEAST_ERROR, GREATEST_ERROR))
                .orElse(GREATEST_ERROR),
            percent);
    map.finish();
    return action;
  }

  private Action admin(YamlNode node) {
    YamlMap map = node.map("admin");
    Optional<String> host = host(map);
    Action action =
        new Action.Admin(
            host.orElse(""),
            process(map, host, "haproxy with 'config'", p -> p instanceof HaproxyProcess),
            map.required("command").flatMap(v -> v.text("a command")).orElse(""));
    map.finish();
    return action;
  }

  private Action flushArp(YamlNode node) {
    YamlMap map = node.mapOr("machine", "flush-arp");
    Action action =
        new Action.FlushArp(
            map.required("machine")
                .flatMap(v -> v.nameOf("host or client", names.machineNames()))
                .orElse(""));
    map.finish();
    return action;
  }
}
