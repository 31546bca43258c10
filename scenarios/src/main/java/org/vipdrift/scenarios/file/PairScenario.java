package org.vipdrift.scenarios.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.SourceTexts;
import org.vipdrift.model.config.keepalived.KeepalivedConfiguration;
import org.vipdrift.model.config.keepalived.KeepalivedParser;
import org.vipdrift.model.config.keepalived.ParseOptions;
import org.vipdrift.model.config.keepalived.VrrpInstanceBlock;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Action.HostVerb;
import org.vipdrift.model.scenario.Action.LinkVerb;
import org.vipdrift.model.scenario.Action.ProcessVerb;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Host.KeepalivedProcess;
import org.vipdrift.model.scenario.Host.ProcessSpecification;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry;

/**
 * A scenario made from two keepalived.conf files alone: the master's keepalived is stopped, its
 * machine loses power, its interface goes down, the backup's cable is pulled; each heals before the
 * next.
 *
 * <p>It expects nothing of its own: what every run must show is judged.
 */
public final class PairScenario {
  private static final Duration SHORTEST_PHASE = Duration.ofSeconds(15);

  private PairScenario() {}

  /**
   * Builds the scenario.
   *
   * @return the problems of these files as files and the notes about what was assumed; the problems
   *     of the configurations in them are for who runs it to report
   */
  public static ScenarioLoad of(Path first, Path second) {
    List<Problems> problems =
        List.of(new Problems(first.toString()), new Problems(second.toString()));
    Optional<Read> left = read(first, problems.getFirst());
    Optional<Read> right = read(second, problems.getLast());
    Optional<Scenario> scenario =
        left.flatMap(l -> right.map(r -> compose(named(l, r, 0), named(l, r, 1), problems)));
    List<Problem> all = problems.stream().flatMap(p -> p.sorted().stream()).toList();
    return new ScenarioLoad(scenario, all);
  }

  /**
   * The same scenario with its configurations moved to where a folder has them: {@code
   * HOST/keepalived.conf}, and what they include beside it.
   */
  public static Scenario asFolder(Scenario pair) {
    return pair.withHosts(
        pair.hosts().stream()
            .map(
                h ->
                    h.withProcesses(
                        h.processes().stream()
                            .map(
                                p ->
                                    p instanceof KeepalivedProcess keepalived
                                        ? moved(keepalived, h.name() + "/")
                                        : p)
                            .toList()))
            .toList());
  }

  private static KeepalivedProcess moved(KeepalivedProcess process, String directory) {
    String from = process.configurationFile();
    String old = from.substring(0, from.lastIndexOf('/') + 1);
    String main = directory + "keepalived.conf";
    Map<String, String> texts = new TreeMap<>();
    process
        .texts()
        .forEach(
            (path, text) ->
                texts.put(
                    path.equals(from)
                        ? main
                        : path.startsWith(old) ? directory + path.substring(old.length()) : path,
                    text));
    return new KeepalivedProcess(process.name(), process.start(), main, texts);
  }

  /** A file that was read and parsed. */
  private record Read(Path path, Map<String, String> texts, KeepalivedConfiguration configuration) {
    String key() {
      return path.toString().replace('\\', '/');
    }
  }

  private static Optional<Read> read(Path path, Problems problems) {
    String key = path.toString().replace('\\', '/');
    FolderFiles disk = new FolderFiles(Path.of(""));
    switch (disk.read(key)) {
      case FolderFiles.Contents.Unreadable(String reason) -> {
        problems.error(
            Mistake.UNREADABLE_FILE,
            problems.start(),
            "the file " + reason,
            "give two keepalived.conf files, or one scenario folder");
        return Optional.empty();
      }
      case FolderFiles.Contents.Text(String text, boolean _) -> {
        Map<String, String> texts = disk.withIncludable(key, text);
        KeepalivedConfiguration configuration =
            KeepalivedParser.parse(new SourceTexts(texts), key, ParseOptions.DEFAULT)
                .configuration();
        if (configuration.instances().isEmpty()) {
          problems.error(
              Mistake.NO_INSTANCE,
              problems.start(),
              "there is no vrrp_instance that keepalived would run",
              "a pair needs one in each file");
          return Optional.empty();
        }
        return Optional.of(new Read(path, texts, configuration));
      }
    }
  }

