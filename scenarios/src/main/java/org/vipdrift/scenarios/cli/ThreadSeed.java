package org.vipdrift.scenarios.cli;

/** Whether the simulation can seed what Pekko draws actor identifiers from. */
final class ThreadSeed {
  private ThreadSeed() {}

  static boolean isReachable() {
    return Object.class.getModule().isOpen("java.lang", ThreadSeed.class.getModule());
  }
}
