package org.vipdrift.model.node;

import java.util.List;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;
import org.vipdrift.model.frame.IpPrefix;
import org.vipdrift.model.vrrp.VirtualAddress;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

/** What an instance sends its adverts from. */
public final class PrimaryAddress {
  private PrimaryAddress() {}

  /**
   * The configured source, or the first address of the interface that is none of the instance's own
   * virtual ones (in IPv6: the first link-local one, RFC 9568 section 5.1.2.1); the unspecified
   * address if there is none.
   *
   * @param addresses of the interface, in the order in which they were added
   */
  public static IpAddress of(VirtualRouterSettings settings, List<IpPrefix> addresses) {
    if (settings.sourceAddress().isPresent()) {
      return settings.sourceAddress().get();
    }
    for (IpPrefix candidate : addresses) {
      IpAddress address = candidate.address();
      boolean ofUse =
          address.family() == settings.family()
              && (settings.family() == IpFamily.IPV4 || address.isLinkLocal());
      if (ofUse && !installs(settings, address)) {
        return address;
      }
    }
    return unspecified(settings.family());
  }

  private static boolean installs(VirtualRouterSettings settings, IpAddress address) {
    for (VirtualAddress virtual : settings.installedAddresses()) {
      if (virtual.address().equals(address)) {
        return true;
      }
    }
    return false;
  }

  /** 0.0.0.0 or ::. */
  public static IpAddress unspecified(IpFamily family) {
    return switch (family) {
      case IPV4 -> new IpAddress.V4(0);
      case IPV6 -> new IpAddress.V6(0, 0);
    };
  }

  public static boolean isUnspecified(IpAddress address) {
    return address.equals(unspecified(address.family()));
  }
}
