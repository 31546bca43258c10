package org.vipdrift.simulator.kernel;

import org.vipdrift.model.frame.IpPrefix;

/**
 * An address of a host.
 *
 * @param by the process that added it, or {@link #CONFIGURATION}, or {@link #KERNEL}
 */
public record LocalAddress(IpPrefix prefix, String by) {
  /** Who adds the addresses that an interface has before any process runs. */
  public static final String CONFIGURATION = "configuration";

  /** Who adds the link-local addresses of IPv6, and removes what a link that goes down loses. */
  public static final String KERNEL = "kernel";
}
