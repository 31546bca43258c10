package org.vipdrift.model.haproxy.settings;

import java.util.Optional;

/**
 * A {@code stats socket}: where operators talk to the process.
 *
 * @param permissions {@code mode}, as an octal number's value
 */
public record StatsSocket(
    BindAddress address,
    Level level,
    Optional<Integer> permissions,
    Optional<String> user,
    Optional<String> group) {
  /** What the socket's users may do. */
  public enum Level {
    USER,
    OPERATOR,
    ADMIN
  }
}
