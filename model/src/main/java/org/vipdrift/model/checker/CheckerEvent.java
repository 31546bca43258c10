package org.vipdrift.model.checker;

/** What happens to a checker; {@code at} is the process's monotonic time in nanoseconds. */
public sealed interface CheckerEvent {
  long at();

  /**
   * It begins, at the start of the process or when its real server is configured.
   *
   * @param share of the longest warm-up that is waited, 0 to 1
   */
  record Started(long at, double share) implements CheckerEvent {}

  /** It is time for a check. */
  record CheckDue(long at) implements CheckerEvent {}

  /** The check that runs succeeded. */
  record CheckSucceeded(long at) implements CheckerEvent {}

  /**
   * It failed.
   *
   * @param explanation what the log says first
   */
  record CheckFailed(long at, String explanation) implements CheckerEvent {}

  /** The virtual address left the host. */
  record Suspended(long at) implements CheckerEvent {}

  /** It came. */
  record Resumed(long at) implements CheckerEvent {}
}
