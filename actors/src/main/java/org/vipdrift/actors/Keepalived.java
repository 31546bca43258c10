package org.vipdrift.actors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.FileWatch;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.actors.port.ProcessWatch;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.node.ProcessSettings;
import org.vipdrift.model.route.RouteEntry;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.vrrp.MemberReport;
import org.vipdrift.model.vrrp.NotifyKind;
import org.vipdrift.model.vrrp.VirtualAddress;
import org.vipdrift.model.vrrp.VirtualInterface;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

/** The keepalived process: spawns what its configuration asks for, and ends it in order. */
public final class Keepalived extends AbstractMatchingBehavior<Keepalived.Command> {
  /** What the process is told. */
  public sealed interface Command {}

  /** Leave in order, then stop. */
  public record Stop(long cause) implements Command {}

  /** Go on with another configuration. */
  public record Reload(NodeConfiguration configuration, long cause) implements Command {}

  /** An address operation was answered; the kernel has traced it already. */
  private record AddressAnswered(AddressTable.Answer answer) implements Command {}

  /** A route operation was answered; the kernel has traced it already. */
  private record RouteAnswered(RouteTable.Answer answer) implements Command {}

  /** An operation on a virtual interface was answered. */
  private record InterfaceAnswered(VirtualInterfaces.Answer answer) implements Command {}

  /** An instance is now master, or is it no longer. */
  private record InstanceChanged(String instance, boolean master, long cause) implements Command {}

  private final NodePorts ports;
  private final ActorRef<AddressTable.Answer> addressAnswers;
  private final ActorRef<RouteTable.Answer> routeAnswers;
  private final ActorRef<VirtualInterfaces.Answer> interfaceAnswers;
  private final ActorRef<NotifyScripts.Command> notifyScripts;
  private final ActorRef<MailAlerts.Command> mailAlerts;
  private final ActorRef<InterfaceTracker.Command> interfaceTracker;
  private final StaticEntries staticEntries;
  private final Trackers trackers;
  private final VirtualServers virtualServers;
  private final Map<String, ActorRef<VrrpInstance.Command>> instances = new LinkedHashMap<>();
  private final List<ActorRef<VrrpInstance.Command>> deleted = new ArrayList<>();
  private final Map<String, ActorRef<SyncGroupCoordinator.Command>> groups = new LinkedHashMap<>();
  private NodeConfiguration configuration;
  private long spawned;
  private boolean stopping;
  private long stopCause = TraceEvent.NO_CAUSE;

  private Keepalived(
      ActorContext<Command> context, NodeConfiguration configuration, NodePorts ports) {
    super(context);
    this.configuration = configuration;
    this.ports = ports;
    this.addressAnswers = context.messageAdapter(AddressTable.Answer.class, AddressAnswered::new);
    this.routeAnswers = context.messageAdapter(RouteTable.Answer.class, RouteAnswered::new);
    this.interfaceAnswers =
        context.messageAdapter(VirtualInterfaces.Answer.class, InterfaceAnswered::new);
    this.staticEntries = new StaticEntries(ports, addressAnswers, routeAnswers);
    staticEntries.change(ProcessSettings.DEFAULT, configuration.process(), TraceEvent.NO_CAUSE);
    this.notifyScripts =
        context.spawn(
            NotifyScripts.create(
                configuration.process(), ports, changed -> observe(context.getSelf(), changed)),
            "notify-scripts",
            DispatcherSelector.sameAsParent());
    this.mailAlerts =
        context.spawn(
            MailAlerts.create(configuration.process(), ports),
            "mail-alerts",
            DispatcherSelector.sameAsParent());
    this.interfaceTracker =
        context.spawn(
            InterfaceTracker.create(ports), "interface-tracker", DispatcherSelector.sameAsParent());
    this.trackers = new Trackers(context, ports);
    this.virtualServers = new VirtualServers(context, ports);
    ensureInterfaces(List.of(), virtualInterfaces(configuration), TraceEvent.NO_CAUSE);
    arrangeGroups(configuration);
    for (NodeConfiguration.Instance instance : configuration.instances()) {
      startInstance(instance);
    }
    trackers.start(configuration, instances);
    virtualServers.start(configuration);
  }

