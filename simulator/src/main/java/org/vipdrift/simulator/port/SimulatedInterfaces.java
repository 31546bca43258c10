package org.vipdrift.simulator.port;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.simulator.kernel.HostKernel;

/** The links and addresses of a simulated host. */
public final class SimulatedInterfaces extends AbstractMatchingBehavior<Interfaces.Command> {
  private final HostKernel kernel;

  private SimulatedInterfaces(ActorContext<Interfaces.Command> context, HostKernel kernel) {
    super(context);
    this.kernel = kernel;
  }

  public static Behavior<Interfaces.Command> create(HostKernel kernel) {
    return Behaviors.setup(context -> new SimulatedInterfaces(context, kernel));
  }

  @Override
  public Behavior<Interfaces.Command> onMessage(Interfaces.Command command) {
    switch (command) {
      case Interfaces.Watch watch ->
          kernel
              .calls()
              .watchInterfaces(watch.who(), watch.subscriber()::tell, TraceEvent.NO_CAUSE);
      case Interfaces.Unwatch unwatch -> kernel.calls().unwatchInterfaces(unwatch.who());
    }
    return this;
  }
}
