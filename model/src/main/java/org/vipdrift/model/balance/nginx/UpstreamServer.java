package org.vipdrift.model.balance.nginx;

import java.time.Duration;

/**
 * A {@code server} line of an {@code upstream} block.
 *
 * @param name the address as written, which {@code hash} hashes
 * @param weight at least 1
 * @param maxConnections {@code max_conns}; 0 for no limit
 * @param maxFails failures within {@code failTimeout} that make it unavailable; 0 for never
 * @param failTimeout also how long it is unavailable; nginx counts whole seconds
 */
public record UpstreamServer(
    String name,
    int weight,
    int maxConnections,
    int maxFails,
    Duration failTimeout,
    boolean backup,
    boolean down) {
  /** As without any parameter but the weight. */
  public static UpstreamServer of(String name, int weight) {
    return new UpstreamServer(name, weight, 0, 1, Duration.ofSeconds(10), false, false);
  }

  public UpstreamServer asBackup() {
    return new UpstreamServer(name, weight, maxConnections, maxFails, failTimeout, true, down);
  }
}
