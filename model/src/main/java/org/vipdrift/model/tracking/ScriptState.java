package org.vipdrift.model.tracking;

/**
 * A check script between two events.
 *
 * @param status what it says of what it checks
 * @param result keepalived's counter: 0 to rise + fall - 1, up from rise on
 * @param running whether no run has ended since the last one was started
 * @param due whether a run waits for that end
 * @param runs how many have been started
 */
public record ScriptState(Status status, int result, boolean running, boolean due, long runs) {
  /** What a script says. */
  public enum Status {
    /** Nothing yet: instances that track it wait in INIT. */
    UNDECIDED,
    UP,
    DOWN
  }

  /** Before its first run. */
  public static ScriptState initial(ScriptSettings settings) {
    return settings.initiallyFailed()
        ? new ScriptState(Status.DOWN, 0, false, false, 0)
        : new ScriptState(Status.UNDECIDED, settings.rise() - 1, false, false, 0);
  }
}
