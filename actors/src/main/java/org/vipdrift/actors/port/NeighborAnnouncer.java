package org.vipdrift.actors.port;

import org.vipdrift.model.frame.IpAddress;

/** Gratuitous ARP and unsolicited neighbour advertisements. */
public interface NeighborAnnouncer {
  /** What a process asks. */
  sealed interface Command {}

  /**
   * Tells the segment that an address is here now: a broadcast ARP request with sender and target
   * the address, as keepalived sends it, or a neighbour advertisement to all nodes.
   */
  record Announce(String who, String networkInterface, IpAddress address, long cause)
      implements Command {}
}
