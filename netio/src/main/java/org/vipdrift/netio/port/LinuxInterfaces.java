package org.vipdrift.netio.port;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.LinkChanged;
import org.vipdrift.model.trace.TraceDetail.VipAdded;
import org.vipdrift.model.trace.TraceDetail.VipRemoved;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.netio.link.Link;
import org.vipdrift.netio.link.LinkEvent;
import org.vipdrift.netio.link.LinkWatch;
import org.vipdrift.netio.link.LocalAddress;

/**
 * The links and addresses of a network namespace.
 *
 * <p>An IPv6 address that is still looked for elsewhere is not told: nothing can be bound to it.
 * What {@link LinuxAddressTable} did has its event as cause; what others did to links and virtual
 * addresses is traced here.
 */
public final class LinuxInterfaces extends AbstractMatchingBehavior<LinuxInterfaces.Message> {
  /** Who changed an address, as far as the kernel tells. */
  private static final String SOMEBODY_ELSE = "kernel";

  /** What this actor is told. */
  sealed interface Message {}

  private record Asked(Interfaces.Command command) implements Message {}

  private record Happened(LinkEvent event) implements Message {}

  /** An interface, and what was told of it. */
  private static final class Known {
    private Link link;
    private final List<LocalAddress> addresses = new ArrayList<>();
    private Optional<Interfaces.InterfaceStatus> told = Optional.empty();

    private Known(Link link) {
      this.link = link;
    }

    private Interfaces.InterfaceStatus status(long cause) {
      List<IpPrefix> usable =
          addresses.stream().filter(LocalAddress::isUsable).map(LocalAddress::prefix).toList();
      return new Interfaces.InterfaceStatus(link.name(), link.isUp(), link.mac(), usable, cause);
    }
  }

  private final LinkWatch watch;
  private final OwnChanges changes;
  private final TraceSink trace;
  private final Predicate<IpAddress> virtual;
  private final Map<Integer, Known> interfaces = new LinkedHashMap<>();
  private final List<Interfaces.Watch> watchers = new ArrayList<>();
  private boolean complete;

  private LinuxInterfaces(
      ActorContext<Message> context,
      LinkWatch watch,
      OwnChanges changes,
      TraceSink trace,
      Predicate<IpAddress> virtual) {
    super(context);
    this.watch = watch;
    this.changes = changes;
    this.trace = trace;
    this.virtual = virtual;
  }