  private static PairHost named(Read first, Read second, int which) {
    Read read = which == 0 ? first : second;
    return new PairHost(
        names(first, second).get(which), read.key(), read.texts(), read.configuration());
  }

  /** After the router ids, the files, or their directories: whichever tell the hosts apart. */
  private static List<String> names(Read first, Read second) {
    List<Function<Read, Optional<String>>> sources =
        List.of(
            r -> r.configuration().global().routerId(),
            r -> Optional.of(r.path().getFileName().toString().replaceFirst("\\.[a-z]+$", "")),
            r ->
                Optional.ofNullable(r.path().toAbsolutePath().normalize().getParent())
                    .flatMap(p -> Optional.ofNullable(p.getFileName()))
                    .map(Path::toString));
    for (Function<Read, Optional<String>> source : sources) {
      Optional<String> left = source.apply(first).filter(Names::isName);
      Optional<String> right = source.apply(second).filter(Names::isName);
      if (left.isPresent() && right.isPresent() && !left.equals(right)) {
        return List.of(left.get(), right.get());
      }
    }
    return List.of("node1", "node2");
  }

  private static Scenario compose(PairHost first, PairHost second, List<Problems> problems) {
    PairNetwork network = new PairNetwork(first, second);
    List<Host> hosts =
        List.of(
            host(first, network, problems.getFirst()), host(second, network, problems.getLast()));
    Duration phase = phase(first, second);
    List<TimelineEntry> timeline = timeline(first, second, phase);
    return new Scenario(
        first.name() + "-" + second.name(),
        first.name() + " and " + second.name(),
        "Made from "
            + first.configurationFile()
            + " and "
            + second.configurationFile()
            + ": the master stops, loses power and loses its interface;"
            + " then the backup's cable is pulled.",
        network.segments(),
        hosts,
        network.clients(),
        timeline,
        timeline.getLast().at().plus(phase.multipliedBy(2)),
        List.of());
  }

  private static Host host(PairHost pair, PairNetwork network, Problems problems) {
    PairScripts scripts = new PairScripts(pair, problems);
    List<ProcessSpecification> processes = new ArrayList<>();
    processes.add(
        new KeepalivedProcess(
            "keepalived", Optional.of(Duration.ZERO), pair.configurationFile(), pair.texts()));
    processes.addAll(scripts.daemons());
    return new Host(
        pair.name(),
        network.interfacesOf(pair),
        Optional.empty(),
        processes,
        scripts.files(),
        scripts.declared(),
        false);
  }

  /** Long enough for the slowest takeover and the slowest return. */
  private static Duration phase(PairHost first, PairHost second) {
    Duration slowest =
        Stream.of(first, second)
            .flatMap(
                h ->
                    h.instances().stream()
                        .map(
                            i ->
                                i.advertInterval()
                                    .multipliedBy(2L * (i.downTimerAdverts() + 1))
                                    .plus(i.preemptDelay())
                                    .plus(h.configuration().global().startupDelay())))
            .max(Comparator.naturalOrder())
            .orElse(SHORTEST_PHASE)
            .plusSeconds(5);
    return slowest.compareTo(SHORTEST_PHASE) > 0 ? slowest : SHORTEST_PHASE;
  }

  private static List<TimelineEntry> timeline(PairHost first, PairHost second, Duration phase) {
    boolean firstWins = strength(first) >= strength(second);
    PairHost master = firstWins ? first : second;
    PairHost backup = firstWins ? second : first;
    List<String> names =
        List.of("keepalived-stops", "power-is-lost", "interface-goes-down", "backup-cable-is-out");
    List<Action> actions =
        List.of(
            new Action.OnProcess(ProcessVerb.STOP, master.name(), "keepalived"),
            new Action.OnHost(HostVerb.POWER_OFF, master.name()),
            new Action.OnLink(
                LinkVerb.LINK_DOWN, master.name(), master.instances().getFirst().interfaceName()),
            new Action.OnLink(
                LinkVerb.UNPLUG, backup.name(), backup.instances().getFirst().interfaceName()));
    List<TimelineEntry> timeline = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      timeline.add(
          new TimelineEntry.Perform(
              phase.multipliedBy(2L * i + 1), names.get(i), Optional.of(phase), actions.get(i)));
    }
    return timeline;
  }

  /** The priority of the first instance. */
  private static int strength(PairHost host) {
    VrrpInstanceBlock instance = host.instances().getFirst();
    return instance.priority();
  }
}
