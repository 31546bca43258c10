package org.vipdrift.actors;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.model.node.ProcessSettings;
import org.vipdrift.model.vrrp.VirtualAddress;

/**
 * What a keepalived process installs for as long as it runs: {@code static_ipaddress}.
 *
 * <p>As keepalived 2.2.7 was measured to: before the first instance starts, and away when the last
 * one has left.
 */
final class StaticEntries {
  private final NodePorts ports;
  private final ActorRef<AddressTable.Answer> addressAnswers;

  StaticEntries(NodePorts ports, ActorRef<AddressTable.Answer> addressAnswers) {
    this.ports = ports;
    this.addressAnswers = addressAnswers;
  }

  /** Removes what is no longer asked for, adds what is new. */
  void change(ProcessSettings before, ProcessSettings next, long cause) {
    without(before.staticAddresses(), next.staticAddresses()).forEach(a -> remove(a, cause));
    without(next.staticAddresses(), before.staticAddresses()).forEach(a -> add(a, cause));
  }

  private static <T> List<T> without(List<T> all, List<T> others) {
    return all.stream().filter(one -> !others.contains(one)).toList();
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
