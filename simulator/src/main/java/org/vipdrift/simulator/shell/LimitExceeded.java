package org.vipdrift.simulator.shell;

/** Ends a run that has reached one of its {@link ShellLimits}. */
final class LimitExceeded extends RuntimeException {
  private static final long serialVersionUID = 1;

  LimitExceeded(String limit) {
    super(limit, null, false, false);
  }
}
