package org.vipdrift.netio.node;

import java.time.Duration;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.vrrp.VirtualRouterSettings;
import org.vipdrift.netio.port.LinuxNeighborAnnouncer.Spacing;

/**
 * Reads from a configuration how far apart announcements are on an interface ({@code
 * vrrp_garp_interval}, {@code vrrp_gna_interval}).
 */
final class AnnouncementSpacing {
  private AnnouncementSpacing() {}

  /** Where instances of an interface differ, the longest distance. */
  static Spacing of(NodeConfiguration configuration, String networkInterface) {
    return new Spacing(
        longest(configuration, networkInterface, IpFamily.IPV4),
        longest(configuration, networkInterface, IpFamily.IPV6));
  }

  private static Duration longest(
      NodeConfiguration configuration, String networkInterface, IpFamily family) {
    return configuration.instances().stream()
        .map(NodeConfiguration.Instance::settings)
        .filter(s -> s.family() == family && announcesOn(s, networkInterface))
        .map(s -> s.garp().interval())
        .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }

  private static boolean announcesOn(VirtualRouterSettings settings, String networkInterface) {
    return settings.interfaceName().equals(networkInterface)
        || settings.installedAddresses().stream()
            .anyMatch(a -> a.interfaceName().filter(networkInterface::equals).isPresent());
  }
}
