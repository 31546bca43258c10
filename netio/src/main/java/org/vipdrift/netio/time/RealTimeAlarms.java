package org.vipdrift.netio.time;

import org.apache.pekko.actor.typed.ActorSystem;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.netio.time.DeadlineHeap.Entry;

/**
 * Alarms in {@link MonotonicClock}'s time.
 *
 * <p>Deadlines are absolute all the way to the kernel's timer, so a chain of alarms does not drift.
 * Alarms that are set after the actor system has ended never go off.
 */
public final class RealTimeAlarms implements Alarms {
  private final TimerThread timers;

  RealTimeAlarms(TimerThread timers) {
    this.timers = timers;
  }

  /**
   * The alarms of an actor system.
   *
   * @throws IllegalArgumentException when its scheduler is not a {@link PreciseScheduler}
   */
  public static RealTimeAlarms of(ActorSystem<?> system) {
    if (system.classicSystem().scheduler() instanceof PreciseScheduler scheduler) {
      return scheduler.alarms();
    }
    throw new IllegalArgumentException(
        "expected an actor system on a PreciseScheduler, got "
            + system.classicSystem().scheduler().getClass().getName());
  }

  @Override
  public Alarm set(long monotonicDeadlineNanos, Runnable wake) {
    RealTimeAlarm alarm = new RealTimeAlarm(timers, wake);
    timers.add(alarm, monotonicDeadlineNanos);
    return alarm;
  }

  private static final class RealTimeAlarm extends Entry implements Alarm {
    private final TimerThread timers;
    private final Runnable wake;

    RealTimeAlarm(TimerThread timers, Runnable wake) {
      this.timers = timers;
      this.wake = wake;
    }

    @Override
    void fire() {
      wake.run();
    }

    @Override
    public void cancel() {
      timers.remove(this);
    }
  }
}
