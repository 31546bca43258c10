package org.vipdrift.simulator.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.actors.port.RouteTable.Outcome;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.route.Route;
import org.vipdrift.model.route.RouteEntry;

/**
 * The routes and rules that processes added; each change is traced by whoever asks for it.
 *
 * <p>Only routes of the main table lead anywhere, as no rule is heeded. Departs from Linux: of a
 * route with several ways the first that is up is taken, and type of service is not looked at.
 */
final class RoutingTable {
  private record Installed(RouteEntry entry, String by) {}

  private final List<Installed> installed = new ArrayList<>();

  boolean isEmpty() {
    return installed.isEmpty();
  }

  /** Before those that are alike, unless it asks to stand behind them. */
  Outcome add(RouteEntry entry, String by) {
    if (contains(entry)) {
      return Outcome.ALREADY_THERE;
    }
    boolean behind = entry instanceof Route route && route.append();
    installed.add(behind ? installed.size() : 0, new Installed(entry, by));
    return Outcome.DONE;
  }

  private boolean contains(RouteEntry entry) {
    return installed.stream().anyMatch(one -> one.entry.equals(entry));
  }

  Outcome remove(RouteEntry entry) {
    return installed.removeIf(one -> one.entry.equals(entry)) ? Outcome.DONE : Outcome.NOT_THERE;
  }

  /** What a process and its parts added. */
  List<RouteEntry> of(String by) {
    List<RouteEntry> entries = new ArrayList<>();
    for (Installed one : installed) {
      if (ProcessOwners.belongs(one.by, by)) {
        entries.add(one.entry);
      }
    }
    return entries;
  }

  void clear() {
    installed.clear();
  }

  /** An interface is gone, or down: so are the routes through it. */
  List<RouteEntry> through(String networkInterface) {
    List<RouteEntry> entries = new ArrayList<>();
    for (Installed one : installed) {
      if (one.entry instanceof Route route
          && route.interfaceName().equals(Optional.of(networkInterface))) {
        entries.add(one.entry);
      }
    }
    return entries;
  }

  /** The longest match of the main table, of these the lowest metric; null for none. */
  @Nullable Route find(IpAddress destination) {
    Route best = null;
    for (Installed one : installed) {
      if (one.entry instanceof Route route
          && route.table() == RouteEntry.MAIN_TABLE
          && route.kind() != Route.Kind.THROW
          && matches(route, destination)
          && (best == null || isBetter(route, best))) {
        best = route;
      }
    }
    return best;
  }

  private static boolean matches(Route route, IpAddress destination) {
    return route.family() == destination.family() && route.destination().contains(destination);
  }

  private static boolean isBetter(Route route, Route than) {
    int length = route.destination().length();
    int other = than.destination().length();
    return length > other || length == other && metric(route) < metric(than);
  }

  private static int metric(Route route) {
    return route.metric().orElse(0);
  }
}
