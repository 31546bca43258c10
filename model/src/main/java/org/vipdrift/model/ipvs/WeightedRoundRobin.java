package org.vipdrift.model.ipvs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * wrr: the list is gone through once for each level, from the highest weight down in steps of the
 * greatest common divisor; who weighs at least the level is served. So heavy ones come in bursts.
 */
final class WeightedRoundRobin implements SchedulerState {
  private static final int BEFORE_FIRST = -1;

  private int last = BEFORE_FIRST;
  private int level;
  private int highest;
  private int step = 1;

  @Override
  public @Nullable RealServer pick(List<RealServer> servers, Flow flow) {
    if (highest == 0) {
      return null;
    }
    int levels = highest / step + 1;
    int index = last;
    for (int round = 0; round <= levels + 1; round++) {
      for (index++; index < servers.size(); index++) {
        RealServer candidate = servers.get(index);
        if (!candidate.isOverloaded() && candidate.weight() >= level) {
          last = index;
          return candidate;
        }
      }
      level -= step;
      if (level <= 0) {
        level = highest;
      }
      index = BEFORE_FIRST;
    }
    return null;
  }

  @Override
  public void added(List<RealServer> servers) {
    recompute(servers);
  }

  @Override
  public void removed(List<RealServer> servers, RealServer server, int index) {
    recompute(servers);
  }

  @Override
  public void changed(List<RealServer> servers) {
    recompute(servers);
  }

  /** Linux begins anew at the head of the list; the level stays where it still can. */
  private void recompute(List<RealServer> servers) {
    int divisor = 0;
    int most = 0;
    for (RealServer server : servers) {
      if (server.weight() > 0) {
        divisor = gcd(server.weight(), divisor);
        most = Math.max(most, server.weight());
      }
    }
    last = BEFORE_FIRST;
    step = divisor == 0 ? 1 : divisor;
    highest = most == 0 ? 0 : most - (step - 1);
    if (level > highest || level == 0) {
      level = highest;
    } else if (step > 1) {
      level = (level / step) * step + 1;
    }
  }

  static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
