package org.vipdrift.model.scenario;

import java.time.Duration;
import java.util.Optional;

/** One line of the timeline. */
public sealed interface TimelineEntry {
  /** When it is done, from the start of the run. */
  Duration at();

  /**
   * An action.
   *
   * @param name given in the file, or made from the action and its place; unique
   * @param duration after which it heals by itself
   */
  record Perform(Duration at, String name, Optional<Duration> duration, Action action)
      implements TimelineEntry {}

  /** Ends the named action. */
  record Heal(Duration at, String name) implements TimelineEntry {}
}
