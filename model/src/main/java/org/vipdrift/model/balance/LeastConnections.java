package org.vipdrift.model.balance;

/**
 * {@code balance leastconn} of 2.6: fewest connections per weight, idle servers all alike whatever
 * their weight, equal ones first in first out.
 */
final class LeastConnections implements Balancer {
  private static final int SCALE = BalancedServer.MAX_WEIGHT * ServerSnapshot.FULL_RAMP;

  private final BackendLoad load;
  private final OrderedServers active;
  private final OrderedServers backup;
  private final long[] keys;

  LeastConnections(BackendLoad load) {
    this.load = load;
    this.active = new OrderedServers(load.size());
    this.backup = new OrderedServers(load.size());
    this.keys = new long[load.size()];
    for (int server = 0; server < load.size(); server++) {
      if (load.server(server).usable()) {
        enter(server);
      }
    }
  }

  @Override
  public int pick(RequestFacts facts, int avoid) {
    if (load.soleBackup() != NONE) {
      return load.soleBackup();
    }
    OrderedServers order = load.activeInUse() ? active : backup;
    int second = NONE;
    for (int at = 0; at < order.size(); at++) {
      int server = order.get(at);
      if (hasRoom(load.server(server))) {
        if (server != avoid) {
          return server;
        }
        second = server;
      }
    }
    return second;
  }

  @Override
  public void serverChanged(int server, boolean wasUsable, int oldWeight) {
    if (wasUsable) {
      orderOf(server).remove(server);
    }
    if (load.server(server).usable()) {
      enter(server);
    }
  }

  @Override
  public void loadChanged(int server) {
    if (load.server(server).usable() && key(server) != keys[server]) {
      orderOf(server).remove(server);
      enter(server);
    }
  }

  private void enter(int server) {
    keys[server] = key(server);
    orderOf(server).add(server, keys[server]);
  }

  private OrderedServers orderOf(int server) {
    return load.server(server).settings().backup() ? backup : active;
  }

  private long key(int server) {
    ServerLoad one = load.server(server);
    long inFlight = one.served() + one.queued();
    return inFlight == 0 ? 0 : (inFlight + 1) * SCALE / one.effectiveWeight();
  }

  /** A server may be given as many as fit into its own queue. */
  private static boolean hasRoom(ServerLoad server) {
    return server.settings().maxConnections() == 0
        || server.served() + server.queued()
            < server.connectionLimit() + server.settings().maxQueue();
  }
}
