package org.vipdrift.model.verdict;

import java.time.Duration;

/** What must be true of every run, unless its scenario claims the contrary. */
public enum Invariant {
  NO_LONG_SPLIT_BRAIN("no-long-split-brain"),
  NEVER_LONG_UNHELD("never-long-unheld"),
  NO_FLAPPING("no-flapping"),
  CONVERGED_AT_THE_END("converged-at-the-end"),
  REQUESTS_REACH_ONE("requests-reach-one");

  /** Two holders for no longer than this are part of a handover. */
  public static final Duration SPLIT_BRAIN_TOLERANCE = Duration.ofMillis(50);

  /** Nothing may change in the last stretch of a run, unless the timeline acts in it. */
  public static final Duration CALM_AT_THE_END = Duration.ofSeconds(1);

  /**
   * Clients must be served again so long after something was done to the cluster, if a takeover
   * does not take longer: health checks as usually written have noticed by then, and so has a
   * client that resends its SYN after 1 s and 3 s.
   */
  public static final Duration CALM_FOR_CLIENTS = Duration.ofSeconds(10);

  private final String keyword;

  Invariant(String keyword) {
    this.keyword = keyword;
  }

  public String keyword() {
    return keyword;
  }
}
