package org.vipdrift.netio.port;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.route.NextHop;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RouteEntry;
import org.vipdrift.model.route.RoutingRule;
import org.vipdrift.model.trace.TraceDetail.RouteChanged;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.link.KernelRoute;
import org.vipdrift.netio.link.Link;
import org.vipdrift.netio.link.RouteOutcome;
import org.vipdrift.netio.link.RouteSocket;

/**
 * The routes and rules of a Linux kernel; it waits for the kernel, some 30 microseconds for each.
 */
public final class LinuxRouteTable extends AbstractMatchingBehavior<RouteTable.Command> {
  private static final Logger LOG = LoggerFactory.getLogger(LinuxRouteTable.class);

  private final RouteSocket socket;
  private final TraceSink trace;
  private final Owners<RouteEntry, RouteEntry> entries = new Owners<>();

  private LinuxRouteTable(
      ActorContext<RouteTable.Command> context, RouteSocket socket, TraceSink trace) {
    super(context);
    this.socket = socket;
    this.trace = trace;
  }

  /**
   * @param socket opened in the namespace that is meant; stays the caller's
   */
  public static Behavior<RouteTable.Command> create(RouteSocket socket, TraceSink trace) {
    return Behaviors.setup(context -> new LinuxRouteTable(context, socket, trace));
  }

  @Override
  public Behavior<RouteTable.Command> onMessage(RouteTable.Command command) {
    switch (command) {
      case RouteTable.Add add -> {
        RouteTable.Outcome outcome = ask(add.entry(), true);
        long event = traced(outcome, true, add.entry(), add.who(), add.cause());
        if (outcome == RouteTable.Outcome.DONE) {
          entries.put(add.entry(), add.who(), add.entry());
        }
        add.replyTo().tell(new RouteTable.Answer(add.entry(), outcome, event));
      }
      case RouteTable.Remove remove ->
          remove.replyTo().tell(remove(remove.who(), remove.entry(), remove.cause()));
      case RouteTable.ReleaseAll release -> {
        List<RouteEntry> all = entries.of(release.who());
        all.stream()
            .filter(RoutingRule.class::isInstance)
            .forEach(rule -> remove(release.who(), rule, release.cause()));
        all.stream()
            .filter(Route.class::isInstance)
            .forEach(route -> remove(release.who(), route, release.cause()));
      }
    }
    return this;
  }

  private RouteTable.Answer remove(String who, RouteEntry entry, long cause) {
    RouteTable.Outcome outcome = ask(entry, false);
    entries.remove(entry);
    return new RouteTable.Answer(entry, outcome, traced(outcome, false, entry, who, cause));
  }

  private long traced(
      RouteTable.Outcome outcome, boolean added, RouteEntry entry, String who, long cause) {
    return outcome == RouteTable.Outcome.DONE
        ? trace.emit(new RouteChanged(added, entry.text(), who), cause)
        : cause;
  }

  private RouteTable.Outcome ask(RouteEntry entry, boolean add) {
    RouteOutcome outcome;
    try {
      outcome =
          switch (entry) {
            case RoutingRule rule -> add ? socket.addRule(rule) : socket.removeRule(rule);
            case Route route -> ask(route, add);
          };
    } catch (NativeException e) {
      outcome = new RouteOutcome.Refused(e.errno(), e.getMessage());
    }
    return switch (outcome) {
      case RouteOutcome.Settled.DONE -> RouteTable.Outcome.DONE;
      case RouteOutcome.Settled.ALREADY_THERE -> RouteTable.Outcome.ALREADY_THERE;
      case RouteOutcome.Settled.NOT_THERE -> RouteTable.Outcome.NOT_THERE;
      case RouteOutcome.Settled.NO_SUCH_INTERFACE -> RouteTable.Outcome.NO_SUCH_INTERFACE;
      case RouteOutcome.Refused(_, String text) -> {
        LOG.warn("{}: {}", entry.text(), text);
        yield RouteTable.Outcome.REFUSED;
      }
    };
  }

  private RouteOutcome ask(Route route, boolean add) throws NativeException {
    Optional<KernelRoute> translated = translate(route);
    if (translated.isEmpty()) {
      return RouteOutcome.Settled.NO_SUCH_INTERFACE;
    }
    return add
        ? socket.addRoute(translated.get(), route.append())
        : socket.removeRoute(translated.get());
  }

  /** Empty if it names an interface that is not there. */
  private Optional<KernelRoute> translate(Route route) throws NativeException {
    List<NextHop> ways = new ArrayList<>(route.nextHops());
    if (ways.isEmpty() && (route.gateway().isPresent() || route.interfaceName().isPresent())) {
      ways.add(new NextHop(route.gateway(), route.interfaceName(), 1, route.onLink()));
    }
    List<KernelRoute.Hop> hops = new ArrayList<>();
    for (NextHop way : ways) {
      int index = 0;
      if (way.interfaceName().isPresent()) {
        Optional<Link> link = socket.link(way.interfaceName().get());
        if (link.isEmpty()) {
          return Optional.empty();
        }
        index = link.get().index();
      }
      hops.add(new KernelRoute.Hop(index, way.gateway(), way.weight(), way.onLink()));
    }
    return Optional.of(
        new KernelRoute(
            kind(route.kind()),
            route.destination(),
            hops,
            route.source(),
            route.table(),
            route.scope(),
            route.metric().orElse(0),
            route.protocol(),
            route.typeOfService(),
            route.mtu().stream().boxed().findFirst()));
  }

  private static KernelRoute.Kind kind(Route.Kind kind) {
    return switch (kind) {
      case UNICAST -> KernelRoute.Kind.UNICAST;
      case BLACKHOLE -> KernelRoute.Kind.BLACKHOLE;
      case UNREACHABLE -> KernelRoute.Kind.UNREACHABLE;
      case PROHIBIT -> KernelRoute.Kind.PROHIBIT;
      case THROW -> KernelRoute.Kind.THROW;
    };
  }
}
