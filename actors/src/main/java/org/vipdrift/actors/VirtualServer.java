package org.vipdrift.actors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.DirectorTable;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.model.checker.CheckerSettings;
import org.vipdrift.model.checker.PoolEffect;
import org.vipdrift.model.checker.PoolEvent;
import org.vipdrift.model.checker.PoolMachine;
import org.vipdrift.model.checker.PoolState;
import org.vipdrift.model.checker.RealServerSettings;
import org.vipdrift.model.checker.VirtualServerSettings;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.ipvs.Destination;
import org.vipdrift.model.ipvs.DestinationKey;
import org.vipdrift.model.ipvs.ServiceKey;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ServerChange;
import org.vipdrift.model.trace.TraceEvent;

/** A virtual server: keeps the IPVS table as its checkers and quorum want it. */
final class VirtualServer extends AbstractMatchingBehavior<VirtualServer.Command> {
  /** What it is told. */
  sealed interface Command {}

  /** A checker has news of a real server. */
  record CheckerReported(
      ActorRef<HealthChecker.Command> from, boolean up, String reason, long cause)
      implements Command {}

  /**
   * A script wants this weight for a real server.
   *
   * @param weight -1 for the configured one
   */
  record WeightReported(ActorRef<HealthChecker.Command> from, int weight, long cause)
      implements Command {}

  /** Go on with another configuration of the same services. */
  record Reconfigure(VirtualServerSettings settings, long cause) implements Command {}

  /**
   * Leave in order, then stop.
   *
   * @param removes whether the table is cleared
   */
  record Stop(boolean removes, long cause) implements Command {}

  private record InterfaceSeen(Interfaces.InterfaceStatus status) implements Command {}

  private record ScriptEnded(ScriptRunner.Finished finished) implements Command {}

  /** Which real server, and which of its checkers. */
  private record Place(int server, int checker) {}

  /** A checker that runs, and what it was made of. */
  private record Running(CheckerSettings settings, ActorRef<HealthChecker.Command> actor) {}

  private final NodePorts ports;
  private final String name;
  private final ActorRef<ScriptRunner.Finished> scriptEnds;
  private final Map<Place, Running> checkers = new LinkedHashMap<>();
  private final Map<String, List<IpPrefix>> addresses = new LinkedHashMap<>();
  private VirtualServerSettings settings;
  private PoolState state;
  private boolean suspended;
  private boolean watching;
  private long spawned;
  private long runs;

  private VirtualServer(
      ActorContext<Command> context, VirtualServerSettings settings, String name, NodePorts ports) {
    super(context);
    this.settings = settings;
    this.name = name;
    this.ports = ports;
    this.state = PoolState.initial(settings);
    this.scriptEnds = context.messageAdapter(ScriptRunner.Finished.class, ScriptEnded::new);
    on(new PoolEvent.Started(), TraceEvent.NO_CAUSE);
    arrangeCheckers(TraceEvent.NO_CAUSE);
    watchAddresses();
  }

