package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.model.firewall.PacketMatch;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Host.DeclaredScript;
import org.vipdrift.model.scenario.Host.HostFile;
import org.vipdrift.model.scenario.Host.HostInterface;
import org.vipdrift.model.scenario.Host.PacketMark;
import org.vipdrift.model.scenario.Host.ProcessSpecification;

/** Reads {@code hosts}. */
final class HostReader {
  static final Duration SCRIPT_TAKES = Duration.ofMillis(20);

  /** Linux: IFNAMSIZ is 16 with the final zero. */
  private static final int LONGEST_INTERFACE_NAME = 15;

  private final FolderFiles files;
  private final List<String> segments;
  private final AddressBook addresses;
  private final ProcessReader processes;

  HostReader(
      FolderFiles files, List<String> segments, AddressBook addresses, Optional<Duration> until) {
    this.files = files;
    this.segments = segments;
    this.addresses = addresses;
    this.processes = new ProcessReader(files, new Intervals(until));
  }

  List<Host> read(YamlNode node) {
    List<Host> hosts = new ArrayList<>();
    YamlMap map = node.map("hosts");
    if (map.keys().isEmpty() && (node.isMap() || node.isEmpty())) {
      node.error(Mistake.MISSING_KEY, "there is no host", "");
    }
    map.forEach((name, entry) -> hosts.add(host(name, entry)));
    return hosts;
  }

  private Host host(String name, YamlMap.Entry entry) {
    Names.check("host", name, entry.key());
    YamlMap map = entry.value().map("host '" + name + "'");
    int found = entry.key().problems().count();
    List<HostInterface> interfaces = interfaces(map, name, entry);
    boolean sound = entry.key().problems().count() == found;
    Optional<IpAddress> gateway =
        map.optional("gateway").flatMap(v -> gateway(v, sound ? interfaces : List.of()));
    Map<String, HostFile> hostFiles =
        map.optional("files").map(this::hostFiles).orElse(Collections.emptyMap());
    List<ProcessSpecification> read =
        map.optional("processes")
            .map(v -> processes.read(v.map("processes of host '" + name + "'"), hostFiles))
            .orElse(List.of());
    Map<String, DeclaredScript> scripts =
        map.optional("scripts").map(HostReader::scripts).orElse(Collections.emptyMap());
    boolean forward = map.optional("forward").flatMap(YamlNode::flag).orElse(false);
    Map<String, String> sysctls =
        map.optional("sysctls").map(HostReader::sysctls).orElse(Collections.emptyMap());
    List<PacketMark> marks = map.optional("marks").map(HostReader::marks).orElse(List.of());
    map.finish();
    return new Host(name, interfaces, gateway, read, hostFiles, scripts, sysctls, forward, marks);
  }

  private List<HostInterface> interfaces(YamlMap host, String name, YamlMap.Entry entry) {
    List<HostInterface> interfaces = new ArrayList<>();
    Optional<YamlNode> node = host.required("interfaces");
    if (node.isEmpty()) {
      return interfaces;
    }
    YamlMap map = node.get().map("interfaces of host '" + name + "'");
    if (map.keys().isEmpty() && (node.get().isMap() || node.get().isEmpty())) {
      entry
          .key()
          .error(
              Mistake.HOST_WITHOUT_INTERFACE,
              "host '" + name + "' has no interface",
              "for example  eth0: { segment: "
                  + (segments.isEmpty() ? "lan" : segments.getFirst())
                  + ", addresses: [20.0.0.20] }");
    }
    map.forEach((key, value) -> interfaces.add(networkInterface(name, key, value)));
    return interfaces;
  }

  private HostInterface networkInterface(String host, String name, YamlMap.Entry entry) {
    Names.check("interface", name, entry.key());
    if (name.length() > LONGEST_INTERFACE_NAME) {
      entry.key().error(Mistake.MALFORMED_NAME, "an interface name has at most 15 characters", "");
    }
    YamlMap map = entry.value().map("interface '" + name + "'");
    if (HostInterface.isWithoutCable(name) && !map.has("segment")) {
      return virtualInterface(name, map);
    }
    Optional<String> segment = segmentOf(map, segments);
    List<IpPrefix> prefixes = new ArrayList<>();
    for (YamlNode address : map.optional("addresses").map(YamlNode::itemsOrOne).orElse(List.of())) {
      addresses
          .claim(address, segment, "host '" + host + "', interface '" + name + "'")
          .ifPresent(prefixes::add);
    }
    Optional<MacAddress> mac =
        map.optional("mac")
            .flatMap(
                v -> {
                  Optional<MacAddress> parsed =
                      v.text("a MAC address").flatMap(MacAddress::parse).filter(m -> !m.isGroup());
                  if (parsed.isEmpty() && v.isScalar()) {
                    v.error(
                        Mistake.WRONG_VALUE,
                        "expected a MAC address such as 02:00:00:00:00:01, found " + v.describe(),
                        "");
                  }
                  return parsed;
                });
    map.finish();
    return new HostInterface(name, segment.orElse(""), prefixes, mac);
  }

