package org.vipdrift.simulator.port;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.NotifyFifo;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.simulator.kernel.HostKernel;

/** The named pipes of a simulated host: what is written there is in the trace. */
public final class SimulatedNotifyFifo extends AbstractMatchingBehavior<NotifyFifo.Command> {
  private final HostKernel kernel;

  private SimulatedNotifyFifo(ActorContext<NotifyFifo.Command> context, HostKernel kernel) {
    super(context);
    this.kernel = kernel;
  }

  public static Behavior<NotifyFifo.Command> create(HostKernel kernel) {
    return Behaviors.setup(context -> new SimulatedNotifyFifo(context, kernel));
  }

  @Override
  public Behavior<NotifyFifo.Command> onMessage(NotifyFifo.Command command) {
    switch (command) {
      case NotifyFifo.Open _, NotifyFifo.CloseAll _ -> {}
      case NotifyFifo.WriteLine write ->
          kernel
              .calls()
              .report(
                  write.who(), new TraceDetail.LogLine(write.path(), write.line()), write.cause());
    }
    return this;
  }
}
