package org.vipdrift.actors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.Interfaces.InterfaceStatus;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.node.NodeConfiguration.Instance;
import org.vipdrift.model.node.NodeConfiguration.Tracked;
import org.vipdrift.model.node.NodeConfiguration.TrackedKind;
import org.vipdrift.model.node.PrimaryAddress;
import org.vipdrift.model.node.Tracking;
import org.vipdrift.model.node.Tracking.TrackedStatus;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.vrrp.Advertisement;
import org.vipdrift.model.vrrp.GroupCommand;
import org.vipdrift.model.vrrp.ReceiveChecks;
import org.vipdrift.model.vrrp.ReceivedPacket;
import org.vipdrift.model.vrrp.VirtualInterface;
import org.vipdrift.model.vrrp.VirtualRouterSettings;
import org.vipdrift.model.vrrp.VrrpEvent;
import org.vipdrift.model.vrrp.VrrpMachine;
import org.vipdrift.model.vrrp.VrrpRouterState;
import org.vipdrift.model.vrrp.VrrpState;
import org.vipdrift.model.vrrp.VrrpTimer;
import org.vipdrift.model.vrrp.VrrpTransition;

/**
 * One virtual router: turns messages into events for {@link VrrpMachine} and has its effects
 * performed in order.
 *
 * <p>It starts its machine once it knows its interfaces, files and programs; scripts it need not
 * wait for.
 */
final class VrrpInstance extends AbstractMatchingBehavior<VrrpInstance.Command> {
  /** What it is told. */
  sealed interface Command {}

  /** An interface it uses is now like this. */
  record InterfaceSeen(InterfaceStatus status) implements Command {}

  /** Something it tracks has news. */
  record TrackedChanged(TrackedKind kind, String name, TrackedStatus status, long cause)
      implements Command {}

  /** A VRRP message arrived. */
  record PacketArrived(VrrpNetwork.PacketReceived packet) implements Command {}

  /** A timer went off. */
  record TimerExpired(DeadlineTimers.TimerFired<VrrpTimer> fired) implements Command {}

  /** The sync group orders. */
  record GroupOrdered(GroupCommand command, long cause) implements Command {}

  /** An address operation was answered. */
  record AddressAnswered(AddressTable.Answer answer) implements Command {}

  /** A route operation was answered. */
  record RouteAnswered(RouteTable.Answer answer) implements Command {}

  /** The configuration is about to be read again. */
  record ReloadBegins(long cause) implements Command {}

  /** The configuration was read again. */
  record Reconfigure(
      Instance instance, Optional<ActorRef<SyncGroupCoordinator.Command>> group, long cause)
      implements Command {}

  /** Leave in order, then stop. */
  record Shutdown(long cause) implements Command {}

  /** It is no longer in the configuration: leave, then stop. */
  record Delete(long cause) implements Command {}

  private final NodePorts ports;
  private final ActorRef<VrrpNetwork.PacketReceived> packets;
  private final VrrpEffects effects;
  private final Map<String, InterfaceStatus> interfaces = new LinkedHashMap<>();
  private Instance instance;
  private VirtualRouterSettings settings;
  private Tracking tracking;
  private VrrpRouterState state;
  private List<String> faults = List.of();
  private int effectivePriority;
  private boolean started;
  private boolean joined;

  private VrrpInstance(
      ActorContext<Command> context,
      Instance instance,
      NodePorts ports,
      Optional<ActorRef<SyncGroupCoordinator.Command>> group,
      ActorRef<NotifyScripts.Command> notifyScripts) {
    super(context);
    this.instance = instance;
    this.settings = instance.settings();
    this.ports = ports;
    this.tracking = Tracking.of(settings.basePriority(), instance.tracked());
    this.state = VrrpRouterState.initial(settings);
    this.effectivePriority = settings.basePriority();
    this.packets = context.messageAdapter(VrrpNetwork.PacketReceived.class, PacketArrived::new);
    this.effects = new VrrpEffects(context, ports, group, instance.notifications(), notifyScripts);
  }

