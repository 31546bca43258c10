package org.vipdrift.netio.time;

import java.time.Instant;
import org.vipdrift.actors.port.Clock;

/** The clock of this machine: {@code CLOCK_MONOTONIC} and {@code CLOCK_REALTIME} on Linux. */
public final class MonotonicClock implements Clock {
  private static final long BILLION = 1_000_000_000L;

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }

  @Override
  public long wallNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * BILLION + now.getNano();
  }
}
