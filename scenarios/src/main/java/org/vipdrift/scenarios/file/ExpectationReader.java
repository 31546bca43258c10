package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.Interval;
import org.vipdrift.model.scenario.Expectation.Moment;

/** Reads {@code expect}. */
final class ExpectationReader {
  static final Duration SHORTEST_SPLIT_BRAIN = Duration.ofMillis(50);

  private static final IpAddress STAND_IN = IpAddress.v4(0, 0, 0, 0);
  private static final Map<String, String> STATES = new LinkedHashMap<>();

  static {
    for (String state : List.of("INIT", "BACKUP", "MASTER", "FAULT")) {
      STATES.put(state, state);
    }
  }

  private final ClusterNames names;
  private final Intervals times;
  private final Map<String, Function<YamlNode, Expectation>> readers = new LinkedHashMap<>();

  ExpectationReader(ClusterNames names, Intervals times) {
    this.names = names;
    this.times = times;
    readers.put("holder", this::holder);
    readers.put("no-split-brain", this::noSplitBrain);
    readers.put("split-brain", this::splitBrain);
    readers.put("unheld", this::unheld);
    readers.put("unheld-at-most", this::unheldAtMost);
    readers.put("failover", this::failover);
    readers.put("flaps", this::flaps);
    readers.put("outage", this::outage);
    readers.put("answered-by", this::answeredBy);
    readers.putAll(new TrafficExpectationReader(names, times).readers());
    readers.put("state", this::state);
    readers.put("logged", n -> logged(n, false));
    readers.put("not-logged", n -> logged(n, true));
  }

  List<Expectation> read(YamlNode node) {
    List<Expectation> expectations = new ArrayList<>();
    for (YamlNode item : node.items("a list of expectations")) {
      YamlMap map = item.map("an expectation");
      if (map.keys().size() != 1) {
        if (item.isMap() || item.isEmpty()) {
          item.error(
              Mistake.CONFLICTING_KEYS,
              "an expectation has one key, found " + map.keys().size(),
              "begin each with '- ' in a line of its own");
        }
        continue;
      }
      map.forEach((keyword, entry) -> expectation(keyword, entry).ifPresent(expectations::add));
    }
    return expectations;
  }

  private Optional<Expectation> expectation(String keyword, YamlMap.Entry entry) {
    Function<YamlNode, Expectation> reader = readers.get(keyword);
    if (reader == null) {
      entry
          .key()
          .error(
              Mistake.UNKNOWN_EXPECTATION,
              "unknown expectation '" + keyword + "'",
              Spelling.suggest(keyword, readers.keySet()));
      return Optional.empty();
    }
    return Optional.of(reader.apply(entry.value()));
  }

  private static IpAddress vip(YamlMap map) {
    return map.required("vip").flatMap(YamlNode::address).orElse(STAND_IN);
  }

  private Optional<String> optionalHost(YamlMap map, String key) {
    return map.optional(key).flatMap(v -> v.nameOf("host", names.hostNames()));
  }

  private String host(YamlMap map) {
    return map.required("host").flatMap(v -> v.nameOf("host", names.hostNames())).orElse("");
  }

  private String client(YamlMap map) {
    return map.required("client").flatMap(v -> v.nameOf("client", names.clientNames())).orElse("");
  }

  private Expectation holder(YamlNode node) {
    YamlMap map = node.map("holder");
    Expectation expectation = new Expectation.Holder(vip(map), host(map), times.required(map));
    map.finish();
    return expectation;
  }

  private Expectation noSplitBrain(YamlNode node) {
    YamlMap map = node.mapOr("longer-than", "no-split-brain");
    Expectation expectation =
        new Expectation.NoSplitBrain(
            map.optional("longer-than").flatMap(YamlNode::duration).orElse(SHORTEST_SPLIT_BRAIN),
            map.optional("vip").flatMap(YamlNode::address),
            times.optional(map));
    map.finish();
    return expectation;
  }

  private record Claimed(IpAddress vip, Moment from, Optional<Moment> to) {}

  /** An address and the moments between which something is so. */
  private Claimed claimed(YamlNode node, String keyword) {
    YamlMap map = node.map(keyword);
    IpAddress vip = vip(map);
    Optional<Moment> from = map.required("from").flatMap(times::moment);
    Optional<Moment> to = map.optional("to").flatMap(times::moment);
    if (from.isPresent()
        && to.isPresent()
        && from.get().earliest().compareTo(to.get().latest()) >= 0) {
      map.entry("to")
          .value()
          .error(
              Mistake.EMPTY_INTERVAL, "it ends before it begins", "'to' must be later than 'from'");
    }
    map.finish();
    return new Claimed(vip, from.orElse(new Moment(Duration.ZERO, Duration.ZERO)), to);
  }

