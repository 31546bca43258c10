package org.vipdrift.model.balance;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The ring of consistent hashing: a node for every sixteenth of a server's weight, placed by the
 * server's id, so that a server that comes or goes moves few keys.
 */
final class HashRing {
  private static final int IDS_APART = BalancedServer.MAX_WEIGHT * ServerSnapshot.FULL_RAMP;

  private final BackendLoad load;
  private final int balanceFactor;
  private final TreeSet<Node> active = new TreeSet<>(Node.ORDER);
  private final TreeSet<Node> backup = new TreeSet<>(Node.ORDER);
  private final int[] placed;
  private final int[] most;
  private final long[] weightBefore;
  private Node last = Node.BEFORE_ALL;

  /** One place; {@code key} is unsigned. */
  private record Node(long key, int server, int number) {
    static final Node BEFORE_ALL = new Node(-1, -1, -1);
    static final Comparator<Node> ORDER =
        Comparator.comparingLong(Node::key)
            .thenComparingInt(Node::server)
            .thenComparingInt(Node::number);
  }

  /**
   * @param balanceFactor percent of the average load that a server may have; 0 for any
   */
  HashRing(BackendLoad load, int balanceFactor) {
    this.load = load;
    this.balanceFactor = balanceFactor;
    this.placed = new int[load.size()];
    this.most = new int[load.size()];
    this.weightBefore = new long[load.size()];
    for (int server = 0; server < load.size(); server++) {
      most[server] = load.server(server).settings().weight() * ServerSnapshot.FULL_RAMP;
      weightBefore[server] = load.weightBefore(server);
      serverChanged(server);
    }
  }

  /**
   * Places or takes away nodes until there are as many as the server's weight; for more than it
   * ever had, all are taken away first.
   */
  void serverChanged(int server) {
    ServerLoad one = load.server(server);
    TreeSet<Node> ring = one.settings().backup() ? backup : active;
    int wanted = one.usable() ? one.effectiveWeight() : 0;
    if (wanted > most[server]) {
      most[server] = wanted;
      shrink(ring, server, 0);
    }
    shrink(ring, server, wanted);
    while (placed[server] < wanted) {
      ring.add(node(server, placed[server]++));
    }
  }

  /** Where the node whose turn it was last goes, the next one counts as that, losing its turn. */
  private void shrink(TreeSet<Node> ring, int server, int wanted) {
    while (placed[server] > wanted) {
      Node node = node(server, --placed[server]);
      if (last.equals(node)) {
        Node following = ring.higher(node);
        last = following == null ? Node.BEFORE_ALL : following;
      }
      ring.remove(node);
    }
  }

  /**
   * The server nearest to a hash, or the next one along the ring that is allowed.
   *
   * @param avoid a server not to be chosen, or {@link Balancer#NONE}
   */
  int at(long hash, int avoid) {
    if (load.soleBackup() != Balancer.NONE) {
      return load.soleBackup();
    }
    TreeSet<Node> ring = ring();
    if (ring.isEmpty()) {
      return Balancer.NONE;
    }
    Node after = orFirst(ring, ring.ceiling(new Node(hash, -1, -1)));
    Node before = ring.lower(after);
    if (before == null) {
      before = ring.last();
    }
    boolean nearerBefore =
        ((hash - before.key()) & 0xffffffffL) <= ((after.key() - hash) & 0xffffffffL);
    Node node = nearerBefore ? before : after;
    int wraps = 0;
    while (node.server() == avoid || !isAllowed(node.server())) {
      Node following = ring.higher(node);
      if (following == null) {
        following = ring.first();
        if (++wraps > 1) {
          break;
        }
      }
      node = following;
    }
    return node.server();
  }

  /** The server of the next node that has a free slot, for requests that cannot be hashed. */
  int nextInTurn(int avoid) {
    if (load.soleBackup() != Balancer.NONE) {
      return load.soleBackup();
    }
    TreeSet<Node> ring = ring();
    int second = Balancer.NONE;
    Node afterSecond = last;
    for (int seen = 0; seen < ring.size(); seen++) {
      last = orFirst(ring, ring.higher(last));
      if (load.server(last.server()).hasFreeSlot()) {
        if (last.server() != avoid) {
          return last.server();
        }
        second = last.server();
        afterSecond = last;
      }
    }
    if (second != Balancer.NONE) {
      last = afterSecond;
    }
    return second;
  }

  private TreeSet<Node> ring() {
    return load.activeInUse() ? active : backup;
  }

  private static Node orFirst(TreeSet<Node> ring, @Nullable Node node) {
    return node == null ? ring.first() : node;
  }

  /**
   * Whether a server has less than its share of the slots: those are the requests of this moment
   * with the one to come, times the factor, dealt out by weight; everybody has one at least.
   * HAProxy deals out the rest by the weights of the start, whatever has changed since.
   */
  private boolean isAllowed(int server) {
    if (balanceFactor == 0) {
      return true;
    }
    long total = load.totalWeight();
    long slots = ((load.served() + 1L) * balanceFactor + 99) / 100;
    long weight = load.server(server).effectiveWeight();
    long before = weightBefore[server];
    long rest = slots % total;
    long share =
        weight * (slots / total) + (before + weight) * rest / total - before * rest / total;
    return load.server(server).served() < Math.max(1, share);
  }

  private Node node(int server, int number) {
    int id = load.server(server).settings().id();
    long key = RequestHash.avalanche(id * IDS_APART + number) & 0xffffffffL;
    return new Node(key, server, number);
  }
}
