package org.vipdrift.simulator.process;

import org.vipdrift.actors.port.Alarms;

/**
 * The alarms of one incarnation of a process: straight on the heap of its host's clock, past
 * Pekko's scheduler.
 */
final class SlotAlarms implements Alarms {
  private static final Alarm NEVER = () -> {};

  private final ProcessSlot slot;

  SlotAlarms(ProcessSlot slot) {
    this.slot = slot;
  }

  @Override
  public Alarm set(long monotonicDeadlineNanos, Runnable wake) {
    return slot.isOpen()
        ? slot.clock().schedule(monotonicDeadlineNanos, () -> slot.wake(wake), slot)
        : NEVER;
  }
}
