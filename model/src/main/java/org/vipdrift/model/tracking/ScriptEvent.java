package org.vipdrift.model.tracking;

/** What happens to a check script; {@code at} is the process's monotonic time in nanoseconds. */
public sealed interface ScriptEvent {
  long at();

  /** It is time for a run. */
  record RunDue(long at) implements ScriptEvent {}

  /** A run ended with exit code 0. */
  record RunSucceeded(long at) implements ScriptEvent {}

  /**
   * A run ended otherwise.
   *
   * @param explanation as the log says it: {@code exited with status 1}, {@code due to timeout}
   */
  record RunFailed(long at, String explanation) implements ScriptEvent {}
}
