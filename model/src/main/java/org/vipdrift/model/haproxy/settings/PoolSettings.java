package org.vipdrift.model.haproxy.settings;

import java.time.Duration;

/**
 * How many idle connections to a server are kept.
 *
 * @param maximum {@code pool-max-conn}, -1 for unlimited
 * @param low {@code pool-low-conn}
 * @param maxReuse requests per connection, -1 for unlimited
 */
public record PoolSettings(int maximum, int low, Duration purgeDelay, int maxReuse) {
  public static final PoolSettings DEFAULT = new PoolSettings(-1, 0, Duration.ofSeconds(5), -1);
}
