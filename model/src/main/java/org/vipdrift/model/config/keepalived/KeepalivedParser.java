package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.checker.VirtualServerSettings;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.SourceFiles;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RoutingRule;

/** Reads a keepalived.conf as keepalived 2.2.7 does. */
public final class KeepalivedParser {
  private final ProblemLog log = new ProblemLog();
  private final Values values = new Values(log);
  private final Interfaces interfaces;
  private final Definables known = new Definables();
  private final GlobalDraft global = new GlobalDraft(values);
  private final Map<String, InstanceDraft> instances = new LinkedHashMap<>();
  private final List<SyncGroup> groups = new ArrayList<>();
  private final List<ConfiguredAddress> staticAddresses = new ArrayList<>();
  private final List<Route> staticRoutes = new ArrayList<>();
  private final List<RoutingRule> staticRules = new ArrayList<>();
  private final RuleReader rules;
  private final List<InterfaceDelay> delays = new ArrayList<>();
  private final List<VirtualServerDraft> virtualServers = new ArrayList<>();
  private final Map<String, List<ServerGroupReader.Entry>> serverGroups = new LinkedHashMap<>();
  private final List<Statement> staticBlocks = new ArrayList<>();
  private final List<Statement> linkbeat = new ArrayList<>();

  private KeepalivedParser(ParseOptions options) {
    this.interfaces = new Interfaces(options.hostInterfaces(), log);
    this.rules = new RuleReader(values, interfaces);
  }

  /**
   * Never throws on what the files say.
   *
   * @param mainFile the path given to {@code keepalived -f}
   */
  public static KeepalivedParse parse(SourceFiles files, String mainFile, ParseOptions options) {
    return new KeepalivedParser(options).run(files, mainFile, options);
  }

  /** Reads one text without includes. */
  public static KeepalivedParse parse(String name, String text) {
    return parse(SourceFiles.single(name, text), name, ParseOptions.DEFAULT);
  }

  private KeepalivedParse run(SourceFiles files, String mainFile, ParseOptions options) {
    List<Line> lines = new LineReader(files, options, log).read(mainFile);
    List<Statement> statements = new TreeBuilder(lines, log).build();
    GlobalDefinitionsReader globals = new GlobalDefinitionsReader(values, global);
    statements.stream().filter(s -> s.keyword().equals("global_defs")).forEach(globals::read);
    if (global.dynamicInterfaces) {
      interfaces.allowMissing();
    }
    statements.forEach(this::top);
    List<SyncGroup> finished = new GroupCompletion(instances, log).complete(groups);
    List<VrrpInstanceBlock> blocks = new ArrayList<>();
    for (InstanceDraft draft : instances.values()) {
      new InstanceCompletion(draft, global, log).complete().ifPresent(blocks::add);
    }
    Conflicts.check(blocks, log);
    return new KeepalivedParse(
        new KeepalivedConfiguration(
            global.finish(),
            List.copyOf(known.scripts.values()),
            List.copyOf(known.files.values()),
            List.copyOf(known.processes.values()),
            finished,
            blocks,
            staticAddresses,
            staticRoutes,
            staticRules,
            delays,
            global.director.finish(blocks),
            virtualServers(),
            staticBlocks,
            linkbeat,
            statements),
        sorted(mainFile));
  }

  /** In the order of the text, the main file first. */
  private List<Problem> sorted(String mainFile) {
    List<Problem> problems = log.problems();
    problems.sort(
        Comparator.<Problem, Boolean>comparing(p -> !p.span().file().equals(mainFile))
            .thenComparing(p -> p.span().start()));
    return problems;
  }

  private void top(Statement s) {
    switch (s.keyword()) {
      case "global_defs" -> {
        // Read before everything else, because it sets defaults wherever it stands.
      }
      case "vrrp_script" ->
          new ScriptReader(values).read(s).ifPresent(v -> known.scripts.put(v.name(), v));
      case "track_file", "vrrp_track_file" ->
          new TrackObjectReader(values).file(s).ifPresent(v -> known.files.put(v.name(), v));
      case "vrrp_track_process" ->
          new TrackObjectReader(values).process(s).ifPresent(v -> known.processes.put(v.name(), v));
      case "vrrp_sync_group" ->
          groups.add(
              new SyncGroupReader(values, interfaces, known)
                  .read(s, global.notifyPriority, global.alerts()));
      case "vrrp_instance" -> {
        InstanceDraft draft = new InstanceReader(values, interfaces, known, rules, s).read(s);
        instances.put(draft.name, draft);
      }
      case "static_ipaddress" -> {
        AddressReader addresses = new AddressReader(values, interfaces);
        s.block().forEach(line -> addresses.read(line, true).ifPresent(staticAddresses::add));
      }
      case "static_routes" ->
          s.block()
              .forEach(
                  line -> RouteReader.read(line, values, interfaces).ifPresent(staticRoutes::add));
      case "static_rules" -> rules.read(s, staticRules);
      case "interface_up_down_delays" -> s.block().forEach(this::delay);
      case "linkbeat_interfaces" -> linkbeat.addAll(s.block());
      case "virtual_server" ->
          new VirtualServerReader(values, known).read(s).ifPresent(virtualServers::add);
      case "virtual_server_group" -> serverGroup(s);
      case "bfd_instance" -> {
        Values.word(s, 1).ifPresent(name -> known.bfds.put(name.text(), s));
        staticBlocks.add(s);
      }
      default -> staticBlocks.add(s);
    }
  }

  private void serverGroup(Statement s) {
    List<ServerGroupReader.Entry> entries = new ServerGroupReader(values).read(s);
    if (s.parameters() > 0 && !entries.isEmpty()) {
      serverGroups.put(s.word(1).text(), entries);
    }
  }

  private List<VirtualServerSettings> virtualServers() {
    List<VirtualServerSettings> finished = new ArrayList<>();
    for (VirtualServerDraft draft : virtualServers) {
      new VirtualServerCompletion(draft, serverGroups, global.director.logsAllFailures(), log)
          .complete()
          .ifPresent(finished::add);
    }
    return finished;
  }

  private void delay(Statement line) {
    if (!interfaces.exists(line.keyword())) {
      log.warning(
          "interface-missing-here", "interface " + line.keyword() + " does not exist", line.span());
      return;
    }
    Optional<Duration> down =
        Values.word(line, 1).flatMap(w -> values.seconds("down delay", w, "0", "255"));
    Optional<Duration> up =
        Values.word(line, 2).flatMap(w -> values.seconds("up delay", w, "0", "255"));
    down.ifPresent(
        d -> delays.add(new InterfaceDelay(line.keyword(), d, up.orElse(d), line.span())));
  }
}
