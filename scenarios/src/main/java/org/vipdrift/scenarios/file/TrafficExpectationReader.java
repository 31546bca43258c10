package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.ServerCondition;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.text.ExpectationText;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;

/** Reads the expectations that concern HTTP requests and the servers behind proxies. */
final class TrafficExpectationReader {
  private static final int MOST_ERRORS = 999_999_999;
  private static final Map<String, RequestOutcome> OUTCOMES = new LinkedHashMap<>();
  private static final Map<String, ServerCondition> STATES = new LinkedHashMap<>();

  static {
    for (RequestOutcome outcome : RequestOutcome.values()) {
      if (outcome != RequestOutcome.OK) {
        OUTCOMES.put(ExpectationText.word(outcome), outcome);
      }
    }
    for (ServerCondition state : ServerCondition.values()) {
      STATES.put(ExpectationText.word(state), state);
    }
  }

  private final ClusterNames names;
  private final Intervals times;

  TrafficExpectationReader(ClusterNames names, Intervals times) {
    this.names = names;
    this.times = times;
  }

  /** The reader of each keyword. */
  Map<String, Function<YamlNode, Expectation>> readers() {
    Map<String, Function<YamlNode, Expectation>> readers = new LinkedHashMap<>();
    readers.put("served-by", this::servedBy);
    readers.put("errors", this::errors);
    readers.put("latency", this::latency);
    readers.put("sticky", this::sticky);
    readers.put("server", this::server);
    readers.put("reaches-one", this::reachesOne);
    return readers;
  }

  private String client(YamlMap map) {
    Optional<YamlNode> node = map.required("client");
    Optional<String> name = node.flatMap(v -> v.nameOf("client", names.clientNames()));
    name.flatMap(names::client)
        .filter(client -> !client.fetches())
        .ifPresent(
            client ->
                node.orElseThrow()
                    .error(
                        Mistake.WRONG_VALUE,
                        "client '" + client.name() + "' pings: it sends no HTTP requests",
                        "give it  get: URL  instead of ping"));
    return name.orElse("");
  }

  private Optional<String> serverName(YamlNode node) {
    return node.nameOf("host", names.hostNames());
  }

  private List<String> servers(YamlMap map, String key) {
    List<String> servers = new ArrayList<>();
    for (YamlNode each : map.optional(key).map(YamlNode::itemsOrOne).orElse(List.of())) {
      serverName(each).ifPresent(servers::add);
    }
    return servers;
  }

  private Expectation servedBy(YamlNode node) {
    YamlMap map = node.map("served-by");
    String client = client(map);
    List<String> servers = servers(map, "servers");
    boolean alternating = map.optional("alternating").flatMap(YamlNode::flag).orElse(false);
    List<String> sequence = servers(map, "sequence");
    Map<String, Double> shares =
        map.optional("shares").map(this::shares).orElse(Collections.emptyMap());
    double tolerance =
        map.optional("tolerance")
            .flatMap(YamlNode::percent)
            .orElse(Expectation.ServedBy.DEFAULT_TOLERANCE);
    if (!map.has("servers") && !map.has("sequence") && !map.has("shares")) {
      map.self()
          .error(Mistake.MISSING_KEY, "served-by needs 'servers', 'sequence' or 'shares'", "");
    }
    if (map.has("tolerance") && !map.has("shares")) {
      map.entry("tolerance")
          .key()
          .error(Mistake.CONFLICTING_KEYS, "'tolerance' is for 'shares'", "remove it");
    }
    if (alternating && servers.size() == 1) {
      map.entry("alternating")
          .value()
          .error(Mistake.WRONG_VALUE, "a single server cannot alternate", "name them all");
    }
    Expectation expectation =
        new Expectation.ServedBy(
            client, servers, alternating, sequence, shares, tolerance, times.optional(map));
    map.finish();
    return expectation;
  }

  private Map<String, Double> shares(YamlNode node) {
    Map<String, Double> shares = new LinkedHashMap<>();
    node.map("shares")
        .forEach(
            (name, entry) ->
                serverName(entry.key())
                    .flatMap(_ -> entry.value().percent())
                    .ifPresent(share -> shares.put(name, share)));
    double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    if (sum > 100.000_001) {
      node.error(Mistake.WRONG_VALUE, "the shares are more than 100% together", "");
    }
    return Collections.unmodifiableMap(shares);
  }

