package org.vipdrift.simulator.host;

import java.time.Duration;
import java.util.Optional;

/** What can be done to a web server while it runs; it outlasts a restart. */
public interface ServerFaults {
  /**
   * Errors instead of answers.
   *
   * @param status 400..599
   * @param percent of the requests, more than 0 and at most 100
   */
  record Failing(int status, double percent) {}

  /** It works so long on each request; empty gives it its own speed back. */
  void slow(Optional<Duration> takes);

  /** It answers so; empty lets it answer as before. */
  void fail(Optional<Failing> failing);
}
