package org.vipdrift.model.checker;

/**
 * A checker between two events.
 *
 * @param up what it says of its real server
 * @param decided whether it has ever finished a check
 * @param retries failures in a row that did not count yet
 * @param url which of the URLs is next
 * @param running whether a check is under way
 * @param runs how many checks have been started
 * @param startedAt when the last was
 * @param suspended whether it pauses
 */
public record CheckerState(
    boolean up,
    boolean decided,
    int retries,
    int url,
    boolean running,
    long runs,
    long startedAt,
    boolean suspended) {
  /** Before the first check. */
  public static CheckerState initial(CheckerSettings settings) {
    return new CheckerState(!settings.startsDown(), false, 0, 0, false, 0, 0, false);
  }

  CheckerState started(long at) {
    return new CheckerState(up, decided, retries, url, true, runs + 1, at, suspended);
  }

  CheckerState ended(boolean nowUp, int nowRetries, int nextUrl) {
    return new CheckerState(nowUp, true, nowRetries, nextUrl, false, runs, startedAt, suspended);
  }

  CheckerState withSuspended(boolean now) {
    return new CheckerState(up, decided, retries, url, false, runs, startedAt, now);
  }
}
