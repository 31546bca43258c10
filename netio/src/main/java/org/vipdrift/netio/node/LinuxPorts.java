package org.vipdrift.netio.node;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.actors.NodePorts;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.actors.port.Clock;
import org.vipdrift.actors.port.NeighborAnnouncer;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.node.Account;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.vrrp.VirtualAddress;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.link.LinkMonitor;
import org.vipdrift.netio.link.LinkWatch;
import org.vipdrift.netio.link.NeighborListener;
import org.vipdrift.netio.link.NetworkNamespace;
import org.vipdrift.netio.link.PacketCounters;
import org.vipdrift.netio.link.RouteSocket;
import org.vipdrift.netio.link.VirtualLinks;
import org.vipdrift.netio.port.ArpDuplicateProbe;
import org.vipdrift.netio.port.LinuxAddressTable;
import org.vipdrift.netio.port.LinuxFileWatch;
import org.vipdrift.netio.port.LinuxInterfaces;
import org.vipdrift.netio.port.LinuxMailTransport;
import org.vipdrift.netio.port.LinuxNeighborAnnouncer;
import org.vipdrift.netio.port.LinuxNotifyFifo;
import org.vipdrift.netio.port.LinuxPacketFilter;
import org.vipdrift.netio.port.LinuxProber;
import org.vipdrift.netio.port.LinuxProcessWatch;
import org.vipdrift.netio.port.LinuxRouteTable;
import org.vipdrift.netio.port.LinuxScriptRunner;
import org.vipdrift.netio.port.LinuxVirtualInterfaces;
import org.vipdrift.netio.port.LinuxVrrpNetwork;
import org.vipdrift.netio.port.OwnChanges;
import org.vipdrift.netio.port.StaleAddresses;
import org.vipdrift.netio.script.ScriptLauncher;
import org.vipdrift.netio.script.ScriptUser;
import org.vipdrift.netio.time.NodeSystem;

/** Opens what the ports of a node stand on, and spawns them. */
final class LinuxPorts implements AutoCloseable, ForeignClaims.Told {
  private static final Logger LOG = LoggerFactory.getLogger(LinuxPorts.class);
  private static final String OWN_NAMESPACE = "/proc/self/ns/net";
  private static final Duration PROBE_MARGIN = Duration.ofMillis(500);
  private static final String SCRIPT_USER = "keepalived_script";

  private final NodeOptions options;
  private final LiveTrace trace;
  private final Clock clock;
  private final Alarms alarms;
  private final SplitBrainAlarm alarm;
  private final BooleanSupplier leaving;
  private final InertPorts inert;
  private final PacketCounters counters = new PacketCounters();
  private final OwnChanges changes = new OwnChanges();
  private final AtomicReference<NodeConfiguration> configuration;
  private final ScriptLauncher launcher;
  private final AtomicReference<ScriptUser> scriptUser;
  private final NetworkNamespace namespace;
  private final RouteSocket addressSocket;
  private final RouteSocket routeSocket;
  private final VirtualLinks virtualLinks;
  private final LinkMonitor monitor;
  private final LinkWatch watch;
  private final ForeignClaims claims;
  private final ArpDuplicateProbe probe;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /**
   * Opens everything; what has been opened is closed again where something is refused.
   *
   * @param leaving whether the node is on its way out
   */
  LinuxPorts(
      NodeOptions options,
      NodeConfiguration configuration,
      LiveTrace trace,
      Clock clock,
      Alarms alarms,
      SplitBrainAlarm alarm,
      BooleanSupplier leaving)
      throws NodeRefusal {
    this.options = options;
    this.configuration = new AtomicReference<>(configuration);
    this.trace = trace;
    this.clock = clock;
    this.alarms = alarms;
    this.alarm = alarm;
    this.leaving = leaving;
    this.inert = new InertPorts(told -> log("dry run: " + told));
    try {
      this.namespace = NetworkNamespace.at(OWN_NAMESPACE);
      opened.push(namespace);
      this.addressSocket = RouteSocket.open();
      opened.push(addressSocket);
      this.probe = new ArpDuplicateProbe(namespace, clock, alarms, this::untilLegitimate, counters);
      opened.push(probe);
      this.claims =
          new ForeignClaims(namespace, addressSocket, probe, counters, this::isVirtual, this);
      opened.push(claims);
      if (!options.dryRun()) {
        // The answers come while all else is opened.
        claims.listen(configuration);
        claims.ask();
      }
      this.launcher = ScriptLauncher.find();
      this.scriptUser = new AtomicReference<>(scriptUser(configuration.process().scriptAccount()));
      this.routeSocket = RouteSocket.open();
      opened.push(routeSocket);
      this.virtualLinks = VirtualLinks.open();
      opened.push(virtualLinks);
      this.monitor = LinkMonitor.start("vipdrift-links");
      opened.push(monitor);
      this.watch = monitor.open(Set.of(LinkWatch.Group.LINKS, LinkWatch.Group.ADDRESSES));
      if (!options.dryRun()) {
        removeLeftovers();
      }
    } catch (IOException refused) {
      close();
      throw new NodeRefusal(NodeRefusal.Kind.ENVIRONMENT, refused.getMessage());
    }
  }

