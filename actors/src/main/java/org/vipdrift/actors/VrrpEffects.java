package org.vipdrift.actors;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.NeighborAnnouncer;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.node.NodeConfiguration.NotifyCommands;
import org.vipdrift.model.route.RouteEntry;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.vrrp.AddressAttributes;
import org.vipdrift.model.vrrp.AdvertisementCodec;
import org.vipdrift.model.vrrp.Unicast;
import org.vipdrift.model.vrrp.VirtualAddress;
import org.vipdrift.model.vrrp.VirtualRouterSettings;
import org.vipdrift.model.vrrp.VrrpEffect;
import org.vipdrift.model.vrrp.VrrpRouterState;
import org.vipdrift.model.vrrp.VrrpState;
import org.vipdrift.model.vrrp.VrrpTimer;

/** Performs what one virtual router's machine asks for, through the ports. */
final class VrrpEffects {
  private static final int MULTICAST_TTL = 255;
  private static final int LINK_LOCAL_LENGTH = 64;

  private final NodePorts ports;
  private final ActorRef<AddressTable.Answer> addressAnswers;
  private final ActorRef<RouteTable.Answer> routeAnswers;
  private final ActorRef<NotifyScripts.Command> notifyScripts;
  private final DeadlineTimers<VrrpTimer> timers;
  private final long[] timerCauses = new long[VrrpTimer.values().length];
  private Optional<ActorRef<SyncGroupCoordinator.Command>> group;
  private NotifyCommands notifications;

  VrrpEffects(
      ActorContext<VrrpInstance.Command> context,
      NodePorts ports,
      Optional<ActorRef<SyncGroupCoordinator.Command>> group,
      NotifyCommands notifications,
      ActorRef<NotifyScripts.Command> notifyScripts) {
    this.ports = ports;
    this.group = group;
    this.notifications = notifications;
    this.addressAnswers =
        context.messageAdapter(AddressTable.Answer.class, VrrpInstance.AddressAnswered::new);
    this.routeAnswers =
        context.messageAdapter(RouteTable.Answer.class, VrrpInstance.RouteAnswered::new);
    this.notifyScripts = notifyScripts;
    ActorRef<VrrpInstance.Command> self = context.getSelf();
    this.timers =
        new DeadlineTimers<>(
            VrrpTimer.class,
            ports.alarms(),
            fired -> self.tell(new VrrpInstance.TimerExpired(fired)));
  }

  DeadlineTimers<VrrpTimer> timers() {
    return timers;
  }

  /** The event that led to setting this timer. */
  long timerCause(VrrpTimer timer) {
    return timerCauses[timer.ordinal()];
  }

  /** Whom to tell and notify from now on. */
  void configure(
      Optional<ActorRef<SyncGroupCoordinator.Command>> newGroup, NotifyCommands newNotifications) {
    group = newGroup;
    notifications = newNotifications;
  }

  /**
   * Performs effects in order; a change of state becomes the cause of what follows it.
   *
   * @param state after the event that asked for them
   */
  void perform(
      VirtualRouterSettings settings,
      VrrpRouterState state,
      List<VrrpEffect> effects,
      long eventCause) {
    long cause = eventCause;
    for (VrrpEffect effect : effects) {
      switch (effect) {
        case VrrpEffect.SendAdvertisement(int priority) ->
            sendAdvertisement(settings, state.sourceAddress(), priority, cause);
        case VrrpEffect.AddVirtualAddresses(List<VirtualAddress> addresses) ->
            add(settings, addresses, cause);
        case VrrpEffect.RemoveVirtualAddresses(List<VirtualAddress> addresses) ->
            remove(settings, addresses, cause);
        case VrrpEffect.AddRouting(List<RouteEntry> entries) -> addRouting(entries, cause);
        case VrrpEffect.RemoveRouting(List<RouteEntry> entries) -> removeRouting(entries, cause);
        case VrrpEffect.AnnounceAddresses(int repeat, List<VirtualAddress> addresses) ->
            announce(settings, repeat, addresses, cause);
        case VrrpEffect.SetTimer(VrrpTimer timer, long deadlineNanos) -> {
          timerCauses[timer.ordinal()] = cause;
          timers.arm(timer, deadlineNanos);
        }
        case VrrpEffect.CancelTimer(VrrpTimer timer) -> timers.cancel(timer);
        case VrrpEffect.ReportTransition transition ->
            cause =
                ports
                    .trace()
                    .emit(
                        new TraceDetail.VrrpStateChanged(
                            settings.instance(),
                            transition.from().name(),
                            transition.to().name(),
                            transition.reason()),
                        cause);
        case VrrpEffect.Log(String line) ->
            ports
                .trace()
                .emit(
                    new TraceDetail.LogLine(
                        ports.process(), "(" + settings.instance() + ") " + line),
                    cause);
        case VrrpEffect.Notify notification ->
            notifyScripts.tell(
                new NotifyScripts.Changed(
                    notifications,
                    "INSTANCE",
                    settings.instance(),
                    notification.kind(),
                    notification.priority(),
                    cause));
        case VrrpEffect.TellSyncGroup tell -> {
          SyncGroupCoordinator.MemberReported report =
              new SyncGroupCoordinator.MemberReported(settings.instance(), tell.report(), cause);
          group.ifPresent(g -> g.tell(report));
        }
      }
    }
  }

