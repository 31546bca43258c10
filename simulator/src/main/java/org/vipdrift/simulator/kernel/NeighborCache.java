package org.vipdrift.simulator.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPacket;
import org.vipdrift.model.frame.MacAddress;
import org.vipdrift.simulator.time.HostClock;

/**
 * The ARP and neighbour discovery cache of one interface, with the states and times of Linux (RFC
 * 4861 section 7.3.2 for both families).
 *
 * <pre>
 *             answer                  30 s without confirmation
 * INCOMPLETE --------> REACHABLE -------------------------------> STALE (on next use)
 *     |                    ^                                         | used
 *     | 3 x 1 s            | answer, or a confirmation from above    v
 *     v                    +------------- PROBE <------------------ DELAY
 *   FAILED <--------------------------------+          5 s
 *                   3 x 1 s
 * </pre>
 *
 * <p>Departs from Linux: the 30 s are not drawn anew between 15 and 45 s, and entries are never
 * collected as garbage.
 */
final class NeighborCache {
  static final long SECOND = 1_000_000_000L;
  static final long REACHABLE_NANOS = 30 * SECOND;
  static final long DELAY_NANOS = 5 * SECOND;
  static final long RETRANSMIT_NANOS = SECOND;
  static final int PROBES = 3;

  /** An answer does not replace one that came less than a second before it: net.ipv4 locktime. */
  static final long LOCK_NANOS = SECOND;

  /** Packets that wait for one address; the oldest makes room (unres_qlen). */
  static final int WAITING = 101;

  private final NetworkInterface networkInterface;
  private final HostClock clock;
  private final Object timerOwner;
  private final Map<IpAddress, Neighbor> neighbors = new LinkedHashMap<>();

  NeighborCache(NetworkInterface networkInterface, HostClock clock, Object timerOwner) {
    this.networkInterface = networkInterface;
    this.clock = clock;
    this.timerOwner = timerOwner;
  }

  /** An entry as {@code ip neigh} shows it. */
  Optional<Neighbor> find(IpAddress address) {
    return Optional.ofNullable(neighbors.get(address)).map(this::aged);
  }

  /** Sends a packet to a neighbour, as soon as its MAC address is known. */
  void send(IpAddress nextHop, IpPacket packet, long cause) {
    Neighbor neighbor = neighbors.get(nextHop);
    if (neighbor == null) {
      neighbor = new Neighbor(nextHop);
      neighbors.put(nextHop, neighbor);
    }
    switch (aged(neighbor).state) {
      case REACHABLE, DELAY, PROBE -> networkInterface.transmit(neighbor.mac, packet, cause);
      case STALE -> {
        networkInterface.transmit(neighbor.mac, packet, cause);
        enter(neighbor, NeighborState.DELAY, DELAY_NANOS);
      }
      case INCOMPLETE -> enqueue(neighbor, packet, cause);
      case FAILED -> {
        enqueue(neighbor, packet, cause);
        neighbor.probes = 0;
        enter(neighbor, NeighborState.INCOMPLETE, RETRANSMIT_NANOS);
        solicit(neighbor, cause);
      }
    }
  }

  /** The layers above know that packets to this neighbour arrive. */
  void confirm(IpAddress nextHop) {
    Neighbor neighbor = neighbors.get(nextHop);
    if (neighbor == null || !neighbor.state.isValid()) {
      return;
    }
    neighbor.confirmedAt = clock.monotonicNanos();
  }

  /**
   * Somebody told where an address lives.
   *
   * @param create whether that makes a new entry
   * @param override whether it replaces another MAC address that is still valid
   * @param weak whether another MAC address, where it may not replace, makes the entry doubtful
   */
  void learn(
      IpAddress address,
      MacAddress mac,
      boolean solicited,
      boolean create,
      boolean override,
      boolean weak) {
    Neighbor neighbor = neighbors.get(address);
    if (neighbor == null) {
      if (!create) {
        return;
      }
      neighbor = new Neighbor(address);
      neighbors.put(address, neighbor);
    }
    aged(neighbor);
    boolean wasValid = neighbor.state.isValid();
    boolean sameMac = neighbor.mac.bits() == mac.bits();
    NeighborState next = solicited ? NeighborState.REACHABLE : NeighborState.STALE;
    if (wasValid && !sameMac && !override) {
      if (weak && neighbor.state == NeighborState.REACHABLE) {
        neighbor.state = NeighborState.STALE;
      }
      return;
    }
    if (wasValid && sameMac && next == NeighborState.STALE) {
      return;
    }
    long now = clock.monotonicNanos();
    if (solicited) {
      neighbor.confirmedAt = now;
    } else if (!sameMac) {
      neighbor.confirmedAt = now - 2 * REACHABLE_NANOS;
    }
    if (!sameMac || next != neighbor.state) {
      neighbor.updatedAt = now;
    }
    neighbor.stopTimer();
    neighbor.mac = mac;
    neighbor.state = next;
    if (!wasValid) {
      flushWaiting(neighbor);
    }
  }

