package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.scenario.Segment;
import org.vipdrift.model.segment.SnoopingSettings;

/** Reads {@code segments}. */
final class SegmentReader {
  private static final Map<String, Boolean> LINK_LOCAL = linkLocalTreatments();

  private SegmentReader() {}

  private static Map<String, Boolean> linkLocalTreatments() {
    Map<String, Boolean> treatments = new LinkedHashMap<>();
    treatments.put("flooded", false);
    treatments.put("pruned", true);
    return treatments;
  }

  /**
   * A segment as far as it could be read.
   *
   * @param subnetsKnown false where a subnet was wrong, so that nothing can be said about addresses
   */
  record ReadSegment(Segment segment, boolean subnetsKnown) {}

  static Map<String, ReadSegment> read(YamlNode node) {
    Map<String, ReadSegment> segments = new LinkedHashMap<>();
    YamlMap map = node.map("segments");
    if (map.keys().isEmpty()) {
      node.error(
          Mistake.MISSING_KEY, "there is no segment", "for example  lan: { subnet: 20.0.0.0/24 }");
    }
    map.forEach((name, entry) -> segments.put(name, segment(name, entry)));
    return segments;
  }

  private static ReadSegment segment(String name, YamlMap.Entry entry) {
    Names.check("segment", name, entry.key());
    YamlMap map = entry.value().map("segment '" + name + "'");
    List<IpPrefix> subnets = new ArrayList<>();
    boolean known = true;
    for (IpFamily family : IpFamily.values()) {
      Optional<YamlNode> value = map.optional(family == IpFamily.IPV4 ? "subnet" : "subnet6");
      Optional<IpPrefix> subnet = value.flatMap(v -> subnet(v, family));
      subnet.ifPresent(subnets::add);
      known &= subnet.isPresent() == value.isPresent();
    }
    Duration latency =
        map.optional("latency").flatMap(YamlNode::positiveDuration).orElse(Segment.DEFAULT_LATENCY);
    Optional<SnoopingSettings> snooping =
        map.optional("igmp-snooping").map(v -> snooping(v.map("igmp-snooping")));
    map.finish();
    return new ReadSegment(new Segment(name, subnets, latency, snooping), known);
  }

  private static Optional<IpPrefix> subnet(YamlNode node, IpFamily family) {
    String example = family == IpFamily.IPV4 ? "20.0.0.0/24" : "fd00::/64";
    Optional<String> text = node.text("a subnet such as " + example);
    Optional<IpPrefix> prefix = text.flatMap(IpPrefix::parse);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (prefix.isEmpty() || !text.get().contains("/")) {
      node.error(
          Mistake.WRONG_VALUE,
          "expected a subnet such as " + example + ", found " + node.describe(),
          prefix.isPresent() ? "give it a prefix length" : "");
      return Optional.empty();
    }
    if (prefix.get().address().family() != family) {
      node.error(
          Mistake.WRONG_VALUE,
          text.get() + " belongs to the other address family",
          "IPv4 goes to 'subnet', IPv6 to 'subnet6'");
      return Optional.empty();
    }
    IpPrefix network =
        new IpPrefix(prefix.get().address().mask(prefix.get().length()), prefix.get().length());
    if (!network.equals(prefix.get())) {
      node.error(Mistake.WRONG_VALUE, text.get() + " has host bits set", "write " + network);
      return Optional.empty();
    }
    return prefix;
  }

  /** Reads the keys {@code querier} and {@code link-local} and finishes the mapping. */
  static SnoopingSettings snooping(YamlMap map) {
    SnoopingSettings snooping =
        new SnoopingSettings(
            map.optional("querier").flatMap(YamlNode::flag).orElse(false),
            map.optional("link-local")
                .flatMap(v -> v.oneOf("a treatment of link-local groups", LINK_LOCAL))
                .orElse(false));
    map.finish();
    return snooping;
  }
}
