package org.vipdrift.model.checker;

/** What is to be done about a checker. */
public sealed interface CheckerEffect {
  /**
   * Start a check.
   *
   * @param url which of the URLs, 0 where there are none
   */
  record StartCheck(long run, int url) implements CheckerEffect {}

  /** Give up the check that runs. */
  record AbandonCheck() implements CheckerEffect {}

  /** Send {@link CheckerEvent.CheckDue} then. */
  record SetCheckTimer(long deadlineNanos) implements CheckerEffect {}

  /** Forget the timer. */
  record CancelCheckTimer() implements CheckerEffect {}

  /** Tell the virtual server. */
  record Report(boolean up, String reason) implements CheckerEffect {}

  /** Log a line. */
  record Log(String line) implements CheckerEffect {}
}
