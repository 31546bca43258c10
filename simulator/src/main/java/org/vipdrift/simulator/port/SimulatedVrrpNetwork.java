package org.vipdrift.simulator.port;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.VrrpNetwork;
import org.vipdrift.simulator.kernel.HostKernel;

/** The VRRP sockets of a simulated host. */
public final class SimulatedVrrpNetwork extends AbstractMatchingBehavior<VrrpNetwork.Command> {
  private final HostKernel kernel;

  private SimulatedVrrpNetwork(ActorContext<VrrpNetwork.Command> context, HostKernel kernel) {
    super(context);
    this.kernel = kernel;
  }

  public static Behavior<VrrpNetwork.Command> create(HostKernel kernel) {
    return Behaviors.setup(context -> new SimulatedVrrpNetwork(context, kernel));
  }

  @Override
  public Behavior<VrrpNetwork.Command> onMessage(VrrpNetwork.Command command) {
    switch (command) {
      case VrrpNetwork.SendPacket send ->
          kernel
              .calls()
              .sendVrrp(
                  send.who(),
                  send.networkInterface(),
                  send.source(),
                  send.destination(),
                  send.ttl(),
                  send.message(),
                  send.cause());
      case VrrpNetwork.Join join ->
          kernel
              .calls()
              .joinVrrp(
                  join.who(),
                  join.networkInterface(),
                  join.group(),
                  join.vrid(),
                  join.subscriber()::tell);
      case VrrpNetwork.Leave leave ->
          kernel
              .calls()
              .leaveVrrp(leave.who(), leave.networkInterface(), leave.group(), leave.vrid());
    }
    return this;
  }
}
