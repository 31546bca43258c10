package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;

/** Instances that cannot run beside each other. */
final class Conflicts {
  private Conflicts() {}

  /** One VRID twice on an interface and family, unless told apart by peers or group address. */
  static void check(List<VrrpInstanceBlock> instances, ProblemLog log) {
    Map<Place, List<VrrpInstanceBlock>> earlier = new LinkedHashMap<>();
    for (VrrpInstanceBlock instance : instances) {
      List<VrrpInstanceBlock> there =
          earlier.computeIfAbsent(Place.of(instance), _ -> new ArrayList<>());
      for (VrrpInstanceBlock other : there) {
        if (conflict(other, instance)) {
          log.error(
              "duplicate-vrid",
              "instances "
                  + other.name()
                  + " and "
                  + instance.name()
                  + " both use VRID "
                  + instance.vrid()
                  + " on "
                  + instance.interfaceName()
                  + "; keepalived refuses to run",
              instance.spanOf("virtual_router_id"));
        }
      }
      there.add(instance);
    }
  }

  /** Where only peers or a group address can tell instances apart. */
  private record Place(int vrid, IpFamily family, String interfaceName, boolean unicast) {
    static Place of(VrrpInstanceBlock instance) {
      return new Place(
          instance.vrid(),
          instance.family(),
          instance.interfaceName(),
          instance.unicast().enabled());
    }
  }

  /** Of two in the same place. */
  private static boolean conflict(VrrpInstanceBlock a, VrrpInstanceBlock b) {
    if (!a.unicast().enabled()) {
      return a.multicastDestination().equals(b.multicastDestination());
    }
    List<IpAddress> peers = a.unicast().peers().stream().map(UnicastPeer::address).toList();
    return b.unicast().peers().stream().anyMatch(p -> peers.contains(p.address()));
  }
}
