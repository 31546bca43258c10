package org.vipdrift.simulator.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.model.config.SourceTexts;
import org.vipdrift.model.config.nginx.NginxParse;
import org.vipdrift.model.config.nginx.NginxParser;
import org.vipdrift.model.nginx.NginxConfiguration;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.trace.TraceDetail.LogLine;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.simulator.kernel.HostFiles;
import org.vipdrift.simulator.web.NginxEnvironment;
import org.vipdrift.simulator.web.NginxServer;
import org.vipdrift.simulator.web.ProcessTimers;

/** nginx on a simulated host, with its own configuration file. */
public final class NginxDaemon extends Daemon implements ServerFaults {
  private static final String NONLOCAL_BIND = "/proc/sys/net/ipv4/ip_nonlocal_bind";

  private String configurationFile;
  private Map<String, String> texts;
  private Optional<Duration> slowness = Optional.empty();
  private Optional<Failing> failing = Optional.empty();
  private Optional<Running> running = Optional.empty();

  private record Running(NginxServer server, ProcessTimers timers) {}

  NginxDaemon(SimulatedHost host, Host.NginxProcess specification, SplitRandom random) {
    super(host, specification.name(), random);
    this.configurationFile = specification.configurationFile();
    this.texts = specification.texts();
  }

  /** What its files say, and what lies on the host's disk. */
  private NginxParse parse() {
    HostFiles files = host().kernel().files();
    Map<String, String> all = new TreeMap<>();
    for (String path : files.pathsUnder("/")) {
      files.read(path).ifPresent(file -> all.put(path, file.text()));
    }
    all.putAll(texts);
    return NginxParser.parse(
        new SourceTexts(all), configurationFile, name -> host().resolve(name).stream().toList());
  }

  private boolean bindsAnything() {
    return host()
        .kernel()
        .files()
        .read(NONLOCAL_BIND)
        .map(file -> file.text().strip().equals("1"))
        .orElse(false);
  }

  private Optional<String> bindProblem(NginxConfiguration configuration) {
    return bindsAnything()
        ? Optional.empty()
        : NginxServer.bindProblem(configuration, host().kernel().sockets()::isLocal);
  }

  @Override
  Optional<String> refusal() {
    NginxParse parse = parse();
    return parse.refusal().or(() -> bindProblem(parse.configuration()));
  }

  @Override
  void begin(long cause) {
    ProcessTimers timers = new ProcessTimers(host().clock());
    HostFiles files = host().kernel().files();
    List<String> problems = new ArrayList<>();
    NginxServer server =
        NginxServer.start(
            new NginxEnvironment(
                timers,
                host().kernel().sockets(),
                who(),
                host().name(),
                path -> files.read(path).map(Host.HostFile::text),
                folder -> !files.pathsUnder(folder + "/").isEmpty(),
                random().split("web"),
                (line, event) -> host().trace().emit(new LogLine(name(), line), event)),
            parse().configuration(),
            problems);
    if (!problems.isEmpty()) {
      timers.close();
      host().trace().emit(new LogLine(name(), problems.getFirst()), cause);
      exited(cause);
      return;
    }
    Running begun = new Running(server, timers);
    running = Optional.of(begun);
    host().kernel().processes().setListens(pid(), server.ports());
    applyFaults(begun);
    if (isFrozen()) {
      timers.freeze();
    }
  }

  @Override
  public void reload(long cause) {
    reload(Optional.empty(), texts, cause);
  }

  /**
   * SIGHUP, after its file was replaced where another one is given; with a file that it refuses it
   * goes on as before.
   */
  public void reload(Optional<String> newFile, Map<String, String> newTexts, long cause) {
    if (newFile.isPresent()) {
      configurationFile = newFile.get();
      texts = newTexts;
    }
    if (running.isEmpty() || phase() != Phase.UP) {
      return;
    }
    NginxParse parse = parse();
    Optional<String> refusal = parse.refusal().or(() -> bindProblem(parse.configuration()));
    if (refusal.isPresent()) {
      host().trace().emit(new LogLine(name(), refusal.get()), cause);
      return;
    }
    long event = emit(ProcessChange.RELOADED, "", cause);
    List<String> problems = new ArrayList<>();
    running.get().server().reload(parse.configuration(), problems, event);
    problems.forEach(problem -> host().trace().emit(new LogLine(name(), problem), event));
    host().kernel().processes().setListens(pid(), running.get().server().ports());
  }

  @Override
  public void slow(Optional<Duration> takes) {
    slowness = takes;
    running.ifPresent(this::applyFaults);
  }

  @Override
  public void fail(Optional<Failing> errors) {
    failing = errors;
    running.ifPresent(this::applyFaults);
  }

  private void applyFaults(Running to) {
    to.server().slow(slowness.orElse(Duration.ZERO));
    to.server()
        .fail(failing.map(Failing::status).orElse(0), failing.map(Failing::percent).orElse(0.0));
  }

  @Override
  void leave(long cause) {
    if (!isFrozen()) {
      forget();
      exited(cause);
    }
  }

  private void forget() {
    running.ifPresent(r -> r.timers().close());
    running = Optional.empty();
  }

  @Override
  void die() {
    forget();
  }

  @Override
  void suspend() {
    running.ifPresent(r -> r.timers().freeze());
  }

  /** A SIGTERM that came while it was frozen takes effect now. */
  @Override
  void resume() {
    if (phase() == Phase.LEAVING) {
      forget();
      exited(0);
    } else {
      running.ifPresent(r -> r.timers().thaw());
    }
  }
}
