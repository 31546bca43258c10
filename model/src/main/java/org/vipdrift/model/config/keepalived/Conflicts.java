package org.vipdrift.model.config.keepalived;

import java.util.List;
import org.vipdrift.model.frame.IpAddress;

/** Instances that cannot run beside each other. */
final class Conflicts {
  private Conflicts() {}

  /** One VRID twice on an interface and family, unless told apart by peers or group address. */
  static void check(List<VrrpInstanceBlock> instances, ProblemLog log) {
    for (int i = 0; i < instances.size(); i++) {
      for (VrrpInstanceBlock other : instances.subList(0, i)) {
        VrrpInstanceBlock instance = instances.get(i);
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
    }
  }

  private static boolean conflict(VrrpInstanceBlock a, VrrpInstanceBlock b) {
    boolean same =
        a.vrid() == b.vrid()
            && a.family() == b.family()
            && a.interfaceName().equals(b.interfaceName())
            && a.unicast().enabled() == b.unicast().enabled();
    if (!same) {
      return false;
    }
    if (!a.unicast().enabled()) {
      return a.multicastDestination().equals(b.multicastDestination());
    }
    List<IpAddress> peers = a.unicast().peers().stream().map(UnicastPeer::address).toList();
    return b.unicast().peers().stream().anyMatch(p -> peers.contains(p.address()));
  }
}
