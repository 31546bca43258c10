package org.vipdrift.actors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.vipdrift.actors.port.DirectorTable;
import org.vipdrift.actors.port.DirectorTable.SyncRole;
import org.vipdrift.model.checker.DirectorDefinitions;
import org.vipdrift.model.checker.DirectorDefinitions.FlushAtStop;
import org.vipdrift.model.checker.DirectorDefinitions.SyncDaemon;
import org.vipdrift.model.checker.VirtualServerSettings;
import org.vipdrift.model.ipvs.ServiceKey;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.trace.TraceEvent;

/** The virtual servers of a keepalived process and the synchronisation of their connections. */
final class VirtualServers {
  private final ActorContext<?> context;
  private final NodePorts ports;
  private final Map<List<ServiceKey>, ActorRef<VirtualServer.Command>> running =
      new LinkedHashMap<>();
  private final List<ActorRef<VirtualServer.Command>> leaving = new ArrayList<>();
  private DirectorDefinitions definitions = DirectorDefinitions.NONE;
  private Optional<SyncRole> role = Optional.empty();
  private long spawned;

  VirtualServers(ActorContext<?> context, NodePorts ports) {
    this.context = context;
    this.ports = ports;
  }

  void start(NodeConfiguration configuration) {
    define(configuration.director(), TraceEvent.NO_CAUSE);
    if (definitions.flushAtStart()) {
      ports.director().tell(new DirectorTable.Flush(ports.who(), TraceEvent.NO_CAUSE));
    }
    configuration.virtualServers().forEach(this::start);
  }

  private void start(VirtualServerSettings settings) {
    String name = "virtual-server-" + ++spawned;
    ActorRef<VirtualServer.Command> actor =
        context.spawn(
            VirtualServer.create(settings, name, ports), name, DispatcherSelector.sameAsParent());
    context.watch(actor);
    running.put(settings.services(), actor);
  }

  /** What is gone is removed, what is new added; the rest keeps its state and connections. */
  void reload(NodeConfiguration next, long cause) {
    define(next.director(), cause);
    Map<List<ServiceKey>, ActorRef<VirtualServer.Command>> gone = new LinkedHashMap<>(running);
    next.virtualServers().forEach(s -> gone.remove(s.services()));
    gone.forEach(
        (services, actor) -> {
          running.remove(services);
          leave(actor, true, cause);
        });
    for (VirtualServerSettings settings : next.virtualServers()) {
      ActorRef<VirtualServer.Command> actor = running.get(settings.services());
      if (actor == null) {
        start(settings);
      } else {
        actor.tell(new VirtualServer.Reconfigure(settings, cause));
      }
    }
  }

  /** At the end of the process. */
  void stop(long cause) {
    boolean flushes = definitions.flushAtStop() == FlushAtStop.ALL;
    running.values().forEach(v -> leave(v, !flushes, cause));
    running.clear();
    if (flushes) {
      ports.director().tell(new DirectorTable.Flush(ports.who(), cause));
    }
    if (definitions.syncDaemon().isPresent()) {
      stopSync(SyncRole.MASTER, cause);
      stopSync(SyncRole.BACKUP, cause);
    }
  }

  private void leave(ActorRef<VirtualServer.Command> actor, boolean removes, long cause) {
    leaving.add(actor);
    actor.tell(new VirtualServer.Stop(removes, cause));
  }

  /** Whether all have left, after {@link #stop}. */
  boolean isEmpty() {
    return running.isEmpty() && leaving.isEmpty();
  }

  void ended(ActorRef<?> actor) {
    running.values().removeIf(actor::equals);
    leaving.removeIf(actor::equals);
  }

  // ---- synchronisation ----

  private void define(DirectorDefinitions next, long cause) {
    Optional<SyncDaemon> before = definitions.syncDaemon();
    definitions = next;
    next.timeouts()
        .ifPresent(
            t -> ports.director().tell(new DirectorTable.SetTimeouts(ports.who(), t, cause)));
    if (before.equals(next.syncDaemon())) {
      return;
    }
    before.ifPresent(
        _ -> {
          stopSync(SyncRole.MASTER, cause);
          stopSync(SyncRole.BACKUP, cause);
        });
    next.syncDaemon()
        .ifPresent(
            daemon -> {
              if (daemon.instance().isEmpty()) {
                startSync(daemon, SyncRole.MASTER, cause);
              }
              if (daemon.instance().isEmpty() || !role.equals(Optional.of(SyncRole.MASTER))) {
                startSync(daemon, SyncRole.BACKUP, cause);
              } else {
                startSync(daemon, SyncRole.MASTER, cause);
              }
            });
  }

  /** An instance became master, or is it no longer: its daemon changes its role. */
  void instanceChanged(String instance, boolean master, long cause) {
    SyncRole next = master ? SyncRole.MASTER : SyncRole.BACKUP;
    Optional<SyncDaemon> daemon =
        definitions.syncDaemon().filter(d -> d.instance().equals(Optional.of(instance)));
    if (daemon.isEmpty() || role.equals(Optional.of(next))) {
      return;
    }
    role = Optional.of(next);
    stopSync(master ? SyncRole.BACKUP : SyncRole.MASTER, cause);
    startSync(daemon.get(), next, cause);
  }

  private void startSync(SyncDaemon daemon, SyncRole as, long cause) {
    ports
        .director()
        .tell(
            new DirectorTable.StartSync(
                ports.who(),
                as,
                daemon.networkInterface(),
                daemon.syncId(),
                daemon.group(),
                daemon.port(),
                daemon.ttl(),
                cause));
  }

  private void stopSync(SyncRole as, long cause) {
    ports.director().tell(new DirectorTable.StopSync(ports.who(), as, cause));
  }
}
