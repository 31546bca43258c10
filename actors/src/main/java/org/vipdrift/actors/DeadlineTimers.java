package org.vipdrift.actors;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vipdrift.actors.port.Alarms;

/**
 * The keyed one-shot timers of one actor, set by deadline.
 *
 * <p>A timer that goes off tells the actor a {@link TimerFired}, which the actor must show to
 * {@link #accept} first: the message of a timer that was cancelled or armed anew meanwhile is
 * refused, even when it was already in the mailbox.
 *
 * <p>Not Pekko's typed {@code TimerScheduler}: that takes durations where protocol machines hand
 * out deadlines, and pays map updates and a log call with every message, measured at 2.3 times the
 * cost of a whole simulation.
 *
 * @param <K> the names of the timers
 */
public final class DeadlineTimers<K extends Enum<K>> {
  private final Alarms alarms;
  private final Consumer<TimerFired<K>> tell;
  private final @Nullable Pending<K>[] pending;
  private long lastGeneration;

  /**
   * A timer went off.
   *
   * @param generation which arming of the timer it was
   */
  public record TimerFired<K extends Enum<K>>(K key, long generation) {}

  /**
   * Timers of which none is armed.
   *
   * @param tell sends the message to the actor itself; called outside of it
   */
  public DeadlineTimers(Class<K> keys, Alarms alarms, Consumer<TimerFired<K>> tell) {
    this.alarms = alarms;
    this.tell = tell;
    this.pending = newPending(keys.getEnumConstants().length);
  }

  /**
   * Arms a timer, replacing what it was armed for before.
   *
   * @param deadlineNanos monotonic; a deadline that has passed goes off at once
   */
  public void arm(K key, long deadlineNanos) {
    cancel(key);
    Pending<K> armed = new Pending<>(tell, new TimerFired<>(key, ++lastGeneration));
    armed.alarm = alarms.set(deadlineNanos, armed);
    pending[key.ordinal()] = armed;
  }

  /** Disarms a timer; no effect when it is not armed. */
  public void cancel(K key) {
    Pending<K> armed = pending[key.ordinal()];
    if (armed != null) {
      armed.alarm.cancel();
      pending[key.ordinal()] = null;
    }
  }

  /** Disarms every timer. */
  public void cancelAll() {
    for (Pending<K> armed : pending) {
      if (armed != null) {
        cancel(armed.message.key);
      }
    }
  }

  /** Whether it is still to go off, or went off and the message has not been accepted yet. */
  public boolean isArmed(K key) {
    return pending[key.ordinal()] != null;
  }

  /** Whether the message counts: once, and only for the latest arming of its timer. */
  public boolean accept(TimerFired<K> fired) {
    Pending<K> armed = pending[fired.key.ordinal()];
    if (armed == null || armed.message.generation != fired.generation) {
      return false;
    }
    pending[fired.key.ordinal()] = null;
    return true;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private static <K extends Enum<K>> @Nullable Pending<K>[] newPending(int length) {
    return new Pending[length];
  }

  /** One arming of a timer; it is its own wake-up, for an actor arms a timer with every message. */
  private static final class Pending<K extends Enum<K>> implements Runnable {
    private final Consumer<TimerFired<K>> tell;
    private final TimerFired<K> message;
    private Alarms.Alarm alarm = () -> {};

    Pending(Consumer<TimerFired<K>> tell, TimerFired<K> message) {
      this.tell = tell;
      this.message = message;
    }

    @Override
    public void run() {
      tell.accept(message);
    }
  }
}