  static ScriptUser scriptUser(Optional<Account> account) throws IOException, NodeRefusal {
    ScriptUser.Lookup lookup =
        account.isPresent()
            ? ScriptUser.find(account.get().user(), account.get().group())
            : ScriptUser.find(SCRIPT_USER, Optional.empty());
    return switch (lookup) {
      case ScriptUser.Lookup.Found(ScriptUser user) -> user;
      case ScriptUser.Lookup.Unknown(String told) -> {
        if (account.isPresent()) {
          throw new NodeRefusal(NodeRefusal.Kind.CONFIGURATION, told);
        }
        yield ScriptUser.ROOT;
      }
    };
  }

  /** What an incarnation that was killed has left in the address table. */
  private void removeLeftovers() throws NativeException {
    for (StaleAddresses.Removed removed :
        StaleAddresses.remove(addressSocket, configuration.get())) {
      log("removed stale " + removed.address() + " from " + removed.networkInterface());
    }
  }

  /** For so long another machine may rightly answer for a virtual address after a takeover. */
  private Duration untilLegitimate(IpAddress address) {
    return configuration.get().instances().stream()
        .map(NodeConfiguration.Instance::settings)
        .filter(s -> s.installedAddresses().stream().anyMatch(a -> a.address().equals(address)))
        .map(s -> SplitBrainAlarm.legitimate(s).plus(PROBE_MARGIN))
        .findFirst()
        .orElse(Duration.ZERO);
  }

