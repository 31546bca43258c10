package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.firewall.FirewallRule.Chain;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.FrameMatch;

/** Reads the actions that concern a segment, and firewalls. */
final class NetworkActionReader {
  private static final Map<String, Chain> CHAINS = new LinkedHashMap<>();
  private static final Map<String, FrameMatch> FRAMES = new LinkedHashMap<>();
  private static final Map<String, Boolean> REJECTS = new LinkedHashMap<>();
  private static final Map<String, PacketMatch> PACKETS = new LinkedHashMap<>();
  private static final List<String> PACKET_MAPS = List.of("destination", "source", "port");
  private static final IpAddress STAND_IN = IpAddress.v4(0, 0, 0, 0);
  private static final int MOST_FRAMES = 10_000_000;

  static {
    CHAINS.put("in", Chain.IN);
    CHAINS.put("out", Chain.OUT);
    CHAINS.put("both", Chain.BOTH);
    FRAMES.put("all", FrameMatch.ALL);
    FRAMES.put("vrrp", FrameMatch.VRRP);
    FRAMES.put("arp", FrameMatch.ARP);
    FRAMES.put("garp", FrameMatch.GARP);
    REJECTS.put("drop", false);
    REJECTS.put("reject", true);
    PACKETS.put("vrrp", new PacketMatch.Vrrp());
    PACKETS.put("all", new PacketMatch.Everything());
  }

  private final ClusterNames names;

  NetworkActionReader(ClusterNames names) {
    this.names = names;
  }

  /** The reader of each keyword. */
  Map<String, Function<YamlNode, Action>> readers() {
    Map<String, Function<YamlNode, Action>> readers = new LinkedHashMap<>();
    readers.put("partition", this::partition);
    readers.put("firewall", this::firewall);
    readers.put("loss", this::loss);
    readers.put("delay", this::delay);
    readers.put("duplicate", this::duplicate);
    readers.put("reorder", this::reorder);
    readers.put("corrupt", this::corrupt);
    readers.put("lose-garp", this::loseGarp);
    readers.put("igmp-snooping", this::snooping);
    readers.put("rogue-speaker", this::rogueSpeaker);
    readers.put("duplicate-address", this::duplicateAddress);
    readers.put("broadcast-storm", this::broadcastStorm);
    return readers;
  }

  private Optional<String> segment(YamlMap map) {
    return HostReader.segmentOf(map, names.segmentNames());
  }

  private List<String> members(List<YamlNode> nodes, Optional<String> segment) {
    Collection<String> known = names.membersOf(segment);
    String where = segment.map(s -> " on segment '" + s + "'").orElse("");
    List<String> members = new ArrayList<>();
    for (YamlNode node : nodes) {
      node.nameOf("host or client", where, known).ifPresent(members::add);
    }
    return members;
  }

  private Action partition(YamlNode node) {
    YamlMap map = node.map("partition");
    Optional<String> segment = segment(map);
    List<List<String>> groups = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    Optional<YamlNode> list = map.required("groups");
    for (YamlNode group : list.map(v -> v.items("a list of groups")).orElse(List.of())) {
      List<String> members = members(group.itemsOrOne(), segment);
      members.stream()
          .filter(seen::contains)
          .forEach(
              m ->
                  group.error(Mistake.DUPLICATE_NAME, "'" + m + "' is in more than one group", ""));
      seen.addAll(members);
      groups.add(members);
    }
    boolean oneWay = map.optional("one-way").flatMap(YamlNode::flag).orElse(false);
    if (list.isPresent() && groups.size() < 2) {
      list.get()
          .error(Mistake.WRONG_VALUE, "a partition has at least two groups", "groups: [[a], [b]]");
    } else if (oneWay && groups.size() > 2) {
      list.orElseThrow()
          .error(
              Mistake.WRONG_VALUE,
              "a one-way partition has two groups",
              "frames from the first to the second are lost");
    }
    map.finish();
    return new Action.Partition(segment.orElse(""), groups, oneWay);
  }

  private Action firewall(YamlNode node) {
    YamlMap map = node.map("firewall");
    Optional<String> host = map.required("host").flatMap(v -> v.nameOf("host", names.hostNames()));
    Chain chain = map.optional("chain").flatMap(v -> v.oneOf("a chain", CHAINS)).orElse(Chain.BOTH);
    Optional<String> networkInterface =
        map.optional("interface")
            .flatMap(
                v ->
                    host.flatMap(
                        h ->
                            v.nameOf(
                                "interface", " on host \'" + h + "\'", names.interfaceNames(h))));
    PacketMatch match =
        map.required("match")
            .flatMap(NetworkActionReader::packets)
            .orElse(new PacketMatch.Everything());
    boolean reject =
        map.optional("action").flatMap(v -> v.oneOf("drop or reject", REJECTS)).orElse(false);
    map.finish();
    return new Action.Firewall(host.orElse(""), chain, networkInterface, match, reject);
  }

  static Optional<PacketMatch> packets(YamlNode node) {
    if (!node.isMap()) {
      return node.oneOf("a match: vrrp, all, destination, source or port", PACKETS);
    }
    YamlMap map = node.map("match");
    Optional<PacketMatch> destination =
        map.optional("destination")
            .flatMap(NetworkActionReader::prefix)
            .map(PacketMatch.Destination::new);
    Optional<PacketMatch> source =
        map.optional("source").flatMap(NetworkActionReader::prefix).map(PacketMatch.Source::new);
    Optional<PacketMatch> port =
        map.optional("port")
            .flatMap(v -> v.integer("a port", 1, 65_535))
            .map(PacketMatch.Port::new);
    map.finish();
    if (PACKET_MAPS.stream().filter(map.keys()::contains).count() != 1) {
      node.error(
          Mistake.CONFLICTING_KEYS, "a match has one key", "one of: destination, source, port");
    }
    return destination.or(() -> source).or(() -> port);
  }

