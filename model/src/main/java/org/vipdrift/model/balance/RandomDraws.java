package org.vipdrift.model.balance;

import java.util.random.RandomGenerator;

/** {@code balance random}: the least loaded of several servers drawn from the ring. */
final class RandomDraws implements Balancer {
  private final BackendLoad load;
  private final HashRing ring;
  private final int draws;
  private final RandomGenerator random;

  RandomDraws(BackendLoad load, int balanceFactor, int draws, RandomGenerator random) {
    this.load = load;
    this.ring = new HashRing(load, balanceFactor);
    this.draws = draws;
    this.random = random;
  }

  @Override
  public int pick(RequestFacts facts, int avoid) {
    int best = NONE;
    for (int draw = 0; draw < draws; draw++) {
      int drawn = ring.at(random.nextLong() >>> 32, avoid);
      if (drawn == NONE) {
        break;
      }
      if (best == NONE || !isLessLoaded(best, drawn)) {
        best = drawn;
      }
    }
    return best == NONE || !hasRoom(load.server(best)) ? NONE : best;
  }

  @Override
  public void serverChanged(int server, boolean wasUsable, int oldWeight) {
    ring.serverChanged(server);
  }

  @Override
  public void loadChanged(int server) {}

  private boolean isLessLoaded(int left, int right) {
    ServerLoad one = load.server(left);
    ServerLoad other = load.server(right);
    return (long) one.served() * other.effectiveWeight()
        < (long) other.served() * one.effectiveWeight();
  }

  /** Unlike the other algorithms a server without a limit counts as full while it has a queue. */
  private static boolean hasRoom(ServerLoad server) {
    return server.queued() == 0
        && (server.settings().maxConnections() == 0 || server.served() < server.connectionLimit());
  }
}
