package org.vipdrift.simulator.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vipdrift.actors.port.Alarms;
import org.vipdrift.actors.port.Clock;
import org.vipdrift.simulator.time.VirtualTime.Node;

/**
 * What one host believes of the time, and its timers.
 *
 * <p>The monotonic clock runs at {@code 1 + drift} of true time and stands still while the virtual
 * machine is paused; the wall clock is the monotonic clock and an offset that steps change.
 * Arithmetic is exact: a change of rate carries the fraction of a nanosecond over.
 */
public final class HostClock implements Clock {
  /** The largest drift either way: a clock of a tenth of the true rate, and of eight times it. */
  public static final long SLOWEST = -900_000_000L;

  /** The largest drift forwards, see {@link #SLOWEST}. */
  public static final long FASTEST = 7_000_000_000L;

  private static final long BILLION = 1_000_000_000L;

  /** Beyond it the true instant of a deadline could overflow: 26 years. */
  private static final long FARTHEST = Long.MAX_VALUE / 11;

  private final VirtualTime time;
  private final List<HostTimer> withheld = new ArrayList<>();
  private long wallOffset;
  private boolean paused;

  // monotonic = baseMonotonic + floor(((now - baseTrue) * rate + baseFraction) / BILLION)
  private long rate = BILLION;
  private long baseTrue;
  private long baseMonotonic;
  private long baseFraction;

  /**
   * A clock that starts now, at zero, at the true rate.
   *
   * @param wallOffsetNanos what the wall clock shows when the monotonic clock shows zero
   */
  public HostClock(VirtualTime time, long wallOffsetNanos) {
    this.time = time;
    this.wallOffset = wallOffsetNanos;
    this.baseTrue = time.nowNanos();
  }

  @Override
  public long monotonicNanos() {
    if (paused) {
      return baseMonotonic;
    }
    long elapsed = time.nowNanos() - baseTrue;
    return baseMonotonic + (rate == BILLION ? elapsed : scaled(elapsed));
  }

  @Override
  public long wallNanos() {
    return wallOffset + monotonicNanos();
  }

  /** How far off its rate is, in parts per billion. */
  public long driftPartsPerBillion() {
    return rate - BILLION;
  }

  /** Whether the virtual machine is paused. */
  public boolean isPaused() {
    return paused;
  }

  /**
   * From now on both clocks run at {@code 1 + drift} of true time; timers keep their deadlines.
   *
   * @param partsPerBillion 20,000,000 for a clock that is 2 % fast, within {@link #SLOWEST} and
   *     {@link #FASTEST}
   */
  public void setDrift(long partsPerBillion) {
    if (partsPerBillion < SLOWEST || partsPerBillion > FASTEST) {
      throw new IllegalArgumentException(
          "expected a drift between "
              + SLOWEST
              + " and "
              + FASTEST
              + " parts per billion, got "
              + partsPerBillion);
    }
    rebase();
    rate = BILLION + partsPerBillion;
    if (!paused) {
      for (HostTimer timer : timersInHeap()) {
        time.move(timer, trueNanos(timer.deadline), timer.sequence);
      }
    }
  }

  /** Sets the wall clock forward, or back by a negative duration; timers do not care. */
  public void stepWall(Duration step) {
    wallOffset = Math.addExact(wallOffset, step.toNanos());
  }

  /** Pauses the virtual machine: both clocks stand still and no timer goes off. */
  public void pause() {
    if (paused) {
      return;
    }
    rebase();
    paused = true;
    for (HostTimer timer : timersInHeap()) {
      time.remove(timer);
      withheld.add(timer);
    }
  }

  /** Ends {@link #pause}; both clocks go on where they stood. */
  public void resume() {
    if (!paused) {
      return;
    }
    paused = false;
    baseTrue = time.nowNanos();
    List<HostTimer> timers = List.copyOf(withheld);
    withheld.clear();
    for (HostTimer timer : timers) {
      time.insert(timer, trueNanos(timer.deadline), timer.sequence);
    }
  }

  /**
   * Runs {@code action} at the first true instant at which {@link #monotonicNanos} has reached the
   * deadline, or at once if it has.
   *
   * @param owner whose timer it is, for {@link #cancelAll}
   */
  public HostTimer schedule(long monotonicDeadlineNanos, Runnable action, Object owner) {
    HostTimer timer = new HostTimer(this, action, owner);
    timer.set(monotonicDeadlineNanos);
    return timer;
  }

  /** Cancels every timer of one owner. */
  public void cancelAll(Object owner) {
    withheld.removeIf(timer -> timer.owner == owner);
    for (HostTimer timer : timersInHeap()) {
      if (timer.owner == owner) {
        time.remove(timer);
      }
    }
  }

  private void rebase() {
    long now = time.nowNanos();
    if (!paused) {
      long elapsed = now - baseTrue;
      long passed = scaled(elapsed);
      baseFraction = (elapsed % BILLION * rate + baseFraction) % BILLION;
      baseMonotonic += passed;
    }
    baseTrue = now;
  }

  private long scaled(long elapsed) {
    return elapsed / BILLION * rate + (elapsed % BILLION * rate + baseFraction) / BILLION;
  }

  /** The first true instant, now or later, at which the monotonic clock has reached a deadline. */
  private long trueNanos(long deadline) {
    long now = time.nowNanos();
    long distance = deadline - baseMonotonic;
    if (deadline <= baseMonotonic) {
      return now;
    }
    if (distance < 0 || distance > FARTHEST) {
      return Long.MAX_VALUE;
    }
    long elapsed =
        rate == BILLION
            ? distance
            : distance / rate * BILLION
                + Math.ceilDiv(distance % rate * BILLION - baseFraction, rate);
    return Math.max(now, elapsed > Long.MAX_VALUE - baseTrue ? Long.MAX_VALUE : baseTrue + elapsed);
  }

  /** In the order in which they were set: so they are moved in the same order everywhere. */
  private List<HostTimer> timersInHeap() {
    return time.select(node -> node instanceof HostTimer timer && timer.clock == this).stream()
        .map(HostTimer.class::cast)
        .sorted(Comparator.comparingLong((Node timer) -> timer.sequence))
        .toList();
  }

  /**
   * A timer in the host's monotonic time.
   *
   * <p>Timers for one true instant go off in the order in which they were set, whatever became of
   * the clock meanwhile.
   */
  public static final class HostTimer extends Node implements Alarms.Alarm {
    private final HostClock clock;
    private final Object owner;
    private long deadline;

    private HostTimer(HostClock clock, Runnable action, Object owner) {
      super(action);
      this.clock = clock;
      this.owner = owner;
    }

    /** The deadline, as {@link HostClock#monotonicNanos} counts. */
    public long deadlineNanos() {
      return deadline;
    }

    /** Whether it is still to go off. */
    public boolean isPending() {
      return position != ABSENT || (clock.paused && clock.withheld.contains(this));
    }

    @Override
    public void cancel() {
      if (position != ABSENT) {
        clock.time.remove(this);
      } else if (clock.paused) {
        clock.withheld.remove(this);
      }
    }

    /** Sets another deadline, as if cancelled and set anew. */
    public void reschedule(long monotonicDeadlineNanos) {
      cancel();
      set(monotonicDeadlineNanos);
    }

    private void set(long deadline) {
      this.deadline = deadline;
      long setAs = clock.time.takeSequence();
      if (clock.paused) {
        sequence = setAs;
        clock.withheld.add(this);
      } else {
        clock.time.insert(this, clock.trueNanos(deadline), setAs);
      }
    }
  }
}