  /** Pipes hear of a priority that counts, where the configuration asks for it. */
  void tellPriority(VirtualRouterSettings settings, VrrpRouterState state, long cause) {
    boolean counts = state.state() == VrrpState.MASTER || state.state() == VrrpState.BACKUP;
    if (counts && notifications.priorityChanges()) {
      notifyScripts.tell(
          new NotifyScripts.PriorityChanged(
              settings.instance(), state.state(), state.effectivePriority(), cause));
    }
  }

  /**
   * A link-local source must be an address of the interface it is used on: keepalived 2.2.7 adds it
   * to the virtual one, deprecated and unprobed. It goes with the interface.
   */
  void lendSource(VirtualRouterSettings settings, IpAddress source, long cause) {
    if (settings.socketInterface().isPresent()
        && settings.family() == IpFamily.IPV6
        && source.isLinkLocal()) {
      ports
          .addresses()
          .tell(
              new AddressTable.Add(
                  ports.who(),
                  settings.socketInterfaceName(),
                  new IpPrefix(source, LINK_LOCAL_LENGTH),
                  new AddressAttributes(
                      Optional.empty(),
                      AddressAttributes.GLOBAL,
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of(Duration.ZERO),
                      List.of(AddressAttributes.Flag.NO_DUPLICATE_DETECTION)),
                  addressAnswers,
                  cause));
    }
  }

  private void sendAdvertisement(
      VirtualRouterSettings settings, IpAddress source, int priority, long cause) {
    if (settings.unicast().isPresent()) {
      Unicast unicast = settings.unicast().get();
      for (Unicast.Peer peer : unicast.peers()) {
        send(settings, source, peer.address(), unicast.ttl(), priority, cause);
      }
    } else {
      send(settings, source, settings.multicastGroup(), MULTICAST_TTL, priority, cause);
    }
  }

  private void send(
      VirtualRouterSettings settings,
      IpAddress source,
      IpAddress destination,
      int ttl,
      int priority,
      long cause) {
    Octets message =
        AdvertisementCodec.encode(
            settings.advertisement(priority),
            source,
            destination,
            settings.dialect().checksumMode());
    long id =
        ports
            .trace()
            .emit(
                new TraceDetail.AdvertSent(
                    settings.instance(),
                    settings.vrid(),
                    settings.version(),
                    priority,
                    source,
                    destination),
                cause);
    ports
        .network()
        .tell(
            new VrrpNetwork.SendPacket(
                ports.who(),
                settings.socketInterfaceName(),
                source,
                destination,
                ttl,
                message,
                id));
  }

  private void add(VirtualRouterSettings settings, List<VirtualAddress> addresses, long cause) {
    for (VirtualAddress address : addresses) {
      if (!settings.acceptMode()) {
        ports.packetFilter().tell(new PacketFilter.RefuseTraffic(ports.who(), address.address()));
      }
      ports
          .addresses()
          .tell(
              new AddressTable.Add(
                  ports.who(),
                  address.interfaceName().orElse(settings.interfaceName()),
                  address.prefix(),
                  address.attributes(),
                  addressAnswers,
                  cause));
    }
  }

  private void remove(VirtualRouterSettings settings, List<VirtualAddress> addresses, long cause) {
    for (VirtualAddress address : addresses) {
      ports
          .addresses()
          .tell(
              new AddressTable.Remove(
                  ports.who(),
                  address.interfaceName().orElse(settings.interfaceName()),
                  address.prefix(),
                  addressAnswers,
                  cause));
      if (!settings.acceptMode()) {
        ports.packetFilter().tell(new PacketFilter.AcceptTraffic(ports.who(), address.address()));
      }
    }
  }

  private void addRouting(List<RouteEntry> entries, long cause) {
    for (RouteEntry entry : entries) {
      ports.routes().tell(new RouteTable.Add(ports.who(), entry, routeAnswers, cause));
    }
  }

  private void removeRouting(List<RouteEntry> entries, long cause) {
    for (RouteEntry entry : entries) {
      ports.routes().tell(new RouteTable.Remove(ports.who(), entry, routeAnswers, cause));
    }
  }

  private void announce(
      VirtualRouterSettings settings, int repeat, List<VirtualAddress> addresses, long cause) {
    for (int i = 0; i < repeat; i++) {
      for (VirtualAddress address : addresses) {
        ports
            .announcer()
            .tell(
                new NeighborAnnouncer.Announce(
                    ports.who(),
                    address.interfaceName().orElse(settings.interfaceName()),
                    address.address(),
                    cause));
      }
    }
  }
}
