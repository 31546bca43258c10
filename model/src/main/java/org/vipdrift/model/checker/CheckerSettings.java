package org.vipdrift.model.checker;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;

/**
 * A checker of a real server.
 *
 * @param address where it connects
 * @param port 0 where the check knows none
 * @param source what it connects from, where that is configured
 * @param mark of its packets, 0 for none
 * @param delayLoop between checks
 * @param retries failures after the first that are needed for down
 * @param retryDelay before a retry
 * @param warmUp the longest random wait before the first check
 * @param startsDown {@code alpha}: down until the first success
 */
public record CheckerSettings(
    Check check,
    IpAddress address,
    int port,
    Optional<IpAddress> source,
    int mark,
    Duration connectTimeout,
    Duration delayLoop,
    int retries,
    Duration retryDelay,
    Duration warmUp,
    boolean startsDown,
    boolean logsAllFailures) {
  public CheckerSettings {
    if (!delayLoop.isPositive() || retries < 0 || retryDelay.isNegative() || warmUp.isNegative()) {
      throw new IllegalArgumentException(check.keyword() + ": impossible times");
    }
  }

  /** Where it connects as keepalived writes it, e.g. {@code [10.0.0.2]:tcp:80}. */
  public String target() {
    String protocol =
        switch (check) {
          case Check.Udp _, Check.Dns _ -> "udp";
          case Check.Tcp _, Check.Http _, Check.Misc _, Check.Ping _, Check.Smtp _ -> "tcp";
        };
    return "[" + address + "]:" + protocol + ":" + port;
  }
}
