package org.vipdrift.model.verdict;

import java.util.List;
import java.util.OptionalLong;

/**
 * The judgement on one expectation or invariant.
 *
 * @param keyword the key of the expectation or the name of the invariant
 * @param expression the expectation as a scenario file writes it; for an invariant, the rule
 * @param claim what it says, as a sentence
 * @param finding what came, with figures, as a sentence
 * @param atNanos when it broke; empty if it did not, or if something never came
 * @param causes how what broke it came about, the first cause first; empty if it did not break
 * @param waivers what would have broken an invariant, had an expectation not claimed it
 */
public record Judgement(
    String keyword,
    String expression,
    String claim,
    Outcome outcome,
    String finding,
    OptionalLong atNanos,
    List<Link> causes,
    List<Waiver> waivers) {
  public Judgement {
    causes = List.copyOf(causes);
    waivers = List.copyOf(waivers);
  }

  /**
   * Something an invariant overlooks.
   *
   * @param what it would have broken on
   * @param claimedBy the expectation that claims it, as a scenario file writes it
   */
  public record Waiver(String what, String claimedBy) {}
}
