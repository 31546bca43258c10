package org.vipdrift.model.health;

import java.time.Duration;
import org.vipdrift.model.haproxy.settings.ServerCheck;

/**
 * What the health of a server depends on.
 *
 * @param backend name of the backend
 * @param initialWeight 0..256, of which percentages are taken
 * @param slowstart zero for none
 * @param logChecks {@code option log-health-checks}
 * @param via {@code via backend/server} where it tracks another; empty if it does not
 */
public record HealthSettings(
    String backend,
    String server,
    boolean backup,
    boolean disabled,
    int initialWeight,
    Duration slowstart,
    boolean logChecks,
    String via,
    ServerCheck check) {
  /** The highest value of the counter. */
  int top() {
    return check.rise() + check.fall() - 1;
  }
}
