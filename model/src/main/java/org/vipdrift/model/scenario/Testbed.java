package org.vipdrift.model.scenario;

import java.util.function.Consumer;
import org.vipdrift.model.trace.TraceEvent;

/**
 * Something a scenario can be run on; it applies the timeline and emits events, and never judges.
 */
public interface Testbed {
  /** Its name in trace files: {@code sim} or {@code netns}. */
  String name();

  /** Whether it can do this action. */
  boolean supports(Action action);

  /**
   * Runs a scenario from its start to its end.
   *
   * @param seed the source of all chance of this run
   * @param sink called with each event in the order of ids, on one thread
   */
  void run(Scenario scenario, long seed, Consumer<TraceEvent> sink);
}
