package org.vipdrift.model.vrrp;

import java.time.Duration;
import java.util.List;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpFamily;

/**
 * What an advert says.
 *
 * @param version 2 or 3
 * @param family of its addresses
 * @param vrid 0..255 as received; 1..255 when sent
 * @param priority 0 (leaving) ..255 (owner)
 * @param advertisementInterval whole seconds in version 2, whole centiseconds in version 3
 * @param addresses the virtual addresses, in order
 * @param authentication always none in version 3
 */
public record Advertisement(
    int version,
    IpFamily family,
    int vrid,
    int priority,
    Duration advertisementInterval,
    List<IpAddress> addresses,
    Authentication authentication) {
  public Advertisement {
    addresses = List.copyOf(addresses);
  }

  /** Whether the sender gives up being master. */
  public boolean isRelease() {
    return priority == VirtualRouterSettings.RELEASE_PRIORITY;
  }
}
