package org.vipdrift.simulator.process;

import java.util.ArrayDeque;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.MessageQueue;
import org.jspecify.annotations.Nullable;

/** The unread messages of one actor; gone when its slot closes. */
final class SlotMailbox implements MessageQueue {
  private final WorldThread world;
  private final ProcessSlot slot;
  private final ArrayDeque<Envelope> messages = new ArrayDeque<>(4);

  SlotMailbox(WorldThread world, ProcessSlot slot) {
    this.world = world;
    this.slot = slot;
  }

  @Override
  public void enqueue(ActorRef receiver, Envelope envelope) {
    world.checkThread();
    if (slot.isOpen()) {
      messages.add(envelope);
    }
  }

  @Override
  public @Nullable Envelope dequeue() {
    return slot.isOpen() ? messages.poll() : null;
  }

  @Override
  public int numberOfMessages() {
    return slot.isOpen() ? messages.size() : 0;
  }

  @Override
  public boolean hasMessages() {
    return slot.isOpen() && !messages.isEmpty();
  }

  /** Unread messages of the dead are nobody's: no dead letters in the simulation. */
  @Override
  public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
    messages.clear();
  }
}
