package org.vipdrift.scenarios.file;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.HostVerb;
import org.vipdrift.model.scenario.Action.LinkVerb;
import org.vipdrift.model.scenario.Action.ProcessVerb;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.scenarios.file.ProcessReader.Configuration;

/** Reads the actions that concern one machine: processes, power, links, files, clocks, scripts. */
final class MachineActionReader {
  private static final long PARTS_PER_MILLION_IN_PERCENT = 10_000;
  private static final long STOPPED_CLOCK = -1_000_000;

  private final ClusterNames names;
  private final FolderFiles files;

  /** Configurations that come with reloads, by host: their scripts are known as well. */
  private final Map<String, Map<String, String>> reloaded = new LinkedHashMap<>();

  private final List<Runnable> checks = new ArrayList<>();

  MachineActionReader(ClusterNames names, FolderFiles files) {
    this.names = names;
    this.files = files;
  }

  /** The reader of each keyword. */
  Map<String, Function<YamlNode, Action>> readers() {
    Map<String, Function<YamlNode, Action>> readers = new LinkedHashMap<>();
    for (ProcessVerb verb : ProcessVerb.values()) {
      readers.put(verb.keyword(), n -> onProcess(verb, n));
    }
    readers.put("reload", this::reload);
    for (HostVerb verb : HostVerb.values()) {
      readers.put(verb.keyword(), n -> onHost(verb, n));
    }
    for (LinkVerb verb : LinkVerb.values()) {
      readers.put(verb.keyword(), n -> onLink(verb, n));
    }
    readers.put("create-file", this::createFile);
    readers.put("remove-file", this::removeFile);
    readers.put("clock-step", this::clockStep);
    readers.put("clock-drift", this::clockDrift);
    readers.put("clock-strobe", this::clockStrobe);
    readers.put("cpu-starve", this::cpuStarve);
    readers.put("script-slow", this::scriptSlow);
    readers.put("script-exit", this::scriptExit);
    return readers;
  }

  /** Runs the checks that need the whole timeline to be read. */
  void finish() {
    checks.forEach(Runnable::run);
  }

  private Optional<String> host(YamlMap map) {
    return map.required("host").flatMap(v -> v.nameOf("host", names.hostNames()));
  }

  private Action onProcess(ProcessVerb verb, YamlNode node) {
    YamlMap map = node.mapOr("host", verb.keyword());
    Optional<String> host = host(map);
    String process = process(map, host);
    map.finish();
    return new Action.OnProcess(verb, host.orElse(""), process);
  }

  /** The named process, or the only one, or keepalived. */
  private String process(YamlMap map, Optional<String> host) {
    Optional<YamlNode> named = map.optional("process");
    if (host.isEmpty()) {
      return "";
    }
    List<String> known = names.processNames(host.get());
    if (named.isPresent()) {
      return named.get().nameOf("process", " on host \'" + host.get() + "\'", known).orElse("");
    }
    if (known.size() == 1) {
      return known.getFirst();
    }
    if (known.contains("keepalived")) {
      return "keepalived";
    }
    map.self()
        .error(
            Mistake.MISSING_KEY,
            map.what()
                + " needs 'process': host '"
                + host.get()
                + "' has "
                + (known.isEmpty() ? "none" : "several"),
            Spelling.suggest("", known));
    return "";
  }

  private Action reload(YamlNode node) {
    YamlMap map = node.mapOr("host", "reload");
    Optional<String> host = host(map);
    String process = process(map, host);
    Map<String, Host.HostFile> hostFiles =
        host.flatMap(names::host).map(Host::files).orElse(new LinkedHashMap<>());
    Optional<Configuration> configuration =
        map.optional("config").flatMap(v -> ProcessReader.configuration(v, files, hostFiles));
    map.finish();
    Map<String, String> texts =
        configuration.map(Configuration::texts).orElse(new LinkedHashMap<>());
    host.ifPresent(h -> reloaded.computeIfAbsent(h, _ -> new LinkedHashMap<>()).putAll(texts));
    return new Action.Reload(
        host.orElse(""), process, configuration.map(Configuration::path), texts);
  }

  private Action onHost(HostVerb verb, YamlNode node) {
    YamlMap map = node.mapOr("host", verb.keyword());
    Optional<String> host = host(map);
    map.finish();
    return new Action.OnHost(verb, host.orElse(""));
  }

  private Action onLink(LinkVerb verb, YamlNode node) {
    YamlMap map = node.mapOr("host", verb.keyword());
    Optional<String> host = host(map);
    Optional<YamlNode> named = map.optional("interface");
    List<String> known = host.map(names::interfaceNames).orElse(List.of());
    Optional<String> networkInterface =
        named.flatMap(
            v -> host.flatMap(h -> v.nameOf("interface", " on host \'" + h + "\'", known)));
    if (named.isEmpty() && known.size() == 1) {
      networkInterface = Optional.of(known.getFirst());
    } else if (named.isEmpty() && known.size() > 1) {
      map.self()
          .error(
              Mistake.MISSING_KEY,
              verb.keyword() + " needs 'interface': host '" + host.orElse("") + "' has several",
              Spelling.suggest("", known));
    }
    map.finish();
    return new Action.OnLink(verb, host.orElse(""), networkInterface.orElse(""));
  }

