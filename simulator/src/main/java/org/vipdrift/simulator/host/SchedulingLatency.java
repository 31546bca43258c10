package org.vipdrift.simulator.host;

import org.vipdrift.actors.port.Alarms;
import org.vipdrift.model.random.SplitRandom;

/**
 * Alarms as a process meets them: it gets the processor 20 to 120 microseconds after a deadline.
 *
 * <p>Without it two machines with equal timers would act in the same nanosecond, and adverts would
 * never drift against each other; keepalived 2.2.7's do, by some tenths of a millisecond a minute
 * and more (measured).
 */
public final class SchedulingLatency implements Alarms {
  private static final long LEAST_NANOS = 20_000;
  private static final long SPREAD_NANOS = 100_000;

  private final Alarms alarms;
  private final SplitRandom random;

  public SchedulingLatency(Alarms alarms, SplitRandom random) {
    this.alarms = alarms;
    this.random = random;
  }

  @Override
  public Alarm set(long monotonicDeadlineNanos, Runnable wake) {
    long latency = LEAST_NANOS + Long.remainderUnsigned(random.nextLong(), SPREAD_NANOS);
    return alarms.set(monotonicDeadlineNanos + latency, wake);
  }
}
