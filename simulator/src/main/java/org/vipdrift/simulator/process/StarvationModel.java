package org.vipdrift.simulator.process;

import java.time.Duration;

/** How long a starved process waits for the processor before each of its runs. */
@FunctionalInterface
public interface StarvationModel {
  /** Draws the wait before the next run; zero or more, in true time. */
  Duration nextDelay();
}
