package org.vipdrift.model.vrrp;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.MacAddress;

/**
 * An interface of a virtual router, on top of a real one.
 *
 * @param name at most 15 characters
 * @param parent the interface it shares the cable with
 */
public sealed interface VirtualInterface {
  String name();

  String parent();

  /** {@code use_vmac}: a macvlan in private mode, with a MAC address of its own. */
  record Macvlan(String name, String parent, MacAddress mac) implements VirtualInterface {}

  /**
   * {@code use_ipvlan}: an ipvlan in mode L2, with its parent's MAC address.
   *
   * @param address adverts are sent from; empty for the link-local one
   */
  record Ipvlan(String name, String parent, Optional<IpAddress> address, Mode mode)
      implements VirtualInterface {}

  /** How ipvlans of one parent talk to each other. */
  enum Mode {
    BRIDGE,
    PRIVATE,
    VEPA
  }
}
