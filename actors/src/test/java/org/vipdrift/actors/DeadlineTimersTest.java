package org.vipdrift.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vipdrift.actors.DeadlineTimers.TimerFired;
import org.vipdrift.actors.port.Alarms;

class DeadlineTimersTest {
  private enum Name {
    ADVERT,
    MASTER_DOWN
  }

  private final HandDrivenAlarms alarms = new HandDrivenAlarms();
  private final List<TimerFired<Name>> mailbox = new ArrayList<>();
  private final DeadlineTimers<Name> timers =
      new DeadlineTimers<>(Name.class, alarms, mailbox::add);

  @Test
  void anArmedTimerFiresOnceAtItsDeadline() {
    timers.arm(Name.ADVERT, 100);
    assertThat(timers.isArmed(Name.ADVERT)).isTrue();
    assertThat(timers.isArmed(Name.MASTER_DOWN)).isFalse();
    alarms.ringUntil(99);
    assertThat(mailbox).isEmpty();
    alarms.ringUntil(100);
    assertThat(mailbox).extracting(TimerFired::key).containsExactly(Name.ADVERT);
    assertThat(timers.accept(mailbox.getFirst())).isTrue();
    assertThat(timers.isArmed(Name.ADVERT)).isFalse();
    assertThat(timers.accept(mailbox.getFirst())).isFalse();
  }

  @Test
  void aCancelledTimerTakesItsAlarmBack() {
    timers.arm(Name.ADVERT, 100);
    timers.cancel(Name.ADVERT);
    assertThat(timers.isArmed(Name.ADVERT)).isFalse();
    assertThat(alarms.pending).isEmpty();
  }

  @Test
  void theMessageOfATimerCancelledWhileItWasInTheMailboxIsRefused() {
    timers.arm(Name.ADVERT, 100);
    alarms.ringUntil(100);
    timers.cancel(Name.ADVERT);
    assertThat(timers.accept(mailbox.getFirst())).isFalse();
  }

  @Test
  void theMessageOfATimerArmedAnewWhileItWasInTheMailboxIsRefused() {
    timers.arm(Name.MASTER_DOWN, 100);
    alarms.ringUntil(100);
    timers.arm(Name.MASTER_DOWN, 200);
    alarms.ringUntil(200);
    assertThat(mailbox).hasSize(2);
    assertThat(timers.accept(mailbox.getFirst())).isFalse();
    assertThat(timers.isArmed(Name.MASTER_DOWN)).isTrue();
    assertThat(timers.accept(mailbox.getLast())).isTrue();
  }

  @Test
  void armingAgainReplacesTheDeadline() {
    timers.arm(Name.MASTER_DOWN, 100);
    timers.arm(Name.MASTER_DOWN, 200);
    alarms.ringUntil(199);
    assertThat(mailbox).isEmpty();
    alarms.ringUntil(200);
    assertThat(mailbox).hasSize(1);
  }

  @Test
  void cancelAllDisarmsEveryTimer() {
    timers.arm(Name.ADVERT, 100);
    timers.arm(Name.MASTER_DOWN, 200);
    timers.cancelAll();
    assertThat(alarms.pending).isEmpty();
    assertThat(timers.isArmed(Name.ADVERT)).isFalse();
    assertThat(timers.isArmed(Name.MASTER_DOWN)).isFalse();
  }

  /** Alarms that ring when the test says so. */
  private static final class HandDrivenAlarms implements Alarms {
    private record Pending(long deadline, Runnable wake) {}

    private final List<Pending> pending = new ArrayList<>();

    @Override
    public Alarm set(long monotonicDeadlineNanos, Runnable wake) {
      Pending alarm = new Pending(monotonicDeadlineNanos, wake);
      pending.add(alarm);
      return () -> pending.remove(alarm);
    }

    void ringUntil(long nanos) {
      List<Pending> due = pending.stream().filter(alarm -> alarm.deadline <= nanos).toList();
      pending.removeAll(due);
      due.forEach(alarm -> alarm.wake.run());
    }
  }
}
