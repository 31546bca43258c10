package org.vipdrift.scenarios.trace;

import java.io.IOException;
import java.util.Optional;
import org.vipdrift.model.trace.TraceEvent;

/** Finds where two traces part. */
public final class TraceDiff {
  /**
   * The first difference.
   *
   * @param line in both files, counted from 1
   * @param left the event of the first trace; empty if it ended there
   * @param right the event of the second trace; empty if it ended there
   * @param last the last event that both have; empty if they part at once
   */
  public record Divergence(
      long line,
      Optional<TraceEvent> left,
      Optional<TraceEvent> right,
      Optional<TraceEvent> last) {}

  private TraceDiff() {}

  /** The first event in which two traces differ; empty if they have the same events. */
  public static Optional<Divergence> first(TraceReader left, TraceReader right) throws IOException {
    Optional<TraceEvent> last = Optional.empty();
    while (true) {
      Optional<TraceEvent> one = left.next();
      Optional<TraceEvent> other = right.next();
      if (!one.equals(other)) {
        return Optional.of(new Divergence(left.line(), one, other, last));
      }
      if (one.isEmpty()) {
        return Optional.empty();
      }
      last = one;
    }
  }
}
