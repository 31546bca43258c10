package org.vipdrift.model.checker;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.ipvs.Destination;

/**
 * A real server.
 *
 * @param destination as configured, with its configured weight
 * @param name as keepalived writes it, e.g. {@code [10.0.0.2]:tcp:80}
 * @param inhibitsOnFailure whether a failure makes its weight 0 instead of removing it
 * @param notifyUp the words of a script, the first of them the program
 * @param notifyDown likewise
 */
public record RealServerSettings(
    Destination destination,
    String name,
    boolean inhibitsOnFailure,
    Optional<List<String>> notifyUp,
    Optional<List<String>> notifyDown,
    List<CheckerSettings> checkers) {
  public RealServerSettings {
    checkers = List.copyOf(checkers);
  }

  /** {@code RIP:port}. */
  public String label() {
    return destination.toString();
  }

  /** Whether it is out of the pool until its checkers succeed. */
  public boolean startsDown() {
    return checkers.stream().anyMatch(CheckerSettings::startsDown);
  }
}
