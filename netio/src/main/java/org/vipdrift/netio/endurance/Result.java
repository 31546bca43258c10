package org.vipdrift.netio.endurance;

import java.util.Optional;

/**
 * One figure, keepalived's from the same run beside it.
 *
 * @param measure that it belongs to
 * @param bound in words; empty where there is none
 * @param holds whether it keeps to its bound; true where there is none
 */
public record Result(
    String measure,
    String what,
    String unit,
    double vipdrift,
    Optional<Double> keepalived,
    String bound,
    boolean holds) {
  static Result of(String measure, String what, String unit, double vipdrift) {
    return new Result(measure, what, unit, vipdrift, Optional.empty(), "", true);
  }

  Result beside(double keepalivedValue) {
    return new Result(measure, what, unit, vipdrift, Optional.of(keepalivedValue), bound, holds);
  }

  Result within(String words, boolean kept) {
    return new Result(measure, what, unit, vipdrift, keepalived, words, kept);
  }

  /** At most so much. */
  Result atMost(double limit) {
    return within(
        "at most " + (limit == Math.rint(limit) ? (long) limit + "" : limit + ""),
        vipdrift <= limit);
  }
}
