package org.vipdrift.model.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.balance.BackendSnapshot;
import org.vipdrift.model.balance.OperationalState;
import org.vipdrift.model.haproxy.settings.BackendSettings;
import org.vipdrift.model.haproxy.settings.HaproxyConfiguration;
import org.vipdrift.model.haproxy.settings.ProxyOption;
import org.vipdrift.model.haproxy.settings.ProxySettings;
import org.vipdrift.model.haproxy.settings.ServerSettings;
import org.vipdrift.model.health.Administration.Flag;

/** The health of all servers of a configuration, kept up by {@link HealthMachine}. */
public final class HealthBoard {
  private final Map<String, Board> backends = new LinkedHashMap<>();
  private final Map<String, Availability> availabilities = new LinkedHashMap<>();
  private final long startedAt;

  /**
   * Names a server.
   *
   * @param server its place in the backend, from 0
   */
  public record ServerRef(String backend, int server) {}

  /**
   * Of a backend.
   *
   * @param timesDown how often it lost its last usable server
   * @param changedAt when it lost it, or got one back
   * @param downNanos how long it had none, up to the last change
   */
  public record Availability(int timesDown, long changedAt, long downNanos) {}

  private record Board(ProxySettings proxy, List<HealthSettings> settings, List<ServerHealth> now) {
    ServerSettings server(int at) {
      return proxy.backend().orElseThrow().servers().get(at);
    }
  }

  /**
   * As at the start of the process.
   *
   * @param at monotonic, in nanoseconds
   */
  public HealthBoard(HaproxyConfiguration configuration, long at) {
    this.startedAt = at;
    for (ProxySettings proxy : configuration.proxies()) {
      proxy.backend().ifPresent(backend -> add(proxy, backend, at));
    }
    for (ServerRef disabled : all()) {
      if (server(disabled).disabled()) {
        inherit(
            disabled,
            new HealthEvent.FlagInherited(
                at, Flag.INHERITED_MAINTENANCE, true, OperationalState.STOPPED));
      }
    }
    availabilities.clear();
  }

  /** Nobody is told what was so from the start. */
  private void inherit(ServerRef server, HealthEvent event) {
    for (ServerRef tracker : trackers(server)) {
      for (HealthEffect effect : on(tracker, event)) {
        if (effect instanceof HealthEffect.TellTrackers(HealthEvent further)) {
          inherit(tracker, further);
        }
      }
    }
  }

  private void add(ProxySettings proxy, BackendSettings backend, long at) {
    List<HealthSettings> settings = new ArrayList<>();
    List<ServerHealth> now = new ArrayList<>();
    for (ServerSettings server : backend.servers()) {
      HealthSettings one =
          new HealthSettings(
              proxy.name(),
              server.name(),
              server.backup(),
              server.disabled(),
              server.weight(),
              server.slowstart(),
              proxy.options().has(ProxyOption.LOG_HEALTH_CHECKS),
              server
                  .track()
                  .map(t -> " via " + (t.indexOf('/') < 0 ? proxy.name() + "/" + t : t))
                  .orElse(""),
              server.check());
      settings.add(one);
      now.add(ServerHealth.initial(one, at));
    }
    backends.put(proxy.name(), new Board(proxy, settings, now));
  }

  /** Something happened to a server; its new state is kept. */
  public List<HealthEffect> on(ServerRef server, HealthEvent event) {
    Board board = board(server.backend());
    HealthMachine.Transition transition = HealthMachine.on(settings(server), health(server), event);
    int before = usableActive(server.backend()) + usableBackup(server.backend());
    board.now().set(server.server(), transition.next());
    int after = usableActive(server.backend()) + usableBackup(server.backend());
    Availability was = availability(server.backend());
    if (before > 0 && after == 0) {
      availabilities.put(
          server.backend(), new Availability(was.timesDown() + 1, event.at(), was.downNanos()));
    } else if (before == 0 && after > 0 && !(event instanceof HealthEvent.WeightSet)) {
      // HAProxy does not take notice of a backend that is back because of a weight.
      availabilities.put(
          server.backend(),
          new Availability(
              was.timesDown(), event.at(), was.downNanos() + event.at() - was.changedAt()));
    }
    return transition.effects();
  }

  /** How often and how long a backend had no server. */
  public Availability availability(String backend) {
    return availabilities.getOrDefault(backend, new Availability(0, startedAt, 0));
  }

  public HealthSettings settings(ServerRef server) {
    return board(server.backend()).settings().get(server.server());
  }

  public ServerHealth health(ServerRef server) {
    return board(server.backend()).now().get(server.server());
  }

  public ServerSettings server(ServerRef server) {
    return board(server.backend()).server(server.server());
  }

  public ProxySettings proxy(String backend) {
    return board(backend).proxy();
  }

  /** The names of all backends in the order of the file. */
  public List<String> backends() {
    return List.copyOf(backends.keySet());
  }

  /** The servers of a backend; none if there is no such backend. */
  public List<ServerRef> servers(String backend) {
    Board board = backends.get(backend);
    if (board == null) {
      return List.of();
    }
    List<ServerRef> servers = new ArrayList<>();
    for (int at = 0; at < board.now().size(); at++) {
      servers.add(new ServerRef(backend, at));
    }
    return Collections.unmodifiableList(servers);
  }

  public Optional<ServerRef> find(String backend, String server) {
    return servers(backend).stream().filter(r -> server(r).name().equals(server)).findFirst();
  }

  /** Every server of every backend. */
  public List<ServerRef> all() {
    return backends.keySet().stream().flatMap(b -> servers(b).stream()).toList();
  }

  /** The server that this one tracks. */
  public Optional<ServerRef> tracked(ServerRef server) {
    return server(server)
        .track()
        .flatMap(
            name -> {
              int slash = name.indexOf('/');
              return slash < 0
                  ? find(server.backend(), name)
                  : find(name.substring(0, slash), name.substring(slash + 1));
            });
  }

  /** The servers that track this one, as HAProxy tells them: the last of the file first. */
  public List<ServerRef> trackers(ServerRef server) {
    return all().reversed().stream()
        .filter(r -> tracked(r).filter(server::equals).isPresent())
        .toList();
  }

  /** The tracked server as log lines name it. */
  public String via(ServerRef server) {
    return tracked(server).map(r -> r.backend() + "/" + server(r).name()).orElse("");
  }

  public BackendSnapshot snapshot(String backend) {
    return new BackendSnapshot(
        backend, servers(backend).stream().map(r -> health(r).snapshot(settings(r))).toList());
  }

  /** How many active servers may be given new clients. */
  public int usableActive(String backend) {
    return usable(backend, false);
  }

  /** How many backup servers may be given new clients. */
  public int usableBackup(String backend) {
    return usable(backend, true);
  }

  private int usable(String backend, boolean backup) {
    return (int)
        servers(backend).stream()
            .filter(r -> server(r).backup() == backup && health(r).usable())
            .count();
  }

  private Board board(String backend) {
    Board board = backends.get(backend);
    if (board == null) {
      throw new IllegalArgumentException("no backend of this name: " + backend);
    }
    return board;
  }
}
