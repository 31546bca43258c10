package org.vipdrift.netio.port;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.trace.TraceDetail.VipAdded;
import org.vipdrift.model.trace.TraceDetail.VipRemoved;
import org.vipdrift.model.vrrp.AddressAttributes;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.link.Link;
import org.vipdrift.netio.link.LocalAddress;
import org.vipdrift.netio.link.RouteOutcome;
import org.vipdrift.netio.link.RouteSocket;

/**
 * The address table of a Linux kernel; every change of a virtual address that it makes is traced.
 *
 * <p>It waits for the kernel, some 30 microseconds for each address.
 */
public final class LinuxAddressTable extends AbstractMatchingBehavior<AddressTable.Command> {
  private static final Logger LOG = LoggerFactory.getLogger(LinuxAddressTable.class);

  private record Place(String networkInterface, IpPrefix address) {}

  private final RouteSocket socket;
  private final OwnChanges changes;
  private final TraceSink trace;
  private final Predicate<IpAddress> virtual;
  private final DuplicateProbe probe;
  private final Owners<Place, Optional<IpAddress>> peers = new Owners<>();

  private LinuxAddressTable(
      ActorContext<AddressTable.Command> context,
      RouteSocket socket,
      OwnChanges changes,
      TraceSink trace,
      Predicate<IpAddress> virtual,
      DuplicateProbe probe) {
    super(context);
    this.socket = socket;
    this.changes = changes;
    this.trace = trace;
    this.virtual = virtual;
    this.probe = probe;
  }

  /**
   * @param socket opened in the namespace that is meant; stays the caller's
   * @param changes shared with the {@link LinuxInterfaces} of that namespace
   * @param virtual which addresses are traced
   * @param probe is told of every IPv4 address that was added; the kernel itself looks for
   *     duplicates of IPv6 addresses
   */
  public static Behavior<AddressTable.Command> create(
      RouteSocket socket,
      OwnChanges changes,
      TraceSink trace,
      Predicate<IpAddress> virtual,
      DuplicateProbe probe) {
    return Behaviors.setup(
        context -> new LinuxAddressTable(context, socket, changes, trace, virtual, probe));
  }

  @Override
  public Behavior<AddressTable.Command> onMessage(AddressTable.Command command) {
    switch (command) {
      case AddressTable.Add add -> add.replyTo().tell(add(add));
      case AddressTable.Remove remove ->
          remove
              .replyTo()
              .tell(
                  remove(
                      remove.who(), remove.networkInterface(), remove.address(), remove.cause()));
      case AddressTable.ReleaseAll release -> {
        List<Place> places = peers.of(release.who());
        for (Place place : places) {
          remove(release.who(), place.networkInterface, place.address, release.cause());
        }
      }
    }
    return this;
  }

  private AddressTable.Answer add(AddressTable.Add add) {
    String at = add.networkInterface();
    IpPrefix address = add.address();
    AddressTable.Answer answer =
        changes.during(
            () -> {
              RouteOutcome outcome = ask(at, address, () -> addTo(at, address, add.attributes()));
              long event = add.cause();
              if (outcome.isDone()) {
                if (virtual.test(address.address())) {
                  event =
                      trace.emit(
                          new VipAdded(at, address.address(), address.length(), add.who()), event);
                }
                changes.done(at, address, true, event);
              }
              return new AddressTable.Answer(at, address, outcome(outcome), event);
            });
    if (answer.outcome() == AddressTable.Outcome.DONE) {
      peers.put(new Place(at, address), add.who(), add.attributes().peer());
      if (address.address() instanceof IpAddress.V4) {
        probe.added(at, address.address(), answer.cause());
      }
    }
    return answer;
  }

  private RouteOutcome addTo(String at, IpPrefix address, AddressAttributes attributes)
      throws NativeException {
    return socket.addAddress(at, address, attributes);
  }

  private AddressTable.Answer remove(String who, String at, IpPrefix address, long cause) {
    Place place = new Place(at, address);
    AddressTable.Answer answer =
        changes.during(
            () -> {
              RouteOutcome outcome = ask(at, address, () -> removeFrom(place));
              long event = cause;
              if (outcome.isDone()) {
                if (virtual.test(address.address())) {
                  event =
                      trace.emit(
                          new VipRemoved(at, address.address(), address.length(), who), event);
                }
                changes.done(at, address, false, event);
              }
              return new AddressTable.Answer(at, address, outcome(outcome), event);
            });
    peers.remove(place);
    return answer;
  }

  private RouteOutcome removeFrom(Place place) throws NativeException {
    Optional<IpAddress> peer = peers.get(place).flatMap(known -> known);
    RouteOutcome outcome = socket.removeAddress(place.networkInterface, place.address, peer);
    if (outcome != RouteOutcome.Settled.NOT_THERE) {
      return outcome;
    }
    Optional<Integer> index = socket.link(place.networkInterface).map(Link::index);
    Optional<IpAddress> other =
        socket.addresses().stream()
            .filter(a -> index.filter(i -> i == a.interfaceIndex()).isPresent())
            .filter(a -> a.prefix().equals(place.address))
            .map(LocalAddress::peer)
            .flatMap(Optional::stream)
            .findFirst();
    return other.isEmpty()
        ? outcome
        : socket.removeAddress(place.networkInterface, place.address, other);
  }

  private static RouteOutcome ask(String at, IpPrefix address, Kernel kernel) {
    RouteOutcome outcome;
    try {
      outcome = kernel.ask();
    } catch (NativeException e) {
      outcome = new RouteOutcome.Refused(e.errno(), e.getMessage());
    }
    if (outcome instanceof RouteOutcome.Refused(_, String text)) {
      LOG.warn("address {} on {}: {}", address, at, text);
    }
    return outcome;
  }

  private static AddressTable.Outcome outcome(RouteOutcome outcome) {
    return switch (outcome) {
      case RouteOutcome.Settled.DONE -> AddressTable.Outcome.DONE;
      case RouteOutcome.Settled.ALREADY_THERE -> AddressTable.Outcome.ALREADY_THERE;
      case RouteOutcome.Settled.NOT_THERE -> AddressTable.Outcome.NOT_THERE;
      case RouteOutcome.Settled.NO_SUCH_INTERFACE -> AddressTable.Outcome.NO_SUCH_INTERFACE;
      case RouteOutcome.Refused _ -> AddressTable.Outcome.REFUSED;
    };
  }

  /** A request. */
  @FunctionalInterface
  private interface Kernel {
    RouteOutcome ask() throws NativeException;
  }
}
