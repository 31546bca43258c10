package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.vipdrift.model.scenario.Host.HaproxyProcess;
import org.vipdrift.model.scenario.Host.HostFile;
import org.vipdrift.model.scenario.Host.KeepalivedProcess;
import org.vipdrift.model.scenario.Host.NginxProcess;
import org.vipdrift.model.scenario.Host.ProcessSpecification;
import org.vipdrift.model.scenario.Host.ServerProcess;

/**
 * Reads {@code processes} of a host: a name that begins with keepalived, haproxy or nginx says what
 * the process is, any other is a daemon that listens; so are haproxy and nginx without {@code
 * config}.
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
    } else if (name.startsWith("haproxy") && map.has("config")) {
      process =
          configured(
              map,
              "haproxy.cfg",
              hostFiles,
              (path, texts) -> new HaproxyProcess(name, start, path, texts));
    } else if (name.startsWith("nginx") && map.has("config")) {
      process =
          configured(
              map,
              "nginx.conf",
              hostFiles,
              (path, texts) -> new NginxProcess(name, start, path, texts));
    } else {
      map.refuse(
          Mistake.NOT_IN_THIS_VERSION,
          "config",
          "the configuration of '" + name + "' is not read",
          "say what it does: listen: 80, body: text; only keepalived, haproxy and nginx have"
              + " 'config'");
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
    return configuration(node, files, hostFiles, files::withIncludable);
  }

  private static Optional<Configuration> configuration(
      YamlNode node,
      FolderFiles files,
      Map<String, HostFile> hostFiles,
      BiFunction<String, String, Map<String, String>> withOthers) {
    return node.text("the path of a configuration file in the folder")
        .flatMap(
            path ->
                files
                    .require(node, path)
                    .map(
                        text -> {
                          Map<String, String> texts =
                              new TreeMap<>(withOthers.apply(path, text.text()));
                          hostFiles.forEach((at, file) -> texts.putIfAbsent(at, file.text()));
                          return new Configuration(path, Collections.unmodifiableMap(texts));
                        }));
  }

  private ProcessSpecification configured(
      YamlMap map,
      String otherwise,
      Map<String, HostFile> hostFiles,
      BiFunction<String, Map<String, String>, ProcessSpecification> make) {
    Optional<Configuration> read =
        map.required("config")
            .flatMap(v -> configuration(v, files, hostFiles, files::withMentioned));
    return make.apply(
        read.map(Configuration::path).orElse(otherwise),
        read.map(Configuration::texts).orElse(Collections.emptyMap()));
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
    Duration takes = map.optional("takes").flatMap(YamlNode::duration).orElse(Duration.ZERO);
    List<String> certificates = new ArrayList<>();
    for (YamlNode each : map.optional("tls").map(YamlNode::itemsOrOne).orElse(List.of())) {
      each.text("the name a certificate is for").ifPresent(certificates::add);
    }
    return new ServerProcess(name, start, ports, body, takes, certificates);
  }
}
