package org.vipdrift.netio.namespaces;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.NodeReading;
import org.vipdrift.model.scenario.Action;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.TimelineEntry;
import org.vipdrift.model.trace.TraceEvent;

/** The daemons of a run: which program stands for which process, and when each is started. */
final class Daemons implements AutoCloseable {
  /**
   * Servers that the scenario starts with run a little before its timeline begins, so that none is
   * missed by a check while it starts more slowly than in the simulation.
   */
  static final long SERVERS_FIRST_NANOS = 600_000_000L;

  /** From the start of keepalived's helper to keepalived itself. */
  private static final long HELPER_NANOS = 30_000_000L;

  private static final long WAIT_MILLIS = 5;
  private static final int MOST_WAITS = 200;

  private final Scenario scenario;
  private final Function<String, Optional<NodeProgram>> nodes;
  private final World world;
  private final TraceRecorder trace;
  private final Map<String, KeepalivedLogReader> logs = new LinkedHashMap<>();
  private final Map<String, ScriptFile> scripts = new LinkedHashMap<>();
  private final Map<String, DeclaredServer> servers = new LinkedHashMap<>();
  private final List<Runnable> starts = new ArrayList<>();

  /**
   * @param nodes what runs instead of keepalived, by host
   */
  Daemons(
      Scenario scenario,
      Function<String, Optional<NodeProgram>> nodes,
      World world,
      TraceRecorder trace) {
    this.scenario = scenario;
    this.nodes = nodes;
    this.world = world;
    this.trace = trace;
  }

  /** Gives a host a process of its specification, to be started when the scenario says. */
  void add(RunningHost host, Host.ProcessSpecification process) throws IOException {
    HostedProcess.Listener plain = new Programs.PlainLog(host.name(), process.name(), trace);
    MachineFiles files = host.files();
    HostedProcess.Program program =
        switch (process) {
          case Host.KeepalivedProcess p -> {
            KeepalivedLogReader log = new KeepalivedLogReader(host.name(), p.name(), trace);
            logs.put(host.name(), log);
            rememberScripts(host, p);
            yield nodes
                .apply(host.name())
                .map(node -> Programs.node(p, files, log, node.command()))
                .orElseGet(() -> Programs.keepalived(p, files, log));
          }
          case Host.HaproxyProcess p -> {
            String socket = AdminSocket.path(p.configuration());
            if (!socket.isEmpty()) {
              Files.createDirectories(files.resolve(socket).getParent());
            }
            yield Programs.haproxy(p, files, new HaproxyLogReader(host.name(), p.name(), trace));
          }
          case Host.NginxProcess p -> Programs.nginx(p, files, plain);
          case Host.ServerProcess p -> {
            if (canBeNginx(p) && !isActedOn(host.name(), p.name())) {
              yield Programs.declaredNginx(host.name(), p, files, plain);
            }
            DeclaredServer server = new DeclaredServer(host.name(), p, host.machine(), files);
            servers.put(host.name() + "/" + p.name(), server);
            yield server;
          }
        };
    HostedProcess built =
        new HostedProcess(host.name(), process.name(), host.machine(), world, trace, program);
    host.add(built);
    process
        .start()
        .ifPresent(
            at ->
                starts.add(
                    () ->
                        world.at(
                            at.toNanos() - headStart(process, at),
                            () -> startInTurn(host, process, built, 0))));
  }

  private static long headStart(Host.ProcessSpecification process, Duration at) {
    if (!at.isZero()) {
      return 0;
    }
    return process instanceof Host.KeepalivedProcess ? HELPER_NANOS : SERVERS_FIRST_NANOS;
  }

  /**
   * Programs that are started together are ready after very different times on a real machine;
   * keepalived, which looks after the others, is the last, as if it had been started by hand.
   */
  private void startInTurn(
      RunningHost host, Host.ProcessSpecification process, HostedProcess built, int waited) {
    boolean ready =
        !(process instanceof Host.KeepalivedProcess)
            || host.specification().processes().stream()
                .filter(other -> !(other instanceof Host.KeepalivedProcess))
                .filter(other -> other.start().equals(process.start()))
                .allMatch(other -> host.process(other.name()).map(p -> p.isReady()).orElse(true));
    if (ready || waited > MOST_WAITS) {
      built.start(TraceEvent.NO_CAUSE);
    } else {
      world.later(WAIT_MILLIS, () -> startInTurn(host, process, built, waited + 1));
    }
  }

  /** Whether the timeline makes a web server slow or failing, which nginx would not do for us. */
  private boolean isActedOn(String host, String process) {
    return scenario.timeline().stream()
        .anyMatch(
            entry ->
                entry instanceof TimelineEntry.Perform(_, _, _, Action action)
                    && switch (action) {
                      case Action.ServerSlow a ->
                          a.host().equals(host) && a.process().equals(process);
                      case Action.ServerError a ->
                          a.host().equals(host) && a.process().equals(process);
                      default -> false;
                    });
  }

  private void rememberScripts(RunningHost host, Host.KeepalivedProcess process) {
    List<String> cards =
        host.specification().interfaces().stream().map(Host.HostInterface::name).toList();
    if (NodeReading.of(process.configurationFile(), process.texts(), cards)
        instanceof NodeReading.Accepted(NodeConfiguration configuration)) {
      for (NodeConfiguration.CheckScript script : configuration.scripts()) {
        scripts.put(
            host.name() + "/" + script.name(),
            new ScriptFile(host.files(), script.command().getFirst()));
      }
    }
  }

  /** A declared server that does nothing but what nginx would do as well. */
  private static boolean canBeNginx(Host.ServerProcess process) {
    return process.name().equals("nginx")
        && process.takes().isZero()
        && process.certificates().isEmpty();
  }

  /** From now on they start when the scenario says. */
  void start() {
    starts.forEach(Runnable::run);
  }

  /** The last change of state on a host that keepalived told of; no cause before the first. */
  long lastChange(String host) {
    KeepalivedLogReader log = logs.get(host);
    return log == null ? TraceEvent.NO_CAUSE : log.lastChange();
  }

  /** The file behind a check script of a host. */
  Optional<ScriptFile> script(String host, String script) {
    return Optional.ofNullable(scripts.get(host + "/" + script));
  }

  /** The declared web server behind a process. */
  Optional<DeclaredServer> server(String host, String process) {
    return Optional.ofNullable(servers.get(host + "/" + process));
  }

  @Override
  public void close() {
    servers.values().forEach(DeclaredServer::ended);
  }
}
