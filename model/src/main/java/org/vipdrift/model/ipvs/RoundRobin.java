package org.vipdrift.model.ipvs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** rr: one after the other, those of weight 0 and the overloaded left out. */
final class RoundRobin implements SchedulerState {
  private static final int BEFORE_FIRST = -1;

  private int last = BEFORE_FIRST;

  @Override
  public @Nullable RealServer pick(List<RealServer> servers, Flow flow) {
    int size = servers.size();
    for (int step = 1; step <= size; step++) {
      int index = (last + step) % size;
      if (servers.get(index).takesNew()) {
        last = index;
        return servers.get(index);
      }
    }
    return null;
  }

  @Override
  public void added(List<RealServer> servers) {
    if (last != BEFORE_FIRST) {
      last++;
    }
  }

  @Override
  public void removed(List<RealServer> servers, RealServer server, int index) {
    if (index <= last) {
      last--;
    }
  }
}
