package org.vipdrift.model.verdict;

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
    Causes causes,
    Logbook logbook,
    Figures figures,
    long endNanos,
    long armedNanos) {
  /** The whole run. */
  Span run() {
    return new Span(0, endNanos);
  }

  /** From the first start of a keepalived on. */
  Span armed() {
    return new Span(Math.min(armedNanos, endNanos), endNanos);
  }
}
