package org.vipdrift.model.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.vipdrift.model.trace.TraceEvent;

/**
 * Something a scenario can be run on; it applies the timeline and emits events, and never judges.
 */
public interface Testbed extends AutoCloseable {
  /** Its name in trace files: {@code sim} or {@code netns}. */
  String name();

  /** Whether it can do this action. */
  boolean supports(Action action);

  /**
   * What of a scenario it cannot do, each in a sentence with its place; a scenario with any is not
   * to be run on it.
   */
  default List<String> refusals(Scenario scenario) {
    List<String> refusals = new ArrayList<>();
    for (TimelineEntry entry : scenario.timeline()) {
      if (entry instanceof TimelineEntry.Perform(_, String name, _, Action action)
          && !supports(action)) {
        String called = name.startsWith(action.keyword()) ? "" : " (" + name + ")";
        refusals.add(
            "timeline at "
                + entry.at().toMillis() / 1e3
                + " s: "
                + action.keyword()
                + called
                + " cannot be done on "
                + name());
      }
    }
    return refusals;
  }

  /**
   * Runs a scenario from its start to its end.
   *
   * @param seed the source of all chance of this run
   * @param sink called with each event in the order of ids, on one thread
   * @param frames called with each frame that enters a segment, on the same thread; where nobody
   *     wants them, gathering them costs nothing
   * @param progress told now and then how far the run is, in nanoseconds since its start
   * @throws IllegalStateException when the run failed for a reason outside the scenario: a bug of
   *     ours
   */
  void run(
      Scenario scenario,
      long seed,
      Consumer<TraceEvent> sink,
      Optional<FrameSink> frames,
      LongConsumer progress);

  /** The same, without its frames and telling nobody how far it is. */
  default void run(Scenario scenario, long seed, Consumer<TraceEvent> sink) {
    run(scenario, seed, sink, Optional.empty(), _ -> {});
  }

  /** Gives back what it holds; no run is possible afterwards. */
  @Override
  void close();
}
