package org.vipdrift.simulator.process;

import java.util.ArrayDeque;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.MessageQueue;
import org.jspecify.annotations.Nullable;

/**
 * The unread messages of one actor; gone when its slot closes.
 *
 * <p>Most mailboxes never hold more than one message, and need no queue.
 */
final class SlotMailbox implements MessageQueue {
  private final WorldThread world;
  private final ProcessSlot slot;
  private @Nullable Envelope first;
  private @Nullable ArrayDeque<Envelope> others;

  SlotMailbox(WorldThread world, ProcessSlot slot) {
    this.world = world;
    this.slot = slot;
  }

  @Override
  public void enqueue(ActorRef receiver, Envelope envelope) {
    world.checkThread();
    if (!slot.isOpen()) {
      return;
    }
    if (first == null) {
      first = envelope;
    } else {
      if (others == null) {
        others = new ArrayDeque<>(4);
      }
      others.add(envelope);
    }
  }

  @Override
  public @Nullable Envelope dequeue() {
    if (!slot.isOpen()) {
      return null;
    }
    Envelope next = first;
    first = others == null ? null : others.poll();
    return next;
  }

  @Override
  public int numberOfMessages() {
    if (!hasMessages()) {
      return 0;
    }
    return others == null ? 1 : 1 + others.size();
  }

  @Override
  public boolean hasMessages() {
    return first != null && slot.isOpen();
  }

  /** Unread messages of the dead are nobody's: no dead letters in the simulation. */
  @Override
  public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
    first = null;
    others = null;
  }
}
