package org.vipdrift.simulator.shell;

/**
 * Bounds that end a run which would never end by itself.
 *
 * @param maxSteps evaluation steps of the machine
 * @param maxOutput characters a stream or variable may hold
 * @param maxDepth nested commands, functions and sourced files
 */
public record ShellLimits(int maxSteps, int maxOutput, int maxDepth) {
  public static final ShellLimits DEFAULT = new ShellLimits(1_000_000, 1 << 20, 200);

  public ShellLimits {
    if (maxSteps < 1 || maxOutput < 1 || maxDepth < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }
}