  private void observe(ActorRef<Command> self, NotifyScripts.Changed changed) {
    if (changed.commands().mails()) {
      mailAlerts.tell(new MailAlerts.Changed(changed));
    }
    boolean told =
        changed.type().equals("INSTANCE") && changed.kind() != NotifyKind.MASTER_RX_LOWER_PRIORITY;
    if (told) {
      self.tell(
          new InstanceChanged(
              changed.name(), changed.kind() == NotifyKind.MASTER, changed.cause()));
    }
  }

  public static Behavior<Command> create(NodeConfiguration configuration, NodePorts ports) {
    return Behaviors.setup(context -> new Keepalived(context, configuration, ports));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Stop(long cause) -> stop(cause);
      case Reload(NodeConfiguration next, long cause) -> reload(next, cause);
      case AddressAnswered(AddressTable.Answer answer) -> addressAnswered(answer);
      case RouteAnswered(RouteTable.Answer answer) -> routeAnswered(answer);
      case InterfaceAnswered(VirtualInterfaces.Answer answer) -> interfaceAnswered(answer);
      case InstanceChanged(String instance, boolean master, long cause) -> {
        virtualServers.instanceChanged(instance, master, cause);
        yield this;
      }
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    return switch (signal) {
      case ChildFailed failed -> childFailed(failed);
      case Terminated terminated -> childEnded(terminated);
      default -> Behaviors.unhandled();
    };
  }

  private void remove(VirtualRouterSettings settings, long cause) {
    for (RouteEntry entry : settings.routing().reversed()) {
      ports.routes().tell(new RouteTable.Remove(ports.who(), entry, routeAnswers, cause));
    }
    for (VirtualAddress address : settings.installedAddresses()) {
      String networkInterface = address.interfaceName().orElse(settings.interfaceName());
      ports
          .addresses()
          .tell(
              new AddressTable.Remove(
                  ports.who(), networkInterface, address.prefix(), addressAnswers, cause));
      ports.packetFilter().tell(new PacketFilter.AcceptTraffic(ports.who(), address.address()));
    }
  }

  /** The kernel has traced what it did; what it would not do is for the log. */
  private Behavior<Command> addressAnswered(AddressTable.Answer answer) {
    switch (answer.outcome()) {
      case DONE, ALREADY_THERE, NOT_THERE -> {}
      case NO_SUCH_INTERFACE, REFUSED ->
          complain(
              "address " + answer.address() + " on " + answer.networkInterface(),
              answer.outcome(),
              answer.cause());
    }
    return this;
  }

  private Behavior<Command> routeAnswered(RouteTable.Answer answer) {
    switch (answer.outcome()) {
      case DONE, ALREADY_THERE, NOT_THERE -> {}
      case NO_SUCH_INTERFACE, REFUSED ->
          complain(answer.entry().text(), answer.outcome(), answer.cause());
    }
    return this;
  }

  /** An instance whose interface cannot be made is told that it is down, and goes to FAULT. */
  private Behavior<Command> interfaceAnswered(VirtualInterfaces.Answer answer) {
    switch (answer.outcome()) {
      case DONE, ALREADY_THERE, NOT_THERE -> {}
      case NO_SUCH_PARENT, REFUSED -> {
        complain("virtual interface " + answer.name(), answer.outcome(), answer.cause());
        Interfaces.InterfaceStatus down =
            new Interfaces.InterfaceStatus(
                answer.name(), false, MacAddress.ZERO, List.of(), answer.cause());
        instances.values().forEach(i -> i.tell(new VrrpInstance.InterfaceSeen(down)));
      }
    }
    return this;
  }

