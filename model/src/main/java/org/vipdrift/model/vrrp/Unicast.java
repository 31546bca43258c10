package org.vipdrift.model.vrrp;

import java.util.List;
import java.util.OptionalInt;
import org.vipdrift.model.frame.IpAddress;

/**
 * Adverts to a list of peers in place of the group.
 *
 * @param peers where adverts go, in configured order
 * @param ttl what they are sent with, 1..255; {@code unicast_ttl}
 */
public record Unicast(List<Peer> peers, int ttl) {
  public Unicast {
    peers = List.copyOf(peers);
  }

  /** Peers without TTL bounds, sent to with a TTL of 255. */
  public static Unicast to(IpAddress... peers) {
    return new Unicast(
        List.of(peers).stream()
            .map(peer -> new Peer(peer, OptionalInt.empty(), OptionalInt.empty()))
            .toList(),
        255);
  }

  /**
   * One peer.
   *
   * @param address where it is
   * @param minTtl the smallest TTL accepted from it; checked with {@code check_unicast_src}
   * @param maxTtl the largest
   */
  public record Peer(IpAddress address, OptionalInt minTtl, OptionalInt maxTtl) {}
}
