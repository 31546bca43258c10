package org.vipdrift.simulator.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;

/**
 * The networks that an interface's addresses put it into, each once however many addresses are in
 * it; host prefixes are none.
 */
final class ConnectedNetworks {
  private final List<LocalAddress> addresses;

  /** With the address that came first as the host part, in the order of these. */
  private final List<IpPrefix> networks = new ArrayList<>(2);

  private boolean stale;

  ConnectedNetworks(List<LocalAddress> addresses) {
    this.addresses = addresses;
  }

  /** They are looked through again before the next question. */
  void addressesChanged() {
    stale = true;
  }

  /** The length of the longest network that holds the address; -1 for none. */
  int longestMatch(IpAddress address) {
    List<IpPrefix> all = networks();
    int longest = -1;
    for (int i = 0; i < all.size(); i++) {
      IpPrefix network = all.get(i);
      if (network.length() > longest && network.contains(address)) {
        longest = network.length();
      }
    }
    return longest;
  }

  /** The first address in a network that holds another one. */
  Optional<IpAddress> firstAddressFor(IpAddress neighbor) {
    for (IpPrefix network : networks()) {
      if (network.contains(neighbor)) {
        return Optional.of(network.address());
      }
    }
    return Optional.empty();
  }

  private List<IpPrefix> networks() {
    if (stale) {
      stale = false;
      networks.clear();
      for (LocalAddress address : addresses) {
        IpPrefix prefix = address.prefix();
        if (prefix.length() < prefix.address().family().bits() && !isKnown(prefix)) {
          networks.add(prefix);
        }
      }
    }
    return networks;
  }

  private boolean isKnown(IpPrefix prefix) {
    for (IpPrefix network : networks) {
      if (network.length() == prefix.length() && network.contains(prefix.address())) {
        return true;
      }
    }
    return false;
  }
}
