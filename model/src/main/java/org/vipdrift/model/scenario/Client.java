package org.vipdrift.model.scenario;

import java.time.Duration;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.IpPrefix;

/**
 * A machine on a segment that uses the cluster: it sends echo requests.
 *
 * @param ping whom it asks
 * @param every from one request to the next
 * @param timeout after which a request counts as lost
 */
public record Client(
    String name,
    String segment,
    IpPrefix address,
    IpAddress ping,
    Duration every,
    Duration timeout) {
  public static final Duration DEFAULT_EVERY = Duration.ofMillis(200);
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);
}