  private void complain(String what, Enum<?> outcome, long cause) {
    String why = outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    ports.trace().emit(new TraceDetail.LogLine(ports.process(), what + ": " + why), cause);
  }

  private static List<VirtualInterface> virtualInterfaces(NodeConfiguration configuration) {
    return configuration.instances().stream()
        .flatMap(instance -> instance.settings().virtualInterfaces().stream())
        .toList();
  }

  private void ensureInterfaces(
      List<VirtualInterface> before, List<VirtualInterface> wanted, long cause) {
    for (VirtualInterface one : wanted) {
      if (!before.contains(one)) {
        ports
            .virtualInterfaces()
            .tell(new VirtualInterfaces.Ensure(ports.who(), one, interfaceAnswers, cause));
      }
    }
  }

  private void removeInterfaces(
      List<VirtualInterface> before, List<VirtualInterface> kept, long cause) {
    for (VirtualInterface one : before) {
      if (!kept.contains(one)) {
        ports
            .virtualInterfaces()
            .tell(new VirtualInterfaces.Remove(ports.who(), one.name(), interfaceAnswers, cause));
      }
    }
  }

  private void startInstance(NodeConfiguration.Instance instance) {
    Optional<ActorRef<SyncGroupCoordinator.Command>> group = groupOf(instance);
    ActorRef<VrrpInstance.Command> actor =
        getContext()
            .spawn(
                VrrpInstance.create(instance, ports, group, notifyScripts),
                nextName("instance"),
                DispatcherSelector.sameAsParent());
    getContext().watch(actor);
    instances.put(instance.name(), actor);
    connect(instance, group, actor);
  }

  /** Lets an instance's sync group and the interfaces know where it is. */
  private void connect(
      NodeConfiguration.Instance instance,
      Optional<ActorRef<SyncGroupCoordinator.Command>> group,
      ActorRef<VrrpInstance.Command> actor) {
    group.ifPresent(g -> g.tell(new SyncGroupCoordinator.MemberJoined(instance.name(), actor)));
    interfaceTracker.tell(
        new InterfaceTracker.Subscribe(
            instance.settings(), VrrpInstance.interfacesOf(instance), actor));
  }

  private Optional<ActorRef<SyncGroupCoordinator.Command>> groupOf(
      NodeConfiguration.Instance instance) {
    return instance.settings().syncGroup().map(groups::get);
  }

  private String nextName(String sort) {
    return sort + "-" + ++spawned;
  }

  private Behavior<Command> stop(long cause) {
    stopping = true;
    stopCause = cause;
    trackers.stop();
    virtualServers.stop(cause);
    ports.scripts().tell(new ScriptRunner.AbandonAll(ports.who()));
    instances.values().forEach(i -> i.tell(new VrrpInstance.Shutdown(cause)));
    return stoppedWhenEmpty();
  }

  private Behavior<Command> reload(NodeConfiguration next, long cause) {
    NodeConfiguration before = configuration;
    instances.values().forEach(i -> i.tell(new VrrpInstance.ReloadBegins(cause)));
    configuration = next;
    staticEntries.change(before.process(), next.process(), cause);
    if (!before.process().equals(next.process())) {
      notifyScripts.tell(new NotifyScripts.Configure(next.process(), cause));
      mailAlerts.tell(new MailAlerts.Configure(next.process()));
    }
    ensureInterfaces(virtualInterfaces(before), virtualInterfaces(next), cause);
    trackers.stopMissing(next);
    for (NodeConfiguration.Instance old : before.instances()) {
      if (next.instances().stream().noneMatch(i -> i.name().equals(old.name()))) {
        interfaceTracker.tell(new InterfaceTracker.Unsubscribe(old.name()));
        Optional.ofNullable(instances.remove(old.name())).ifPresent(i -> delete(i, cause));
      }
    }
    arrangeGroups(next);
    for (NodeConfiguration.Instance instance : next.instances()) {
      ActorRef<VrrpInstance.Command> running = instances.get(instance.name());
      if (running == null) {
        startInstance(instance);
      } else {
        interfaceTracker.tell(new InterfaceTracker.Unsubscribe(instance.name()));
        Optional<ActorRef<SyncGroupCoordinator.Command>> group = groupOf(instance);
        running.tell(new VrrpInstance.Reconfigure(instance, group, cause));
        connect(instance, group, running);
      }
    }
    trackers.start(next, instances);
    virtualServers.reload(next, cause);
    removeInterfaces(virtualInterfaces(before), virtualInterfaces(next), cause);
    return this;
  }

