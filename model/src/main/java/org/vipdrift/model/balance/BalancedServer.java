package org.vipdrift.model.balance;

import org.vipdrift.model.haproxy.settings.ServerSettings;

/**
 * What the configuration says of a server as far as balancing goes.
 *
 * @param id the numeric id, which is the place in the backend from 1 on unless configured
 * @param weight 0..256
 * @param maxConnections 0 for no limit
 * @param minConnections 0 or {@code maxConnections} for no scaling
 * @param maxQueue 0 for no limit
 */
public record BalancedServer(
    String name,
    int id,
    int weight,
    boolean backup,
    int maxConnections,
    int minConnections,
    int maxQueue) {
  public static final int MAX_WEIGHT = 256;

  public BalancedServer {
    if (weight < 0 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException("expected a weight of 0..256, got " + weight);
    }
  }

  /** An active server without limits. */
  public static BalancedServer of(String name, int id, int weight) {
    return new BalancedServer(name, id, weight, false, 0, 0, 0);
  }

  public static BalancedServer of(ServerSettings server) {
    return new BalancedServer(
        server.name(),
        server.id(),
        server.weight(),
        server.backup(),
        server.maxconn(),
        server.minconn(),
        server.maxqueue());
  }

  public BalancedServer asBackup() {
    return new BalancedServer(name, id, weight, true, maxConnections, minConnections, maxQueue);
  }

  public BalancedServer withMaxConnections(int connections) {
    return new BalancedServer(name, id, weight, backup, connections, minConnections, maxQueue);
  }
}
