package org.vipdrift.simulator.port;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.simulator.kernel.HostKernel;

/** The address table of a simulated host. */
public final class SimulatedAddressTable extends AbstractMatchingBehavior<AddressTable.Command> {
  private final HostKernel kernel;

  private SimulatedAddressTable(ActorContext<AddressTable.Command> context, HostKernel kernel) {
    super(context);
    this.kernel = kernel;
  }

  public static Behavior<AddressTable.Command> create(HostKernel kernel) {
    return Behaviors.setup(context -> new SimulatedAddressTable(context, kernel));
  }

  @Override
  public Behavior<AddressTable.Command> onMessage(AddressTable.Command command) {
    switch (command) {
      case AddressTable.Add add ->
          kernel
              .calls()
              .addAddress(add.who(), add.networkInterface(), add.address(), add.cause())
              .ifPresent(add.replyTo()::tell);
      case AddressTable.Remove remove ->
          kernel
              .calls()
              .removeAddress(
                  remove.who(), remove.networkInterface(), remove.address(), remove.cause())
              .ifPresent(remove.replyTo()::tell);
      case AddressTable.ReleaseAll release ->
          kernel.calls().releaseAddresses(release.who(), release.cause());
    }
    return this;
  }
}