  private Expectation errors(YamlNode node) {
    YamlMap map = node.map("errors");
    String client = client(map);
    Optional<YamlNode> most = map.optional("at-most");
    boolean share =
        most.filter(YamlNode::isScalar).flatMap(v -> v.text("")).orElse("").endsWith("%");
    Optional<Long> atMost =
        most.filter(_ -> !share)
            .flatMap(v -> v.integer("a number of requests, or a percentage,", 0, MOST_ERRORS))
            .map(Integer::longValue);
    Optional<Double> atMostPercent = most.filter(_ -> share).flatMap(YamlNode::percent);
    long atLeast =
        map.optional("at-least")
            .flatMap(v -> v.integer("a number of requests", 0, MOST_ERRORS))
            .orElse(0);
    List<RequestOutcome> outcomes = new ArrayList<>();
    for (YamlNode each : map.optional("outcomes").map(YamlNode::itemsOrOne).orElse(List.of())) {
      each.oneOf("how a request fails", OUTCOMES).ifPresent(outcomes::add);
    }
    if (!map.has("at-most") && !map.has("at-least")) {
      map.self().error(Mistake.MISSING_KEY, "errors needs 'at-most' or 'at-least'", "");
    }
    if (atMost.isPresent() && atLeast > atMost.get()) {
      most.get().error(Mistake.WRONG_VALUE, "'at-most' is less than 'at-least'", "");
    }
    Expectation expectation =
        new Expectation.Errors(
            client, atLeast, atMost, atMostPercent, outcomes, times.optional(map));
    map.finish();
    return expectation;
  }

  private Expectation latency(YamlNode node) {
    YamlMap map = node.map("latency");
    String client = client(map);
    List<String> bounds =
        map.keys().stream().filter(k -> k.equals("max") || k.matches("p[0-9].*")).toList();
    if (bounds.size() != 1) {
      map.self()
          .error(
              Mistake.CONFLICTING_KEYS,
              "latency has one bound, found " + bounds.size(),
              "for example  p99: 50ms  or  max: 1s");
      bounds.forEach(map::optional);
      times.optional(map);
      map.finish();
      return new Expectation.Latency(client, 100, Duration.ZERO, Optional.empty());
    }
    String bound = bounds.getFirst();
    Optional<Duration> atMost = map.optional(bound).flatMap(YamlNode::positiveDuration);
    Expectation expectation =
        new Expectation.Latency(
            client,
            percentile(map.entry(bound).key(), bound),
            atMost.orElse(Duration.ZERO),
            times.optional(map));
    map.finish();
    return expectation;
  }

  private static double percentile(YamlNode node, String key) {
    if (key.equals("max")) {
      return 100;
    }
    double percentile =
        key.matches("p[0-9]{1,3}(\\.[0-9]{1,6})?") ? Double.parseDouble(key.substring(1)) : -1;
    if (percentile < 50 || percentile > 100) {
      node.error(
          Mistake.WRONG_VALUE, "'" + key + "' is not a percentile from p50 to p100", "write p99");
      return 100;
    }
    return percentile;
  }

  private Expectation sticky(YamlNode node) {
    YamlMap map = node.mapOr("client", "sticky");
    Expectation expectation = new Expectation.Sticky(client(map), times.optional(map));
    map.finish();
    return expectation;
  }

  private Expectation server(YamlNode node) {
    YamlMap map = node.map("server");
    Optional<String> host = map.required("host").flatMap(v -> v.nameOf("host", names.hostNames()));
    Optional<String> process =
        map.optional("process")
            .flatMap(
                v ->
                    host.flatMap(
                        h -> v.nameOf("process", " on host '" + h + "'", names.processNames(h))));
    Optional<String> proxy = map.required("proxy").flatMap(v -> v.text("the name of a backend"));
    Optional<String> server = map.required("server").flatMap(v -> v.text("the name of a server"));
    if (host.isPresent() && proxy.isPresent() && server.isPresent()) {
      Optional<Host> owner = names.host(host.get());
      owner.ifPresent(h -> ProxiedServers.check(map, h, process, proxy.get(), server.get()));
    }
    Expectation expectation =
        new Expectation.ServerState(
            host.orElse(""),
            process,
            proxy.orElse(""),
            server.orElse(""),
            map.required("state")
                .flatMap(v -> v.oneOf("a state of a server", STATES))
                .orElse(ServerCondition.UP),
            times.required(map));
    map.finish();
    return expectation;
  }

  private Expectation reachesOne(YamlNode node) {
    YamlMap map = node.map("reaches-one");
    Expectation expectation = new Expectation.ReachesOne(client(map), times.required(map));
    map.finish();
    return expectation;
  }
}
