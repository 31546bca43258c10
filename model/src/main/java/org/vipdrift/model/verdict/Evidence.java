package org.vipdrift.model.verdict;

import java.util.Optional;
import org.vipdrift.model.scenario.Expectation.Interval;
import org.vipdrift.model.scenario.Scenario;

/**
 * Everything a finished run left for those who judge it.
 *
 * @param armedNanos when the first keepalived started
 */
record Evidence(
    Scenario scenario,
    Holdings holdings,
    InstanceStates states,
    ServerStates servers,
    Causes causes,
    Logbook logbook,
    RequestLog requests,
    StrayRequests strays,
    Figures figures,
    long endNanos,
    long armedNanos) {
  /** The whole run. */
  Span run() {
    return new Span(0, endNanos);
  }

  /** The part of an interval that was run; without one, the whole run. */
  Span within(Optional<Interval> interval) {
    if (interval.isEmpty()) {
      return run();
    }
    Span span = Span.of(interval.get());
    long to = Math.min(span.toNanos(), endNanos);
    return new Span(Math.min(span.fromNanos(), to), to);
  }

  /** From the first start of a keepalived on. */
  Span armed() {
    return new Span(Math.min(armedNanos, endNanos), endNanos);
  }
}