  /**
   * @param name unique in the process
   */
  static Behavior<Command> create(VirtualServerSettings settings, String name, NodePorts ports) {
    return Behaviors.setup(context -> new VirtualServer(context, settings, name, ports));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case CheckerReported(var from, boolean up, String reason, long cause) ->
          place(from)
              .ifPresent(
                  at ->
                      on(new PoolEvent.CheckerReported(at.server, at.checker, up, reason), cause));
      case WeightReported(var from, int weight, long cause) ->
          place(from).ifPresent(at -> weigh(at.server, weight, cause));
      case Reconfigure(VirtualServerSettings next, long cause) -> reconfigure(next, cause);
      case InterfaceSeen(Interfaces.InterfaceStatus status) -> {
        addresses.put(status.name(), status.addresses());
        suspend(settings.suspends() && !holdsAddress(), status.cause());
      }
      case ScriptEnded _ -> {}
      case Stop(boolean removes, long cause) -> {
        return stop(removes, cause);
      }
    }
    return this;
  }

  /** Of a checker that has ended nothing is taken any more. */
  private Optional<Place> place(ActorRef<HealthChecker.Command> from) {
    return checkers.entrySet().stream()
        .filter(entry -> entry.getValue().actor.equals(from))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private void weigh(int server, int weight, long cause) {
    int configured = settings.realServers().get(server).destination().weight();
    on(new PoolEvent.WeightSet(server, weight < 0 ? configured : weight), cause);
  }

  private void on(PoolEvent event, long cause) {
    perform(PoolMachine.on(settings, state, event), cause);
  }

  private void reconfigure(VirtualServerSettings next, long cause) {
    VirtualServerSettings before = settings;
    settings = next;
    perform(PoolMachine.reconfigure(before, state, next), cause);
    arrangeCheckers(cause);
    watchAddresses();
    suspend(settings.suspends() && !holdsAddress(), cause);
  }

  private Behavior<Command> stop(boolean removes, long cause) {
    checkers.values().forEach(c -> c.actor.tell(new HealthChecker.End(cause)));
    PoolMachine.Transition transition = PoolMachine.on(settings, state, new PoolEvent.Stopped());
    for (PoolEffect effect : transition.effects()) {
      boolean tables =
          effect instanceof PoolEffect.RemoveDestination
              || effect instanceof PoolEffect.RemoveServices;
      if (removes || !tables) {
        perform(effect, cause);
      }
    }
    ports.interfaces().tell(new Interfaces.Unwatch(who()));
    return Behaviors.stopped();
  }

  private String who() {
    return ports.who() + "/" + name;
  }

  // ---- checkers ----

  /** Ends the checkers that are gone or changed, and starts those that are new. */
  private void arrangeCheckers(long cause) {
    Map<Place, Running> before = new LinkedHashMap<>(checkers);
    checkers.clear();
    List<Place> missing = new ArrayList<>();
    for (int server = 0; server < settings.realServers().size(); server++) {
      List<CheckerSettings> wanted = settings.realServers().get(server).checkers();
      for (int checker = 0; checker < wanted.size(); checker++) {
        Place place = new Place(server, checker);
        Running running = before.get(place);
        if (running != null && running.settings.equals(wanted.get(checker))) {
          checkers.put(place, running);
          before.remove(place);
        } else {
          missing.add(place);
        }
      }
    }
    before.values().forEach(c -> c.actor.tell(new HealthChecker.End(cause)));
    missing.forEach(place -> startChecker(place, cause));
  }

  private void startChecker(Place place, long cause) {
    RealServerSettings server = settings.realServers().get(place.server());
    CheckerSettings checker = server.checkers().get(place.checker());
    String checkerName = name + "-checker-" + ++spawned;
    log(
        "Activating healthchecker for service " + server.name() + " for VS " + settings.name(),
        cause);
    checkers.put(
        place,
        new Running(
            checker,
            getContext()
                .spawn(
                    HealthChecker.create(checker, checkerName, ports, getContext().getSelf()),
                    checkerName,
                    DispatcherSelector.sameAsParent())));
    if (suspended) {
      checkers.get(place).actor.tell(new HealthChecker.Suspend(cause));
    }
  }

  // ---- ha_suspend ----

  private void watchAddresses() {
    if (settings.suspends() && !watching) {
      watching = true;
      ports
          .interfaces()
          .tell(
              new Interfaces.Watch(
                  who(),
                  getContext()
                      .messageAdapter(Interfaces.InterfaceStatus.class, InterfaceSeen::new)));
    }
  }

  private boolean holdsAddress() {
    for (ServiceKey key : settings.services()) {
      if (key instanceof ServiceKey.Address address
          && addresses.values().stream()
              .anyMatch(all -> all.stream().anyMatch(p -> p.address().equals(address.address())))) {
        return true;
      }
    }
    return false;
  }

  private void suspend(boolean next, long cause) {
    if (suspended == next) {
      return;
    }
    suspended = next;
    for (Map.Entry<Place, Running> entry : checkers.entrySet()) {
      log(
          (next ? "Suspending" : "Activating")
              + " healthchecker for service "
              + settings.realServers().get(entry.getKey().server()).name()
              + " for VS "
              + settings.name(),
          cause);
      entry
          .getValue()
          .actor
          .tell(next ? new HealthChecker.Suspend(cause) : new HealthChecker.Resume(cause));
    }
  }

  // ---- effects ----

  private void perform(PoolMachine.Transition transition, long cause) {
    state = transition.next();
    long current = cause;
    for (PoolEffect effect : transition.effects()) {
      current = perform(effect, current);
    }
  }

  /**
   * @return the cause of what follows
   */
  private long perform(PoolEffect effect, long cause) {
    switch (effect) {
      case PoolEffect.AddServices _, PoolEffect.EditServices _ ->
          forEachService(
              key -> new DirectorTable.PutService(ports.who(), settings.service(key), cause));
      case PoolEffect.RemoveServices _ ->
          forEachService(key -> new DirectorTable.RemoveService(ports.who(), key, cause));
      case PoolEffect.PutDestination(Destination destination) ->
          forEachService(
              key -> new DirectorTable.PutDestination(ports.who(), key, destination, cause));
      case PoolEffect.RemoveDestination(DestinationKey destination) ->
          forEachService(
              key -> new DirectorTable.RemoveDestination(ports.who(), key, destination, cause));
      case PoolEffect.ReportServer(RealServerSettings server, boolean up, String reason) -> {
        return ports
            .trace()
            .emit(
                new TraceDetail.ServerChanged(
                    ports.process(),
                    settings.label(),
                    server.label(),
                    up ? ServerChange.UP : ServerChange.DOWN,
                    reason),
                cause);
      }
      case PoolEffect.RunScript(List<String> words) -> {
        long event = ports.trace().emit(new TraceDetail.NotifyStarted(words), cause);
        ports
            .scripts()
            .tell(
                new ScriptRunner.Run(
                    ports.who(),
                    words.getFirst(),
                    ++runs,
                    words,
                    Optional.empty(),
                    scriptEnds,
                    event));
      }
      case PoolEffect.Log(String line) -> log(line, cause);
    }
    return cause;
  }

  private void forEachService(Function<ServiceKey, DirectorTable.Command> command) {
    for (ServiceKey key : settings.services()) {
      ports.director().tell(command.apply(key));
    }
  }

  private void log(String line, long cause) {
    ports.trace().emit(new TraceDetail.LogLine(ports.process(), line), cause);
  }
}
