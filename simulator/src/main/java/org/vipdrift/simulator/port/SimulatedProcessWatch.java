package org.vipdrift.simulator.port;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.ProcessWatch;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.simulator.kernel.HostKernel;

/** Watches the processes of a simulated host. */
public final class SimulatedProcessWatch extends AbstractMatchingBehavior<ProcessWatch.Command> {
  private final HostKernel kernel;

  private SimulatedProcessWatch(ActorContext<ProcessWatch.Command> context, HostKernel kernel) {
    super(context);
    this.kernel = kernel;
  }

  public static Behavior<ProcessWatch.Command> create(HostKernel kernel) {
    return Behaviors.setup(context -> new SimulatedProcessWatch(context, kernel));
  }

  @Override
  public Behavior<ProcessWatch.Command> onMessage(ProcessWatch.Command command) {
    switch (command) {
      case ProcessWatch.Watch watch -> {
        if (kernel.isOpen(watch.who())) {
          kernel
              .processes()
              .watch(
                  watch.who(),
                  watch.name(),
                  watch.arguments(),
                  watch.subscriber()::tell,
                  TraceEvent.NO_CAUSE);
        }
      }
      case ProcessWatch.Unwatch unwatch -> kernel.processes().unwatch(unwatch.who());
    }
    return this;
  }
}
