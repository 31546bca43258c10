package org.vipdrift.simulator.port;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.PacketFilter;
import org.vipdrift.simulator.kernel.HostKernel;

/** The packet filter rules that processes of a simulated host make for themselves. */
public final class SimulatedPacketFilter extends AbstractMatchingBehavior<PacketFilter.Command> {
  private final HostKernel kernel;

  private SimulatedPacketFilter(ActorContext<PacketFilter.Command> context, HostKernel kernel) {
    super(context);
    this.kernel = kernel;
  }

  public static Behavior<PacketFilter.Command> create(HostKernel kernel) {
    return Behaviors.setup(context -> new SimulatedPacketFilter(context, kernel));
  }

  @Override
  public Behavior<PacketFilter.Command> onMessage(PacketFilter.Command command) {
    switch (command) {
      case PacketFilter.RefuseTraffic refuse ->
          kernel.calls().refuseTraffic(refuse.who(), refuse.address());
      case PacketFilter.AcceptTraffic accept ->
          kernel.calls().acceptTraffic(accept.who(), accept.address());
      case PacketFilter.ReleaseAll release -> kernel.calls().releaseTraffic(release.who());
    }
    return this;
  }
}