  static Behavior<Command> create(
      Instance instance,
      NodePorts ports,
      Optional<ActorRef<SyncGroupCoordinator.Command>> group,
      ActorRef<NotifyScripts.Command> notifyScripts) {
    return Behaviors.setup(
        context -> new VrrpInstance(context, instance, ports, group, notifyScripts));
  }

  /** The interfaces whose news an instance needs: its own, those it tracks or installs on. */
  static List<String> interfacesOf(Instance instance) {
    List<String> names = new ArrayList<>();
    names.add(instance.settings().interfaceName());
    for (VirtualInterface virtual : instance.settings().virtualInterfaces()) {
      names.add(virtual.name());
    }
    for (Tracked tracked : instance.tracked()) {
      if (tracked.kind() == TrackedKind.INTERFACE && !names.contains(tracked.name())) {
        names.add(tracked.name());
      }
    }
    return names;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case PacketArrived(VrrpNetwork.PacketReceived packet) -> packetArrived(packet);
      case TimerExpired(DeadlineTimers.TimerFired<VrrpTimer> fired) -> timerExpired(fired);
      case InterfaceSeen(InterfaceStatus status) -> interfaceSeen(status);
      case TrackedChanged(TrackedKind kind, String name, TrackedStatus status, long cause) ->
          tracked(tracking.with(kind, name, status), kind, name, cause);
      case GroupOrdered(GroupCommand order, long cause) -> {
        if (started) {
          on(new VrrpEvent.GroupCommanded(now(), order), cause);
        }
      }
      case AddressAnswered(AddressTable.Answer answer) -> addressAnswered(answer);
      case RouteAnswered(RouteTable.Answer answer) -> routeAnswered(answer);
      case ReloadBegins(long cause) -> {
        if (started) {
          on(new VrrpEvent.ReloadBegan(now()), cause);
        }
      }
      case Reconfigure reconfigure -> reconfigure(reconfigure);
      case Shutdown(long cause) -> {
        return leave(new VrrpEvent.ShutdownRequested(now()), cause);
      }
      case Delete(long cause) -> {
        return leave(new VrrpEvent.InstanceDeleted(now()), cause);
      }
    }
    return this;
  }

  private long now() {
    return ports.clock().monotonicNanos();
  }

  private void packetArrived(VrrpNetwork.PacketReceived packet) {
    if (!started || state.state() == VrrpState.FAULT || state.state() == VrrpState.INIT) {
      return;
    }
    long at = now() - packet.ageNanos();
    ReceivedPacket received =
        new ReceivedPacket(
            packet.message(), packet.source(), packet.destination(), packet.ttl(), at);
    switch (ReceiveChecks.check(settings, state, received)) {
      case ReceiveChecks.Checked.Accepted(Advertisement advertisement, Optional<String> remark) -> {
        long cause =
            ports
                .trace()
                .emit(
                    new TraceDetail.AdvertReceived(
                        settings.instance(),
                        advertisement.vrid(),
                        advertisement.version(),
                        advertisement.priority(),
                        packet.source()),
                    packet.cause());
        remark.ifPresent(line -> log(line, cause));
        on(new VrrpEvent.AdvertisementReceived(at, advertisement, packet.source()), cause);
      }
      case ReceiveChecks.Checked.Dropped dropped -> {
        long cause =
            ports
                .trace()
                .emit(
                    new TraceDetail.AdvertDropped(
                        settings.instance(),
                        packet.source(),
                        dropped.reason().traceName(),
                        dropped.detail()),
                    packet.cause());
        on(new VrrpEvent.AdvertisementDropped(at, dropped.reason(), packet.source()), cause);
      }
    }
  }

  private void addressAnswered(AddressTable.Answer answer) {
    switch (answer.outcome()) {
      case DONE, ALREADY_THERE, NOT_THERE -> {}
      case NO_SUCH_INTERFACE ->
          log(
              "no interface " + answer.networkInterface() + " for " + answer.address(),
              answer.cause());
      case REFUSED ->
          log(
              "the kernel refused " + answer.address() + " on " + answer.networkInterface(),
              answer.cause());
    }
  }

  private void routeAnswered(RouteTable.Answer answer) {
    switch (answer.outcome()) {
      case DONE, ALREADY_THERE, NOT_THERE -> {}
      case NO_SUCH_INTERFACE -> log("no interface for " + answer.entry().text(), answer.cause());
      case REFUSED -> log("the kernel refused " + answer.entry().text(), answer.cause());
    }
  }

  private void log(String line, long cause) {
    ports
        .trace()
        .emit(
            new TraceDetail.LogLine(ports.process(), "(" + settings.instance() + ") " + line),
            cause);
  }

  private void timerExpired(DeadlineTimers.TimerFired<VrrpTimer> fired) {
    if (!effects.timers().accept(fired)) {
      return;
    }
    long at = now();
    VrrpEvent event =
        switch (fired.key()) {
          case MASTER_DOWN -> new VrrpEvent.MasterDownTimerExpired(at);
          case ADVERTISEMENT -> new VrrpEvent.AdvertisementTimerExpired(at);
          case GARP_DELAY -> new VrrpEvent.GarpDelayTimerExpired(at);
          case GARP_REFRESH -> new VrrpEvent.GarpRefreshTimerExpired(at);
          case LOWER_PRIORITY_GARP -> new VrrpEvent.LowerPriorityGarpTimerExpired(at);
        };
    on(event, effects.timerCause(fired.key()));
  }

  private void interfaceSeen(InterfaceStatus status) {
    InterfaceStatus before = interfaces.put(status.name(), status);
    boolean wasUp = before == null || before.up();
    if (started && status.up() && !wasUp && status.name().equals(settings.socketInterfaceName())) {
      join();
    }
    if (started && status.name().equals(settings.interfaceName())) {
      IpAddress source = sourceAddress();
      if (!source.equals(state.sourceAddress())) {
        on(new VrrpEvent.SourceAddressChanged(now(), source), status.cause());
      }
    }
    tracked(
        tracking.with(TrackedKind.INTERFACE, status.name(), new TrackedStatus.Working(status.up())),
        TrackedKind.INTERFACE,
        status.name(),
        status.cause());
  }

  private void tracked(Tracking next, TrackedKind kind, String name, long cause) {
    tracking = next;
    if (!started) {
      startWhenKnown(cause);
      return;
    }
    List<String> nextFaults = currentFaults();
    for (String fault : faults) {
      if (!nextFaults.contains(fault)) {
        on(new VrrpEvent.FaultCleared(now(), fault), cause);
      }
    }
    for (String fault : nextFaults) {
      if (!faults.contains(fault)) {
        on(new VrrpEvent.FaultRaised(now(), fault), cause);
      }
    }
    faults = nextFaults;
    int priority = tracking.effectivePriority().priority();
    if (priority != effectivePriority) {
      changePriority(priority, kind.name().toLowerCase(java.util.Locale.ROOT) + " " + name, cause);
    }
    if (state.awaitsFirstResults() && !tracking.awaits(TrackedKind.SCRIPT)) {
      on(new VrrpEvent.FirstResultsArrived(now()), cause);
    }
  }

  private void changePriority(int priority, String reason, long cause) {
    long id =
        ports
            .trace()
            .emit(
                new TraceDetail.VrrpPriorityChanged(
                    settings.instance(), effectivePriority, priority, reason),
                cause);
    effectivePriority = priority;
    on(new VrrpEvent.PriorityChanged(now(), priority, reason), id);
    effects.tellPriority(settings, state, id);
  }

  private void startWhenKnown(long cause) {
    if (!interfaces.keySet().containsAll(interfacesOf(instance))
        || tracking.awaits(TrackedKind.INTERFACE)
        || tracking.awaits(TrackedKind.FILE)
        || tracking.awaits(TrackedKind.PROCESS)) {
      return;
    }
    started = true;
    join();
    faults = currentFaults();
    effectivePriority = tracking.effectivePriority().priority();
    on(
        new VrrpEvent.Started(
            now(), sourceAddress(), faults, tracking.awaits(TrackedKind.SCRIPT), effectivePriority),
        cause);
  }

  private List<String> currentFaults() {
    List<String> current = new ArrayList<>(tracking.effectivePriority().faults());
    InterfaceStatus own = interfaces.get(settings.interfaceName());
    String name = "interface " + settings.interfaceName();
    if (instance.tracksOwnInterface() && own != null && !own.up() && !current.contains(name)) {
      current.add(name);
    }
    for (VirtualInterface virtual : settings.virtualInterfaces()) {
      InterfaceStatus status = interfaces.get(virtual.name());
      String fault = "interface " + virtual.name();
      if (status != null && !status.up() && !current.contains(fault)) {
        current.add(fault);
      }
    }
    if (PrimaryAddress.isUnspecified(sourceAddress())) {
      current.add("no address on " + settings.interfaceName());
    }
    return current;
  }

  private IpAddress sourceAddress() {
    InterfaceStatus own = interfaces.get(settings.interfaceName());
    return PrimaryAddress.of(settings, own == null ? List.of() : own.addresses());
  }

  /** Closes the socket of an instance with these settings. */
  static VrrpNetwork.Leave leaving(String who, VirtualRouterSettings settings) {
    return new VrrpNetwork.Leave(
        who, settings.socketInterfaceName(), group(settings), settings.vrid());
  }

  private static IpAddress group(VirtualRouterSettings settings) {
    if (settings.unicast().isPresent()) {
      return PrimaryAddress.unspecified(settings.family());
    }
    return settings.multicastGroup();
  }

  private void join() {
    joined = true;
    effects.lendSource(settings, sourceAddress(), TraceEvent.NO_CAUSE);
    ports
        .network()
        .tell(
            new VrrpNetwork.Join(
                ports.who(),
                settings.socketInterfaceName(),
                group(settings),
                settings.vrid(),
                packets));
  }

  private void quit() {
    if (joined) {
      joined = false;
      ports.network().tell(leaving(ports.who(), settings));
    }
  }

  private void reconfigure(Reconfigure reconfigure) {
    VirtualRouterSettings previous = settings;
    boolean socketMoves = socketMoves(previous, reconfigure.instance.settings());
    if (socketMoves) {
      quit();
    }
    instance = reconfigure.instance;
    settings = instance.settings();
    effects.configure(reconfigure.group, instance.notifications());
    Tracking old = tracking;
    Tracking next = Tracking.of(settings.basePriority(), instance.tracked());
    for (Map.Entry<Tracked, TrackedStatus> known : old.statuses().entrySet()) {
      next = next.with(known.getKey().kind(), known.getKey().name(), known.getValue());
    }
    if (!started) {
      tracking = next;
      return;
    }
    if (socketMoves) {
      join();
    }
    tracking = next;
    effectivePriority = tracking.effectivePriority().priority();
    on(
        new VrrpEvent.SettingsChanged(now(), settings, previous, effectivePriority),
        reconfigure.cause);
  }

  private static boolean socketMoves(VirtualRouterSettings old, VirtualRouterSettings next) {
    return old.vrid() != next.vrid()
        || !old.socketInterfaceName().equals(next.socketInterfaceName())
        || old.unicast().isPresent() != next.unicast().isPresent()
        || !old.multicastGroup().equals(next.multicastGroup());
  }

  private Behavior<Command> leave(VrrpEvent event, long cause) {
    if (started) {
      on(event, cause);
    }
    quit();
    effects.timers().cancelAll();
    return Behaviors.stopped();
  }

  private void on(VrrpEvent event, long cause) {
    VrrpTransition transition = VrrpMachine.on(settings, state, event);
    state = transition.next();
    effects.perform(settings, state, transition.effects(), cause);
  }
}