  private static String absolutePath(YamlMap map) {
    Optional<String> path = map.required("path").flatMap(v -> v.text("an absolute path"));
    path.filter(p -> !p.startsWith("/"))
        .ifPresent(
            p ->
                map.entry("path")
                    .value()
                    .error(
                        Mistake.WRONG_VALUE, "'" + p + "' is not an absolute path", "write /" + p));
    return path.orElse("/");
  }

  private Action createFile(YamlNode node) {
    YamlMap map = node.map("create-file");
    Action action =
        new Action.CreateFile(
            host(map).orElse(""),
            absolutePath(map),
            map.optional("text").flatMap(v -> v.text("the file's text")).orElse(""));
    map.finish();
    return action;
  }

  private Action removeFile(YamlNode node) {
    YamlMap map = node.map("remove-file");
    Action action = new Action.RemoveFile(host(map).orElse(""), absolutePath(map));
    map.finish();
    return action;
  }

  private Action clockStep(YamlNode node) {
    YamlMap map = node.map("clock-step");
    Action action =
        new Action.ClockStep(
            host(map).orElse(""),
            map.required("by").flatMap(YamlNode::anyDuration).orElse(Duration.ZERO));
    map.finish();
    return action;
  }

  private Action clockDrift(YamlNode node) {
    YamlMap map = node.map("clock-drift");
    Action action =
        new Action.ClockDrift(
            host(map).orElse(""),
            map.required("rate").flatMap(MachineActionReader::partsPerMillion).orElse(0L));
    map.finish();
    return action;
  }

  /** {@code 2%}, {@code -0.5%} or {@code 500ppm}. */
  private static Optional<Long> partsPerMillion(YamlNode node) {
    String expected = "a rate such as 2%, -0.5% or 500ppm";
    Optional<String> text = node.text(expected);
    Optional<Long> rate =
        text.filter(t -> t.matches("[+-]?[0-9]{1,7}(\\.[0-9]{1,6})?(%|ppm)"))
            .map(
                t -> {
                  BigDecimal number = new BigDecimal(t.replaceAll("%|ppm", ""));
                  return t.endsWith("%")
                      ? number.multiply(BigDecimal.valueOf(PARTS_PER_MILLION_IN_PERCENT))
                      : number;
                })
            .map(BigDecimal::longValue)
            .filter(r -> r > STOPPED_CLOCK);
    if (text.isPresent() && rate.isEmpty()) {
      node.error(
          Mistake.WRONG_VALUE,
          "expected " + expected + ", found " + node.describe(),
          text.get().matches("[+-]?[0-9.]+")
              ? "write " + text.get() + "% or " + text.get() + "ppm"
              : "it must be more than -100%");
    }
    return rate;
  }

  private Action clockStrobe(YamlNode node) {
    YamlMap map = node.map("clock-strobe");
    Action action =
        new Action.ClockStrobe(
            host(map).orElse(""),
            map.required("by").flatMap(YamlNode::anyDuration).orElse(Duration.ZERO),
            map.required("every").flatMap(YamlNode::positiveDuration).orElse(Duration.ZERO));
    map.finish();
    return action;
  }

  private Action cpuStarve(YamlNode node) {
    YamlMap map = node.map("cpu-starve");
    Optional<String> host = host(map);
    Optional<String> process =
        map.optional("process")
            .flatMap(
                v ->
                    host.flatMap(
                        h -> v.nameOf("process", " on host \'" + h + "\'", names.processNames(h))));
    Action action =
        new Action.CpuStarve(
            host.orElse(""),
            process,
            map.required("delay").flatMap(YamlNode::duration).orElse(Duration.ZERO),
            map.optional("jitter").flatMap(YamlNode::duration).orElse(Duration.ZERO));
    map.finish();
    return action;
  }

  private String script(YamlMap map, Optional<String> host) {
    Optional<YamlNode> node = map.required("script");
    Optional<String> script = node.flatMap(v -> v.text("the name of a vrrp_script"));
    if (host.isPresent() && script.isPresent()) {
      checks.add(() -> checkScript(node.orElseThrow(), host.get(), script.get()));
    }
    return script.orElse("");
  }

  private void checkScript(YamlNode node, String host, String script) {
    Map<String, String> texts = new LinkedHashMap<>(names.keepalivedTexts(host));
    texts.putAll(reloaded.getOrDefault(host, new LinkedHashMap<>()));
    List<String> known = ConfiguredNames.of("vrrp_script", texts);
    if (!known.isEmpty() && !known.contains(script)) {
      node.error(
          Mistake.UNKNOWN_NAME,
          "there is no vrrp_script '" + script + "' in the configuration of host '" + host + "'",
          Spelling.suggest(script, known));
    }
  }

  private Action scriptSlow(YamlNode node) {
    YamlMap map = node.map("script-slow");
    Optional<String> host = host(map);
    Action action =
        new Action.ScriptSlow(
            host.orElse(""),
            script(map, host),
            map.required("takes").flatMap(YamlNode::positiveDuration).orElse(Duration.ZERO));
    map.finish();
    return action;
  }

  private Action scriptExit(YamlNode node) {
    YamlMap map = node.map("script-exit");
    Optional<String> host = host(map);
    Action action =
        new Action.ScriptExit(
            host.orElse(""),
            script(map, host),
            map.required("exit").flatMap(v -> v.integer("an exit code", 0, 255)).orElse(0));
    map.finish();
    return action;
  }
}