  /** Whether an entry was changed so recently that only an announcement replaces it. */
  boolean isLocked(IpAddress address) {
    Neighbor neighbor = neighbors.get(address);
    return neighbor != null && clock.monotonicNanos() - neighbor.updatedAt <= LOCK_NANOS;
  }

  boolean knows(IpAddress address) {
    return neighbors.containsKey(address);
  }

  /** Forgets everything, as Linux does when the link goes. */
  void clear() {
    for (Neighbor neighbor : neighbors.values()) {
      neighbor.stopTimer();
    }
    neighbors.clear();
  }

  /** Linux ages a reachable entry with a timer; looking at the time on use is the same. */
  private Neighbor aged(Neighbor neighbor) {
    if (neighbor.state == NeighborState.REACHABLE
        && clock.monotonicNanos() - neighbor.confirmedAt > REACHABLE_NANOS) {
      neighbor.state = NeighborState.STALE;
    }
    return neighbor;
  }

  private void enqueue(Neighbor neighbor, IpPacket packet, long cause) {
    if (neighbor.waiting.size() == WAITING) {
      neighbor.waiting.removeFirst();
    }
    neighbor.waiting.addLast(new Neighbor.Waiting(packet, cause));
  }

  private void flushWaiting(Neighbor neighbor) {
    while (!neighbor.waiting.isEmpty()) {
      Neighbor.Waiting next = neighbor.waiting.removeFirst();
      networkInterface.transmit(neighbor.mac, next.packet(), next.cause());
      if (neighbor.state == NeighborState.STALE) {
        enter(neighbor, NeighborState.DELAY, DELAY_NANOS);
      }
    }
  }

  private void enter(Neighbor neighbor, NeighborState state, long timeout) {
    neighbor.state = state;
    neighbor.updatedAt = clock.monotonicNanos();
    arm(neighbor, timeout);
  }

  private void arm(Neighbor neighbor, long timeout) {
    long deadline = clock.monotonicNanos() + timeout;
    if (neighbor.timer == null) {
      neighbor.timer = clock.schedule(deadline, () -> timeOut(neighbor), timerOwner);
    } else {
      neighbor.timer.reschedule(deadline);
    }
  }

  private void timeOut(Neighbor neighbor) {
    long cause = neighbor.waiting.isEmpty() ? 0 : neighbor.waiting.getFirst().cause();
    switch (neighbor.state) {
      case DELAY -> {
        if (clock.monotonicNanos() - neighbor.confirmedAt <= DELAY_NANOS) {
          neighbor.state = NeighborState.REACHABLE;
        } else {
          neighbor.probes = 0;
          enter(neighbor, NeighborState.PROBE, RETRANSMIT_NANOS);
          solicit(neighbor, cause);
        }
      }
      case INCOMPLETE, PROBE -> {
        if (neighbor.probes < PROBES) {
          arm(neighbor, RETRANSMIT_NANOS);
          solicit(neighbor, cause);
        } else {
          fail(neighbor);
        }
      }
      case REACHABLE, STALE, FAILED -> {}
    }
  }

  private void solicit(Neighbor neighbor, long cause) {
    neighbor.probes++;
    networkInterface.solicit(neighbor, cause);
  }

  private void fail(Neighbor neighbor) {
    neighbor.state = NeighborState.FAILED;
    neighbor.updatedAt = clock.monotonicNanos();
    List<Neighbor.Waiting> lost = new ArrayList<>(neighbor.waiting);
    neighbor.waiting.clear();
    for (Neighbor.Waiting packet : lost) {
      networkInterface.undeliverable(packet.packet(), packet.cause());
    }
  }
}
