package org.vipdrift.model.verdict;

/** What became of an expectation, an invariant, or a whole run. */
public enum Outcome {
  HOLDS,
  BROKEN,
  /** The run does not say, for example because it ended too early. */
  UNKNOWN;

  /** The word reports use: {@code holds}, {@code broken}, {@code unknown}. */
  public String word() {
    return switch (this) {
      case HOLDS -> "holds";
      case BROKEN -> "broken";
      case UNKNOWN -> "unknown";
    };
  }

  /** Of two, the one that decides: broken before unknown before holds. */
  Outcome and(Outcome other) {
    if (this == BROKEN || other == BROKEN) {
      return BROKEN;
    }
    return this == UNKNOWN || other == UNKNOWN ? UNKNOWN : HOLDS;
  }
}