  /** It is still leaving when the next reload may already ask for one of its name. */
  private void delete(ActorRef<VrrpInstance.Command> instance, long cause) {
    deleted.add(instance);
    instance.tell(new VrrpInstance.Delete(cause));
  }

  /** Starts the groups that are new, tells those that stay, and ends those that are gone. */
  private void arrangeGroups(NodeConfiguration next) {
    List<String> gone = new ArrayList<>(groups.keySet());
    for (NodeConfiguration.Group group : next.groups()) {
      gone.remove(group.name());
      ActorRef<SyncGroupCoordinator.Command> running = groups.get(group.name());
      if (running == null) {
        groups.put(
            group.name(),
            getContext()
                .spawn(
                    SyncGroupCoordinator.create(group, ports, notifyScripts),
                    nextName("sync-group"),
                    DispatcherSelector.sameAsParent()));
      } else {
        running.tell(new SyncGroupCoordinator.Reconfigure(group));
      }
    }
    for (String name : gone) {
      getContext().stop(groups.remove(name));
    }
  }

  /** A bug in one instance must not take the others down. */
  private Behavior<Command> childFailed(ChildFailed failed) {
    for (NodeConfiguration.Instance instance : configuration.instances()) {
      ActorRef<VrrpInstance.Command> actor = instances.get(instance.name());
      if (actor != null && failed.getRef().equals(actor)) {
        long cause =
            ports
                .trace()
                .emit(
                    new TraceDetail.VrrpStateChanged(
                        instance.name(), "UNKNOWN", "FAULT", "internal error: " + failed.cause()),
                    TraceEvent.NO_CAUSE);
        remove(instance.settings(), cause);
        interfaceTracker.tell(new InterfaceTracker.Unsubscribe(instance.name()));
        ports.network().tell(VrrpInstance.leaving(ports.who(), instance.settings()));
        notifyScripts.tell(
            new NotifyScripts.Changed(
                instance.notifications(),
                "INSTANCE",
                instance.name(),
                NotifyKind.FAULT,
                instance.settings().basePriority(),
                cause));
        groupOf(instance)
            .ifPresent(
                group ->
                    group.tell(
                        new SyncGroupCoordinator.MemberReported(
                            instance.name(), MemberReport.FAULTED, cause)));
      }
    }
    return childEnded(failed);
  }

  private Behavior<Command> childEnded(Terminated terminated) {
    instances.values().removeIf(terminated.getRef()::equals);
    deleted.removeIf(terminated.getRef()::equals);
    virtualServers.ended(terminated.getRef());
    return stopping ? stoppedWhenEmpty() : this;
  }

  private Behavior<Command> stoppedWhenEmpty() {
    if (!instances.isEmpty() || !deleted.isEmpty() || !virtualServers.isEmpty()) {
      return this;
    }
    removeInterfaces(virtualInterfaces(configuration), List.of(), stopCause);
    staticEntries.change(configuration.process(), ProcessSettings.DEFAULT, stopCause);
    ports.interfaces().tell(new Interfaces.Unwatch(ports.who()));
    ports.files().tell(new FileWatch.Unwatch(ports.who()));
    ports.processes().tell(new ProcessWatch.Unwatch(ports.who()));
    ports.packetFilter().tell(new PacketFilter.ReleaseAll(ports.who()));
    return Behaviors.stopped();
  }
}
