package org.vipdrift.model.verdict;

import java.util.OptionalLong;

/**
 * What the evaluator of an expectation found.
 *
 * @param eventId 0 if no event began it
 */
record Finding(Outcome outcome, String text, OptionalLong atNanos, long eventId) {
  static Finding holds(String text) {
    return new Finding(Outcome.HOLDS, text, OptionalLong.empty(), 0);
  }

  static Finding broken(String text) {
    return new Finding(Outcome.BROKEN, text, OptionalLong.empty(), 0);
  }

  static Finding broken(String text, long atNanos, long eventId) {
    return new Finding(Outcome.BROKEN, text, OptionalLong.of(atNanos), eventId);
  }
}
