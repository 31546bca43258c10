package org.vipdrift.simulator.port;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.NeighborAnnouncer;
import org.vipdrift.simulator.kernel.HostKernel;

/** Gratuitous ARP and unsolicited neighbour advertisements of a simulated host. */
public final class SimulatedNeighborAnnouncer
    extends AbstractMatchingBehavior<NeighborAnnouncer.Command> {
  private final HostKernel kernel;

  private SimulatedNeighborAnnouncer(
      ActorContext<NeighborAnnouncer.Command> context, HostKernel kernel) {
    super(context);
    this.kernel = kernel;
  }

  public static Behavior<NeighborAnnouncer.Command> create(HostKernel kernel) {
    return Behaviors.setup(context -> new SimulatedNeighborAnnouncer(context, kernel));
  }

  @Override
  public Behavior<NeighborAnnouncer.Command> onMessage(NeighborAnnouncer.Command command) {
    switch (command) {
      case NeighborAnnouncer.Announce announce ->
          kernel
              .calls()
              .announce(
                  announce.who(),
                  announce.networkInterface(),
                  announce.address(),
                  announce.cause());
    }
    return this;
  }
}
