package org.vipdrift.model.ipvs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** lc, wlc, sed, nq, fo and ovf: they look at the connections and weights of now alone. */
final class LeastLoaded implements SchedulerState {
  /** An active connection weighs as much as so many inactive ones. */
  private static final int ACTIVE_SHIFT = 8;

  private final SchedulingRule rule;

  LeastLoaded(SchedulingRule rule) {
    this.rule = rule;
  }

  /** Of equals the first in the list wins: every comparison is strict. */
  @Override
  public @Nullable RealServer pick(List<RealServer> servers, Flow flow) {
    RealServer best = null;
    for (RealServer candidate : servers) {
      if (!candidate.takesNew() || !qualifies(candidate)) {
        continue;
      }
      if (rule == SchedulingRule.NQ && candidate.activeConnections() == 0) {
        return candidate;
      }
      if (best == null || isBetter(candidate, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private boolean qualifies(RealServer candidate) {
    return rule != SchedulingRule.OVF || candidate.activeConnections() <= candidate.weight();
  }

  private boolean isBetter(RealServer candidate, RealServer best) {
    return switch (rule) {
      case LC -> overhead(candidate) < overhead(best);
      case WLC -> overhead(best) * candidate.weight() > overhead(candidate) * best.weight();
      case SED, NQ ->
          expectedDelay(best) * candidate.weight() > expectedDelay(candidate) * best.weight();
      case FO, OVF -> candidate.weight() > best.weight();
      case RR, WRR, SH, DH, MH -> throw new IllegalStateException(rule + " is not of this class");
    };
  }

  private static long overhead(RealServer server) {
    return ((long) server.activeConnections() << ACTIVE_SHIFT) + server.inactiveConnections();
  }

  private static long expectedDelay(RealServer server) {
    return server.activeConnections() + 1L;
  }
}