  /**
   * @param watch over links and addresses, opened in the namespace that is meant and not yet begun;
   *     closed when the actor stops
   * @param changes shared with the {@link LinuxAddressTable} of that namespace
   * @param virtual which addresses are traced
   */
  public static Behavior<Interfaces.Command> create(
      LinkWatch watch, OwnChanges changes, TraceSink trace, Predicate<IpAddress> virtual) {
    Behavior<Message> behavior =
        Behaviors.setup(
            context -> {
              ActorRef<Message> self = context.getSelf();
              LinuxInterfaces actor = new LinuxInterfaces(context, watch, changes, trace, virtual);
              watch.begin(event -> self.tell(new Happened(event)));
              return actor;
            });
    return Behaviors.transformMessages(
        Interfaces.Command.class,
        behavior,
        commands -> commands.match(Interfaces.Command.class, Asked::new));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Asked(Interfaces.Watch asked) -> {
        watchers.add(asked);
        if (complete) {
          interfaces.values().forEach(each -> each.told.ifPresent(asked.subscriber()::tell));
        }
      }
      case Asked(Interfaces.Unwatch(String who)) -> watchers.removeIf(w -> w.who().equals(who));
      case Happened(LinkEvent event) -> on(event);
    }
    return this;
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      watch.close();
    }
    return this;
  }

  private void on(LinkEvent event) {
    switch (event) {
      case LinkEvent.LinkAppeared(_, Link link) -> {
        Known known = new Known(link);
        interfaces.put(link.index(), known);
        tell(known, link.isUp() ? linkChanged(link) : TraceEvent.NO_CAUSE);
      }
      case LinkEvent.LinkChanged(_, Link before, Link link) -> changed(before, link);
      case LinkEvent.LinkRemoved(_, Link link) -> removed(link);
      case LinkEvent.AddressAdded(_, LocalAddress address) -> added(address);
      case LinkEvent.AddressChanged(_, LocalAddress before, LocalAddress address) -> {
        Known known = interfaces.get(address.interfaceIndex());
        if (known != null) {
          known.addresses.replaceAll(each -> each.equals(before) ? address : each);
          tell(known, TraceEvent.NO_CAUSE);
        }
      }
      case LinkEvent.AddressRemoved(_, LocalAddress address) -> removed(address);
      case LinkEvent.RouteAdded _, LinkEvent.RouteRemoved _ -> {}
      case LinkEvent.SnapshotCompleted _ -> {
        if (!complete) {
          complete = true;
          interfaces.values().forEach(each -> tell(each, TraceEvent.NO_CAUSE));
        }
      }
    }
  }

  private void changed(Link before, Link link) {
    Known known = interfaces.get(link.index());
    if (known == null) {
      return;
    }
    if (!before.name().equals(link.name())) {
      gone(before, TraceEvent.NO_CAUSE);
      known.told = Optional.empty();
    }
    known.link = link;
    tell(known, before.isUp() == link.isUp() ? TraceEvent.NO_CAUSE : linkChanged(link));
  }

  private void removed(Link link) {
    interfaces.remove(link.index());
    Link down =
        new Link(
            link.index(),
            link.name(),
            link.mac(),
            0,
            Link.OperationalState.NOT_PRESENT,
            link.hardwareType(),
            link.kind(),
            link.parent(),
            link.master(),
            link.mtu());
    gone(down, link.isUp() ? linkChanged(down) : TraceEvent.NO_CAUSE);
  }

  /** Nothing of that name is there any more. */
  private void gone(Link link, long cause) {
    var status = new Interfaces.InterfaceStatus(link.name(), false, link.mac(), List.of(), cause);
    if (complete) {
      watchers.forEach(w -> w.subscriber().tell(status));
    }
  }

  private long linkChanged(Link link) {
    return complete
        ? trace.emit(new LinkChanged(link.name(), link.isUp()), TraceEvent.NO_CAUSE)
        : TraceEvent.NO_CAUSE;
  }

  private void added(LocalAddress address) {
    Known known = interfaces.get(address.interfaceIndex());
    if (known == null) {
      return;
    }
    known.addresses.add(address);
    tell(
        known,
        cause(
            known,
            address,
            true,
            new VipAdded(
                known.link.name(), address.address(), address.prefix().length(), SOMEBODY_ELSE)));
  }

  private void removed(LocalAddress address) {
    Known known = interfaces.get(address.interfaceIndex());
    if (known == null) {
      return;
    }
    known.addresses.removeIf(each -> each.prefix().equals(address.prefix()));
    tell(
        known,
        cause(
            known,
            address,
            false,
            new VipRemoved(
                known.link.name(), address.address(), address.prefix().length(), SOMEBODY_ELSE)));
  }

  private long cause(Known known, LocalAddress address, boolean added, TraceDetail otherwise) {
    Optional<Long> own = changes.causeOf(known.link.name(), address.prefix(), added);
    if (own.isPresent()) {
      return own.get();
    }
    return complete && virtual.test(address.address())
        ? trace.emit(otherwise, TraceEvent.NO_CAUSE)
        : TraceEvent.NO_CAUSE;
  }

  private void tell(Known known, long cause) {
    if (!complete) {
      return;
    }
    Interfaces.InterfaceStatus status = known.status(cause);
    boolean news =
        known
            .told
            .filter(
                told ->
                    told.up() == status.up()
                        && told.name().equals(status.name())
                        && told.mac().equals(status.mac())
                        && told.addresses().equals(status.addresses()))
            .isEmpty();
    if (news) {
      known.told = Optional.of(status);
      watchers.forEach(w -> w.subscriber().tell(status));
    }
  }
}
