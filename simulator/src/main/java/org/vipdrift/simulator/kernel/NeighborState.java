package org.vipdrift.simulator.kernel;

/** What a host knows of a neighbour's MAC address, as {@code ip neigh} names it. */
public enum NeighborState {
  /** Asked for by broadcast, not answered yet. */
  INCOMPLETE,
  /** Confirmed within the last 30 s. */
  REACHABLE,
  /** Known, but not confirmed lately; still used. */
  STALE,
  /** Used while stale: waits 5 s for a confirmation from the layers above. */
  DELAY,
  /** Asks the known MAC address itself, three times. */
  PROBE,
  /** Nobody answered. */
  FAILED;

  /** Whether packets may be sent to the MAC address that is known. */
  boolean isValid() {
    return this != INCOMPLETE && this != FAILED;
  }
}