  private Expectation splitBrain(YamlNode node) {
    Claimed claimed = claimed(node, "split-brain");
    return new Expectation.SplitBrain(claimed.vip(), claimed.from(), claimed.to());
  }

  private Expectation unheld(YamlNode node) {
    Claimed claimed = claimed(node, "unheld");
    return new Expectation.Unheld(claimed.vip(), claimed.from(), claimed.to());
  }

  private Expectation unheldAtMost(YamlNode node) {
    YamlMap map = node.map("unheld-at-most");
    Expectation expectation =
        new Expectation.UnheldAtMost(
            vip(map),
            map.required("longest").flatMap(YamlNode::duration).orElse(Duration.ZERO),
            times.optional(map));
    map.finish();
    return expectation;
  }

  private Expectation failover(YamlNode node) {
    YamlMap map = node.map("failover");
    IpAddress vip = vip(map);
    Optional<YamlNode> afterNode = map.required("after");
    Optional<Duration> after = afterNode.flatMap(YamlNode::duration);
    after.ifPresent(a -> times.beforeEnd(afterNode.orElseThrow(), a));
    Expectation expectation =
        new Expectation.FailoverWithin(
            vip,
            after.orElse(Duration.ZERO),
            optionalHost(map, "to"),
            map.required("within").flatMap(YamlNode::positiveDuration).orElse(Duration.ZERO));
    map.finish();
    return expectation;
  }

  private Expectation flaps(YamlNode node) {
    YamlMap map = node.map("flaps");
    IpAddress vip = vip(map);
    int atLeast =
        map.optional("at-least").flatMap(v -> v.integer("a number", 0, 1_000_000)).orElse(0);
    Optional<Integer> atMost =
        map.optional("at-most").flatMap(v -> v.integer("a number", 0, 1_000_000));
    Optional<Interval> interval = times.optional(map);
    if (!map.has("at-least") && !map.has("at-most")) {
      map.self().error(Mistake.MISSING_KEY, "flaps needs 'at-least' or 'at-most'", "");
    }
    if (atMost.isPresent() && atLeast > atMost.get()) {
      map.entry("at-most")
          .value()
          .error(Mistake.WRONG_VALUE, "'at-most' is less than 'at-least'", "");
    }
    map.finish();
    return new Expectation.Flaps(vip, atLeast, atMost.orElse(Integer.MAX_VALUE), interval);
  }

  private Expectation outage(YamlNode node) {
    YamlMap map = node.map("outage");
    Expectation expectation =
        new Expectation.Outage(
            client(map),
            map.optional("longest").flatMap(YamlNode::duration),
            map.optional("total").flatMap(YamlNode::duration),
            map.optional("at-least").flatMap(YamlNode::duration).orElse(Duration.ZERO),
            times.optional(map));
    if (!map.has("longest") && !map.has("total") && !map.has("at-least")) {
      map.self().error(Mistake.MISSING_KEY, "outage needs 'longest', 'total' or 'at-least'", "");
    }
    map.finish();
    return expectation;
  }

  private Expectation answeredBy(YamlNode node) {
    YamlMap map = node.map("answered-by");
    Expectation expectation =
        new Expectation.AnsweredBy(client(map), host(map), times.required(map));
    map.finish();
    return expectation;
  }

  private Expectation state(YamlNode node) {
    YamlMap map = node.map("state");
    String host = host(map);
    Optional<YamlNode> instanceNode = map.required("instance");
    Optional<String> instance = instanceNode.flatMap(v -> v.text("the name of a vrrp_instance"));
    List<String> known = ConfiguredNames.of("vrrp_instance", names.keepalivedTexts(host));
    if (instance.isPresent() && !known.isEmpty()) {
      instanceNode
          .get()
          .nameOf("vrrp_instance", " in the configuration of host '" + host + "'", known);
    }
    Expectation expectation =
        new Expectation.InState(
            host,
            instance.orElse(""),
            map.required("state").flatMap(v -> v.oneOf("a state", STATES)).orElse(""),
            times.required(map));
    map.finish();
    return expectation;
  }

  private Expectation logged(YamlNode node, boolean absent) {
    YamlMap map = node.mapOr("text", absent ? "not-logged" : "logged");
    Expectation expectation =
        new Expectation.Logged(
            optionalHost(map, "host"),
            map.required("text").flatMap(v -> v.text("a part of a log line")).orElse(""),
            times.optional(map),
            absent);
    map.finish();
    return expectation;
  }
}