  private static Optional<IpPrefix> prefix(YamlNode node) {
    return node.writtenAddress()
        .map(w -> new IpPrefix(w.address(), w.length().orElse(w.address().family().bits())));
  }

  /** Reads {@code segment}, {@code from}, {@code to} and {@code match}. */
  private Action.Path path(YamlMap map) {
    return path(
        map,
        map.optional("match")
            .flatMap(v -> v.oneOf("a sort of frames", FRAMES))
            .orElse(FrameMatch.ALL));
  }

  private Action.Path path(YamlMap map, FrameMatch match) {
    Optional<String> segment = segment(map);
    return new Action.Path(
        segment.orElse(""),
        members(map.optional("from").map(YamlNode::itemsOrOne).orElse(List.of()), segment),
        members(map.optional("to").map(YamlNode::itemsOrOne).orElse(List.of()), segment),
        match);
  }

  private static double percent(YamlMap map, String key) {
    return map.required(key).flatMap(YamlNode::percent).orElse(0.0);
  }

  private Action loss(YamlNode node) {
    YamlMap map = node.map("loss");
    Action.Path path = path(map);
    Optional<YamlNode> burst = map.optional("burst");
    Action action;
    if (burst.isPresent()) {
      map.refuse(
          Mistake.CONFLICTING_KEYS,
          "percent",
          "loss is either 'percent' or 'burst'",
          "remove one of them");
      YamlMap model = burst.get().map("burst");
      action =
          new Action.BurstLoss(
              path,
              percent(model, "to-bad"),
              percent(model, "to-good"),
              model.optional("loss-in-bad").flatMap(YamlNode::percent).orElse(100.0),
              model.optional("loss-in-good").flatMap(YamlNode::percent).orElse(0.0));
      model.finish();
    } else {
      action = new Action.Loss(path, percent(map, "percent"));
    }
    map.finish();
    return action;
  }

  private Action delay(YamlNode node) {
    YamlMap map = node.map("delay");
    Action action =
        new Action.Delay(
            path(map),
            map.required("delay").flatMap(YamlNode::duration).orElse(Duration.ZERO),
            map.optional("jitter").flatMap(YamlNode::duration).orElse(Duration.ZERO));
    map.finish();
    return action;
  }

  private Action duplicate(YamlNode node) {
    YamlMap map = node.map("duplicate");
    Action action = new Action.Duplicate(path(map), percent(map, "percent"));
    map.finish();
    return action;
  }

  private Action reorder(YamlNode node) {
    YamlMap map = node.map("reorder");
    Action action =
        new Action.Reorder(
            path(map),
            percent(map, "percent"),
            map.required("delay").flatMap(YamlNode::positiveDuration).orElse(Duration.ZERO));
    map.finish();
    return action;
  }

  private Action corrupt(YamlNode node) {
    YamlMap map = node.map("corrupt");
    Action action = new Action.Corrupt(path(map), percent(map, "percent"));
    map.finish();
    return action;
  }

  private Action loseGarp(YamlNode node) {
    YamlMap map = node.mapOr("segment", "lose-garp");
    Action action = new Action.LoseGarp(path(map, FrameMatch.GARP));
    map.finish();
    return action;
  }

  private Action snooping(YamlNode node) {
    YamlMap map = node.mapOr("segment", "igmp-snooping");
    Optional<String> segment = segment(map);
    return new Action.SwitchSnooping(segment.orElse(""), SegmentReader.snooping(map));
  }

  private Action rogueSpeaker(YamlNode node) {
    YamlMap map = node.map("rogue-speaker");
    Action action =
        new Action.RogueSpeaker(
            segment(map).orElse(""),
            map.required("address").flatMap(YamlNode::address).orElse(STAND_IN),
            map.required("vrid").flatMap(v -> v.integer("a vrid", 1, 255)).orElse(1),
            map.optional("version").flatMap(v -> v.integer("a VRRP version", 2, 3)).orElse(2),
            map.required("priority").flatMap(v -> v.integer("a priority", 0, 255)).orElse(0),
            map.optional("interval")
                .flatMap(YamlNode::positiveDuration)
                .orElse(Duration.ofSeconds(1)),
            map.optional("password").flatMap(v -> v.text("a password")),
            map.required("vips").map(YamlNode::itemsOrOne).orElse(List.of()).stream()
                .flatMap(v -> v.address().stream())
                .toList());
    map.finish();
    return action;
  }

  private Action duplicateAddress(YamlNode node) {
    YamlMap map = node.mapOr("address", "duplicate-address");
    Action action =
        new Action.DuplicateAddress(
            segment(map).orElse(""),
            map.required("address").flatMap(YamlNode::address).orElse(STAND_IN));
    map.finish();
    return action;
  }

  private Action broadcastStorm(YamlNode node) {
    YamlMap map = node.map("broadcast-storm");
    Action action =
        new Action.BroadcastStorm(
            segment(map).orElse(""),
            map.required("frames-per-second")
                .flatMap(v -> v.integer("frames per second", 1, MOST_FRAMES))
                .orElse(1));
    map.finish();
    return action;
  }
}
