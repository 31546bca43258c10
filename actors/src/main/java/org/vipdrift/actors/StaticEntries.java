package org.vipdrift.actors;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.model.node.ProcessSettings;
import org.vipdrift.model.route.RouteEntry;
import org.vipdrift.model.vrrp.VirtualAddress;

/**
 * What a keepalived process installs for as long as it runs: {@code static_ipaddress}, {@code
 * static_routes} and {@code static_rules}.
 *
 * <p>As keepalived 2.2.7 was measured to: before the first instance starts, and away when the last
 * one has left.
 */
final class StaticEntries {
  private final NodePorts ports;
  private final ActorRef<AddressTable.Answer> addressAnswers;
  private final ActorRef<RouteTable.Answer> routeAnswers;

  StaticEntries(
      NodePorts ports,
      ActorRef<AddressTable.Answer> addressAnswers,
      ActorRef<RouteTable.Answer> routeAnswers) {
    this.ports = ports;
    this.addressAnswers = addressAnswers;
    this.routeAnswers = routeAnswers;
  }

  /** Removes what is no longer asked for, adds what is new. */
  void change(ProcessSettings before, ProcessSettings next, long cause) {
    List<RouteEntry> gone = without(before.staticRouting(), next.staticRouting());
    gone.reversed().forEach(e -> removeRoute(e, cause));
    without(before.staticAddresses(), next.staticAddresses()).forEach(a -> remove(a, cause));
    without(next.staticAddresses(), before.staticAddresses()).forEach(a -> add(a, cause));
    without(next.staticRouting(), before.staticRouting()).forEach(e -> addRoute(e, cause));
  }

  private static <T> List<T> without(List<T> all, List<T> others) {
    return all.stream().filter(one -> !others.contains(one)).toList();
  }

  private void addRoute(RouteEntry entry, long cause) {
    ports.routes().tell(new RouteTable.Add(ports.who(), entry, routeAnswers, cause));
  }

  private void removeRoute(RouteEntry entry, long cause) {
    ports.routes().tell(new RouteTable.Remove(ports.who(), entry, routeAnswers, cause));
  }

  private void add(VirtualAddress address, long cause) {
    ports
        .addresses()
        .tell(
            new AddressTable.Add(
                ports.who(),
                address.interfaceName().orElseThrow(),
                address.prefix(),
                address.attributes(),
                addressAnswers,
                cause));
  }

  private void remove(VirtualAddress address, long cause) {
    ports
        .addresses()
        .tell(
            new AddressTable.Remove(
                ports.who(),
                address.interfaceName().orElseThrow(),
                address.prefix(),
                addressAnswers,
                cause));
  }
}
