package org.vipdrift.model.health;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.haproxy.settings.CheckMethod;

/**
 * A check of one server.
 *
 * @param interval bounds the check as a whole where there is no {@code timeout check}
 * @param connectTimeout {@code timeout connect}; counts only with a {@code timeout check}
 * @param checkTimeout {@code timeout check}, from the moment of the connection
 */
public record ProbeSettings(
    CheckMethod method,
    Duration interval,
    Optional<Duration> connectTimeout,
    Optional<Duration> checkTimeout) {
  long connectNanos() {
    return checkTimeout.isPresent()
        ? Math.min(interval.toNanos(), connectTimeout.orElse(interval).toNanos())
        : interval.toNanos();
  }
}
