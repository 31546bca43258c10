package org.vipdrift.simulator.process;

import com.typesafe.config.Config;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.MessageDispatcher;
import org.apache.pekko.dispatch.MessageDispatcherConfigurator;

/** Makes one dispatcher: Pekko calls it by name for its own, the pool for those of the slots. */
final class SlotDispatcherConfigurator extends MessageDispatcherConfigurator {
  private final SlotDispatcher dispatcher;

  SlotDispatcherConfigurator(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    WorldThread world = ((VirtualScheduler) prerequisites.scheduler()).world();
    this.dispatcher = new SlotDispatcher(this, config.getString("id"), new SlotExecutor(world));
  }

  @Override
  public MessageDispatcher dispatcher() {
    return dispatcher;
  }

  SlotDispatcher slotDispatcher() {
    return dispatcher;
  }
}
