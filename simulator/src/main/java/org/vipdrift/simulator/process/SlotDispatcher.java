package org.vipdrift.simulator.process;

import org.apache.pekko.actor.ActorCell;
import org.apache.pekko.actor.Cell;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.dispatch.Dispatcher;
import org.apache.pekko.dispatch.Mailbox;
import org.apache.pekko.dispatch.MailboxType;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;
import org.apache.pekko.dispatch.sysmsg.Failed;
import org.apache.pekko.dispatch.sysmsg.SystemMessage;
import scala.concurrent.duration.Duration;
import scala.concurrent.duration.FiniteDuration;

/** A dispatcher of the one thread: one message per run, on behalf of the slot that has it now. */
final class SlotDispatcher extends Dispatcher {
  private final SlotExecutor executor;
  private final WorldThread world;
  private final DispatcherSelector selector;

  SlotDispatcher(MessageDispatcherConfigurator configurator, String id, SlotExecutor executor) {
    super(configurator, id, 1, Duration.Zero(), executor, FiniteDuration.Zero());
    this.executor = executor;
    this.world = executor.world();
    this.selector = DispatcherSelector.fromConfig(id);
  }

  void occupy(ProcessSlot slot) {
    executor.occupy(slot);
    slot.occupy(this);
  }

  DispatcherSelector selector() {
    return selector;
  }

  /** Whether no actor lives here any more, so that another slot may have it. */
  boolean isDeserted() {
    return inhabitants() == 0;
  }

  @Override
  public Mailbox createMailbox(Cell actor, MailboxType type) {
    world.checkThread();
    world.uids().prepareNext();
    ProcessSlot slot = executor.slot();
    return slot == world.systemSlot()
        ? super.createMailbox(actor, type)
        : super.createMailbox(actor, (owner, system) -> new SlotMailbox(world, slot));
  }

  @Override
  public boolean registerForExecution(
      Mailbox mailbox, boolean hasMessageHint, boolean hasSystemMessageHint) {
    if (mailbox.canBeScheduledForExecution(hasMessageHint, hasSystemMessageHint)
        && mailbox.setAsScheduled()) {
      world.enqueue(executor.slot(), mailbox);
      return true;
    }
    return false;
  }

  /**
   * An actor that failed tells its parent so: the run ends with that, and nobody else need hear it.
   */
  @Override
  public void systemDispatch(ActorCell receiver, SystemMessage message) {
    world.checkThread();
    if (message instanceof Failed failed) {
      world.fail(failed.cause());
    } else {
      super.systemDispatch(receiver, message);
    }
  }

  /** Pooled: there is no thread to save. */
  @Override
  public void shutdown() {}
}
