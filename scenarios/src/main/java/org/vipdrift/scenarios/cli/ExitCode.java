package org.vipdrift.scenarios.cli;

/** What the program's exit codes mean. */
final class ExitCode {
  /** Everything expected holds. */
  static final int HOLDS = 0;

  /** An expectation or invariant is broken. */
  static final int BROKEN = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** A verdict could not be reached. */
  static final int UNKNOWN = 3;

  /** A scenario or configuration is wrong. */
  static final int CONFIGURATION = 4;

  /** The machine lacks something, or the user a privilege. */
  static final int ENVIRONMENT = 5;

  /** A bug of ours. */
  static final int BUG = 70;

  /** Interrupted by the user. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** The worse of two, for several runs in one command. */
  static int worse(int left, int right) {
    return rank(left) >= rank(right) ? left : right;
  }

  private static int rank(int code) {
    return switch (code) {
      case HOLDS -> 0;
      case UNKNOWN -> 1;
      case BROKEN -> 2;
      case CONFIGURATION -> 3;
      case ENVIRONMENT -> 4;
      case USAGE -> 5;
      default -> 6;
    };
  }
}