  /** Its addresses are this host's alone, so that many hosts may have the same. */
  private static HostInterface virtualInterface(String name, YamlMap map) {
    List<IpPrefix> prefixes = new ArrayList<>();
    for (YamlNode address : map.optional("addresses").map(YamlNode::itemsOrOne).orElse(List.of())) {
      address
          .writtenAddress()
          .map(w -> new IpPrefix(w.address(), w.length().orElse(w.address().family().bits())))
          .ifPresent(prefixes::add);
    }
    map.finish();
    return new HostInterface(name, "", prefixes, Optional.empty());
  }

  private static List<PacketMark> marks(YamlNode node) {
    List<PacketMark> marks = new ArrayList<>();
    for (YamlNode item : node.items("a list of marks")) {
      YamlMap map = item.map("a mark");
      Optional<PacketMatch> match = map.required("match").flatMap(NetworkActionReader::packets);
      Optional<Integer> mark =
          map.required("mark").flatMap(v -> v.integer("a mark", 1, 999_999_999));
      map.finish();
      if (match.isPresent() && mark.isPresent()) {
        marks.add(new PacketMark(match.get(), mark.get()));
      }
    }
    return marks;
  }

  private static Map<String, String> sysctls(YamlNode node) {
    Map<String, String> sysctls = new LinkedHashMap<>();
    node.map("sysctls")
        .forEach(
            (name, entry) ->
                entry.value().text("a kernel setting").ifPresent(v -> sysctls.put(name, v)));
    return sysctls;
  }

  /** The key {@code segment}; where there is only one segment it may be left out. */
  static Optional<String> segmentOf(YamlMap map, List<String> segments) {
    if (!map.has("segment") && segments.size() == 1) {
      return Optional.of(segments.getFirst());
    }
    return map.required("segment")
        .flatMap(
            v ->
                // No segment could be read: that is reported where they stand.
                segments.isEmpty() ? Optional.empty() : v.nameOf("segment", segments));
  }

  private static Optional<IpAddress> gateway(YamlNode node, List<HostInterface> interfaces) {
    Optional<IpAddress> gateway = node.address();
    List<IpPrefix> own = interfaces.stream().flatMap(i -> i.addresses().stream()).toList();
    gateway.ifPresent(
        g -> {
          if (own.stream().anyMatch(p -> p.address().equals(g))) {
            node.error(
                Mistake.UNUSABLE_ADDRESS, "the gateway " + g + " is the host's own address", "");
          } else if (!own.isEmpty()
              && !g.isLinkLocal()
              && own.stream().noneMatch(p -> p.contains(g))) {
            node.error(
                Mistake.ADDRESS_OUTSIDE_SUBNET,
                "the gateway " + g + " is outside the host's networks",
                "its addresses are "
                    + String.join(", ", own.stream().map(Object::toString).toList()));
          }
        });
    return gateway;
  }

  private Map<String, HostFile> hostFiles(YamlNode node) {
    Map<String, HostFile> read = new TreeMap<>();
    node.map("files")
        .forEach(
            (path, entry) -> {
              if (!path.startsWith("/")) {
                entry
                    .key()
                    .error(
                        Mistake.WRONG_VALUE,
                        "'" + path + "' is not an absolute path",
                        "write /" + path);
              }
              hostFile(entry.value()).ifPresent(f -> read.put(path, f));
            });
    return Collections.unmodifiableMap(read);
  }

  /** A file of the folder by its path, or {@code { text: ..., executable: true }}. */
  private Optional<HostFile> hostFile(YamlNode node) {
    if (!node.isMap()) {
      return node.text("the path of a file in the folder")
          .flatMap(p -> files.require(node, p))
          .map(t -> new HostFile(t.text(), t.executable()));
    }
    YamlMap map = node.map("a file");
    Optional<String> text = map.required("text").flatMap(v -> v.text("the file's text"));
    Optional<Boolean> executable = map.optional("executable").flatMap(YamlNode::flag);
    map.finish();
    return text.map(t -> new HostFile(t, executable.orElse(t.startsWith("#!"))));
  }

  private static Map<String, DeclaredScript> scripts(YamlNode node) {
    Map<String, DeclaredScript> scripts = new LinkedHashMap<>();
    node.map("scripts")
        .forEach(
            (command, entry) -> {
              YamlMap map = entry.value().map("script '" + command + "'");
              int exit =
                  map.required("exit").flatMap(v -> v.integer("an exit code", 0, 255)).orElse(0);
              Duration takes =
                  map.optional("takes").flatMap(YamlNode::positiveDuration).orElse(SCRIPT_TAKES);
              map.finish();
              scripts.put(command, new DeclaredScript(exit, takes));
            });
    return Collections.unmodifiableMap(scripts);
  }
}
