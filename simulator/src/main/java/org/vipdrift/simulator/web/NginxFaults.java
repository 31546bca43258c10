package org.vipdrift.simulator.web;

import java.time.Duration;
import org.vipdrift.model.random.SplitRandom;

/** What is wrong with an nginx at the moment. */
final class NginxFaults {
  Duration slowness = Duration.ZERO;

  /** 0 for none. */
  int status;

  double percent;

  boolean strikes(SplitRandom random) {
    return status > 0 && (percent >= 100 || random.nextDouble() * 100 < percent);
  }
}
