package org.vipdrift.netio.namespaces;

import java.util.List;
import java.util.Random;
import org.vipdrift.model.scenario.Action;

/**
 * Lets processes have the processor late: each is stopped for the delay of the action, then runs
 * for a moment, and so on. A limit of a control group would be evener, but not every machine lets
 * one be set, and one as small as this cannot be.
 */
final class Starvation {
  private static final long MOMENT_MILLIS = 1;

  private final List<HostedProcess> processes;
  private final Action.CpuStarve action;
  private final World world;
  private final Random random = new Random(1);
  private boolean over;

  Starvation(List<HostedProcess> processes, Action.CpuStarve action, World world) {
    this.processes = processes;
    this.action = action;
    this.world = world;
  }

  void stop() {
    if (!over) {
      processes.forEach(p -> p.pause(true));
      long jitter = (long) (random.nextDouble() * action.jitter().toNanos() / 1e6);
      world.later(Math.max(1, action.delay().toMillis() + jitter), this::run);
    }
  }

  private void run() {
    if (!over) {
      processes.forEach(p -> p.pause(false));
      world.later(MOMENT_MILLIS, this::stop);
    }
  }

  void end() {
    over = true;
    processes.forEach(p -> p.pause(false));
  }
}