  private boolean isVirtual(IpAddress address) {
    for (NodeConfiguration.Instance instance : configuration.get().instances()) {
      for (VirtualAddress virtual : instance.settings().installedAddresses()) {
        if (virtual.address().equals(address)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void virtual(NeighborListener.NeighborClaim claim) {
    alarm.addressClaimed(claim.networkInterface(), claim.address(), claim.mac(), trace.now());
  }

  @Override
  public void duplicate(String text) {
    log(text);
  }

  /** Refuses an address of this machine that another one has too, if that has answered by now. */
  void refuseDuplicates() throws NodeRefusal {
    claims.refuseDuplicates();
  }

  /** Which addresses are virtual from now on, whom scripts run as, and where rivals are heard. */
  void reconfigure(NodeConfiguration next) {
    configuration.set(next);
    try {
      scriptUser.set(scriptUser(next.process().scriptAccount()));
    } catch (IOException | NodeRefusal refused) {
      log("the script user stays as it was: " + refused.getMessage());
    }
    if (!options.dryRun()) {
      try {
        claims.listen(next);
      } catch (IOException refused) {
        log("other claims to the addresses are not heard everywhere: " + refused.getMessage());
      }
    }
  }

  /** Of instances that send or install on an interface, the longest distances. */
  private LinuxNeighborAnnouncer.Spacing spacing(String networkInterface) {
    return AnnouncementSpacing.of(configuration.get(), networkInterface);
  }

  private void log(String text) {
    trace.emit(new TraceDetail.LogLine(LogEntry.VRRP, text), TraceEvent.NO_CAUSE);
  }

  /** The ports as children of an actor. */
  NodeGuardian.PortSet spawn(ActorContext<NodeGuardian.Command> context) {
    List<ActorRef<?>> critical = new ArrayList<>();
    List<ActorRef<?>> others = new ArrayList<>();
    boolean dry = options.dryRun();
    ActorRef<VrrpNetwork.Command> network =
        context.spawn(
            LinuxVrrpNetwork.create(namespace, counters), "network", NodeSystem.onCallersThread());
    critical.add(network);
    ActorRef<ScriptRunner.Command> scripts =
        spawn(
            context,
            "scripts",
            LinuxScriptRunner.create(launcher, scriptUser::get, clock, alarms),
            critical);
    NodePorts ports =
        new NodePorts(
            "vipdrift",
            options.name(),
            LogEntry.VRRP,
            clock,
            alarms,
            trace,
            dry ? spawn(context, "dry-network", inert.network(network), others) : network,
            spawn(
                context,
                "interfaces",
                LinuxInterfaces.create(watch, changes, trace, this::isVirtual),
                critical),
            spawn(context, "addresses", dry ? inert.addresses() : addresses(), critical),
            spawn(context, "announcer", dry ? inert.announcer() : announcer(), critical),
            dry ? spawn(context, "dry-scripts", inert.scripts(scripts), others) : scripts,
            spawn(context, "files", LinuxFileWatch.create(clock, alarms), others),
            spawn(context, "processes", LinuxProcessWatch.create(clock, alarms), others),
            spawn(context, "packet-filter", dry ? inert.packetFilter() : packetFilter(), critical),
            spawn(context, "prober", LinuxProber.create(), others),
            spawn(context, "director", InertPorts.director(), others),
            spawn(context, "routes", dry ? inert.routes() : routes(), critical),
            spawn(
                context,
                "virtual-interfaces",
                dry ? inert.virtualInterfaces() : LinuxVirtualInterfaces.create(virtualLinks),
                critical),
            spawn(context, "fifos", dry ? inert.fifos() : LinuxNotifyFifo.create(), others),
            spawn(context, "mails", dry ? inert.mails() : LinuxMailTransport.create(), others),
            SplitRandom.ofSeed(System.nanoTime()));
    claims.keepAsking();
    return new NodeGuardian.PortSet(ports, critical, others);
  }

  private static <T> ActorRef<T> spawn(
      ActorContext<?> context, String name, Behavior<T> behavior, List<ActorRef<?>> list) {
    ActorRef<T> actor = context.spawn(behavior, name, DispatcherSelector.sameAsParent());
    list.add(actor);
    return actor;
  }

  private Behavior<AddressTable.Command> addresses() {
    Behavior<AddressTable.Command> real =
        LinuxAddressTable.create(addressSocket, changes, trace, this::isVirtual, probe);
    if (!options.keepAddresses()) {
      return real;
    }
    return Behaviors.setup(
        context -> {
          ActorRef<AddressTable.Command> table =
              context.spawn(real, "table", DispatcherSelector.sameAsParent());
          return Behaviors.receiveMessage(
              command -> {
                if (command instanceof AddressTable.Add || !leaving.getAsBoolean()) {
                  table.tell(command);
                }
                return Behaviors.same();
              });
        });
  }

  private Behavior<RouteTable.Command> routes() {
    Behavior<RouteTable.Command> real = LinuxRouteTable.create(routeSocket, trace);
    if (!options.keepAddresses()) {
      return real;
    }
    return Behaviors.setup(
        context -> {
          ActorRef<RouteTable.Command> table =
              context.spawn(real, "table", DispatcherSelector.sameAsParent());
          return Behaviors.receiveMessage(
              command -> {
                if (command instanceof RouteTable.Add || !leaving.getAsBoolean()) {
                  table.tell(command);
                }
                return Behaviors.same();
              });
        });
  }

  private Behavior<NeighborAnnouncer.Command> announcer() {
    return LinuxNeighborAnnouncer.create(
        new LinuxNeighborAnnouncer.Settings(
            namespace, this::spacing, clock, alarms, trace, counters));
  }

  /** What became of packets so far, in the words of traces. */
  Map<String, Long> packets() {
    Map<String, Long> packets = new LinkedHashMap<>();
    counters
        .snapshot()
        .forEach(
            (count, number) ->
                packets.put(count.name().toLowerCase(Locale.ROOT).replace('_', '-'), number));
    return packets;
  }

  private Behavior<PacketFilter.Command> packetFilter() {
    return LinuxPacketFilter.create(namespace);
  }

  @Override
  public void close() {
    for (AutoCloseable resource : opened) {
      try {
        resource.close();
      } catch (Exception refused) {
        LOG.debug("{} cannot be closed", resource, refused);
      }
    }
  }
}
