package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.List;

/**
 * What a run showed.
 *
 * @param scenario its name
 * @param end when the run ended
 * @param expectations in the scenario's order
 * @param invariants in the order of {@link Invariant}
 */
public record Verdict(
    String scenario,
    long seed,
    Duration end,
    List<Judgement> expectations,
    List<Judgement> invariants,
    Figures figures) {
  public Verdict {
    expectations = List.copyOf(expectations);
    invariants = List.copyOf(invariants);
  }

  public Outcome overall() {
    Outcome overall = Outcome.HOLDS;
    for (Judgement judgement : expectations) {
      overall = overall.and(judgement.outcome());
    }
    for (Judgement judgement : invariants) {
      overall = overall.and(judgement.outcome());
    }
    return overall;
  }

  /** 0 if all hold, 1 if something is broken, 3 if that is unknown. */
  public int exitCode() {
    return switch (overall()) {
      case HOLDS -> 0;
      case BROKEN -> 1;
      case UNKNOWN -> 3;
    };
  }
}
