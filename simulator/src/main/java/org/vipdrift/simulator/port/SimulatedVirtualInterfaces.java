package org.vipdrift.simulator.port;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.vrrp.VirtualInterface;
import org.vipdrift.simulator.kernel.HostKernel;

/** The virtual interfaces of a simulated host: macvlans, no ipvlans. */
public final class SimulatedVirtualInterfaces
    extends AbstractMatchingBehavior<VirtualInterfaces.Command> {
  private final HostKernel kernel;

  private SimulatedVirtualInterfaces(
      ActorContext<VirtualInterfaces.Command> context, HostKernel kernel) {
    super(context);
    this.kernel = kernel;
  }

  public static Behavior<VirtualInterfaces.Command> create(HostKernel kernel) {
    return Behaviors.setup(context -> new SimulatedVirtualInterfaces(context, kernel));
  }

  @Override
  public Behavior<VirtualInterfaces.Command> onMessage(VirtualInterfaces.Command command) {
    switch (command) {
      case VirtualInterfaces.Ensure ensure -> {
        switch (ensure.wanted()) {
          case VirtualInterface.Macvlan macvlan ->
              kernel
                  .calls()
                  .ensureMacvlan(ensure.who(), macvlan, ensure.cause())
                  .ifPresent(ensure.replyTo()::tell);
          case VirtualInterface.Ipvlan ipvlan -> {
            kernel
                .calls()
                .report(
                    ensure.who(),
                    new TraceDetail.NotModelled("interface " + ipvlan.name(), "use_ipvlan"),
                    ensure.cause());
            ensure
                .replyTo()
                .tell(
                    new VirtualInterfaces.Answer(
                        ipvlan.name(), VirtualInterfaces.Outcome.REFUSED, ensure.cause()));
          }
        }
      }
      case VirtualInterfaces.Remove remove ->
          kernel
              .calls()
              .removeMacvlan(remove.who(), remove.name(), remove.cause())
              .ifPresent(remove.replyTo()::tell);
      case VirtualInterfaces.ReleaseAll release ->
          kernel.calls().releaseMacvlans(release.who(), release.cause());
    }
    return this;
  }
}
