package org.vipdrift.netio.port;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.vrrp.VirtualAddress;
import org.vipdrift.netio.foreign.NativeException;
import org.vipdrift.netio.link.Link;
import org.vipdrift.netio.link.LocalAddress;
import org.vipdrift.netio.link.RouteOutcome;
import org.vipdrift.netio.link.RouteSocket;

/**
 * Addresses that a configuration would install and that are there already when its process starts:
 * an earlier run died with them.
 *
 * <p>As keepalived 2.2.7 was measured to: of its instances, each with the very prefix length, in
 * whatever state the other attributes are. Departs from it in that an address with a peer goes too,
 * which keepalived tries and fails.
 */
public final class StaleAddresses {
  /** An address that was removed. */
  public record Removed(String networkInterface, IpPrefix address) {}

  private record Wanted(String networkInterface, IpPrefix address) {}

  private StaleAddresses() {}

  /** Finds and removes them; what was removed, in the kernel's order. */
  public static List<Removed> remove(RouteSocket socket, NodeConfiguration configuration)
      throws NativeException {
    Set<Wanted> wanted = new LinkedHashSet<>();
    for (NodeConfiguration.Instance instance : configuration.instances()) {
      var settings = instance.settings();
      for (VirtualAddress address : settings.installedAddresses()) {
        wanted.add(
            new Wanted(address.interfaceName().orElse(settings.interfaceName()), address.prefix()));
      }
    }
    Map<Integer, String> names = new TreeMap<>();
    for (Link link : socket.links()) {
      names.put(link.index(), link.name());
    }
    List<Removed> removed = new ArrayList<>();
    for (LocalAddress there : socket.addresses()) {
      String at = names.getOrDefault(there.interfaceIndex(), "");
      Optional<IpAddress> peer = there.peer();
      if (wanted.contains(new Wanted(at, there.prefix()))) {
        RouteOutcome outcome = socket.removeAddress(at, there.prefix(), peer);
        if (outcome.isDone()) {
          removed.add(new Removed(at, there.prefix()));
        }
      }
    }
    return List.copyOf(removed);
  }
}
