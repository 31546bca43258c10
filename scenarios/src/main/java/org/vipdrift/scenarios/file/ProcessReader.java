package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.model.scenario.Host.HostFile;
import org.vipdrift.model.scenario.Host.KeepalivedProcess;
import org.vipdrift.model.scenario.Host.ProcessSpecification;
import org.vipdrift.model.scenario.Host.ServerProcess;

/**
 * Reads {@code processes} of a host: a name that begins with keepalived or haproxy says what the
 * process is, any other is a daemon that listens.
 */
final class ProcessReader {
  private static final int HIGHEST_PORT = 65_535;

  private final FolderFiles files;
  private final Intervals times;

  ProcessReader(FolderFiles files, Intervals times) {
    this.files = files;
    this.times = times;
  }

  List<ProcessSpecification> read(YamlMap map, Map<String, HostFile> hostFiles) {
    List<ProcessSpecification> read = new ArrayList<>();
    map.forEach((name, entry) -> read.add(process(name, entry, hostFiles)));
    return read;
  }

  private ProcessSpecification process(
      String name, YamlMap.Entry entry, Map<String, HostFile> hostFiles) {
    Names.check("process", name, entry.key());
    YamlMap map = entry.value().map("process '" + name + "'");
    Optional<Duration> start = start(map);
    ProcessSpecification process;
    if (name.startsWith("keepalived")) {
      process = keepalived(name, start, map, hostFiles);
    } else if (name.startsWith("haproxy")) {
      process = haproxy(name, start, map);
    } else {
      map.refuse(
          Mistake.NOT_IN_THIS_VERSION,
          "config",
          "the configuration of '" + name + "' is not read",
          "say what it does: listen: 80, body: text; only keepalived and haproxy have 'config'");
      process = server(name, start, map);
    }
    map.finish();
    return process;
  }

  /** When the process starts; {@code never} leaves it to the timeline. */
  private Optional<Duration> start(YamlMap map) {
    Optional<YamlNode> node = map.optional("start");
    if (node.isEmpty()) {
      return Optional.of(Duration.ZERO);
    }
    if (node.get().isScalar() && node.get().text("").equals(Optional.of("never"))) {
      return Optional.empty();
    }
    Optional<Duration> start = node.get().duration();
    start.ifPresent(s -> times.beforeEnd(node.get(), s));
    return start;
  }

  private KeepalivedProcess keepalived(
      String name, Optional<Duration> start, YamlMap map, Map<String, HostFile> hostFiles) {
    Optional<Configuration> configuration =
        map.required("config").flatMap(v -> configuration(v, files, hostFiles));
    return new KeepalivedProcess(
        name,
        start,
        configuration.map(Configuration::path).orElse("keepalived.conf"),
        configuration.map(Configuration::texts).orElse(Collections.emptyMap()));
  }

  /** A configuration file with everything that it may include, by path. */
  record Configuration(String path, Map<String, String> texts) {}

  /** Reads the path of a configuration in the folder and the files it may include. */
  static Optional<Configuration> configuration(
      YamlNode node, FolderFiles files, Map<String, HostFile> hostFiles) {
    return node.text("the path of a configuration file in the folder")
        .flatMap(
            path ->
                files
                    .require(node, path)
                    .map(
                        text -> {
                          Map<String, String> texts =
                              new TreeMap<>(files.withIncludable(path, text.text()));
                          hostFiles.forEach((at, file) -> texts.putIfAbsent(at, file.text()));
                          return new Configuration(path, Collections.unmodifiableMap(texts));
                        }));
  }

  private ServerProcess haproxy(String name, Optional<Duration> start, YamlMap map) {
    Optional<YamlNode> node = map.optional("config");
    if (node.isEmpty()) {
      return server(name, start, map);
    }
    List<Integer> listens =
        node.flatMap(v -> v.text("the path of a configuration file in the folder"))
            .flatMap(p -> files.require(node.get(), p))
            .map(t -> HaproxyListens.of(t.text()))
            .orElse(List.of());
    node.get()
        .problems()
        .note(
            Mistake.ACCEPTED_NOT_MODELLED,
            node.get().span(),
            "haproxy.cfg is accepted, not modelled: '"
                + name
                + "' runs and listens on "
                + (listens.isEmpty() ? "no port" : listens),
            "");
    return new ServerProcess(name, start, listens, Optional.empty());
  }

  private ServerProcess server(String name, Optional<Duration> start, YamlMap map) {
    List<Integer> ports = new ArrayList<>();
    for (YamlNode port : map.optional("listen").map(YamlNode::itemsOrOne).orElse(List.of())) {
      port.integer("a TCP port", 1, HIGHEST_PORT)
          .ifPresent(
              p -> {
                if (ports.contains(p)) {
                  port.error(Mistake.DUPLICATE_NAME, "port " + p + " is listed twice", "");
                } else {
                  ports.add(p);
                }
              });
    }
    Optional<String> body = map.optional("body").flatMap(v -> v.text("the text of the web page"));
    return new ServerProcess(name, start, ports, body);
  }
}
