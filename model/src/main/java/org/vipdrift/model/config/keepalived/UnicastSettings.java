package org.vipdrift.model.config.keepalived;

import java.util.List;
import java.util.OptionalInt;

/**
 * What concerns adverts sent to peers instead of the group.
 *
 * @param peers empty means multicast
 * @param checkSource whether adverts from other hosts are dropped
 * @param ttl of sent adverts, 255 if absent
 * @param faultWithoutPeer FAULT instead of multicast when there is no peer
 */
public record UnicastSettings(
    List<UnicastPeer> peers,
    boolean checkSource,
    OptionalInt ttl,
    boolean faultWithoutPeer,
    boolean oldChecksum) {
  public UnicastSettings {
    peers = List.copyOf(peers);
  }

  public boolean enabled() {
    return !peers.isEmpty();
  }
}
