package org.vipdrift.simulator.port;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.model.route.RoutingRule;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.simulator.kernel.HostKernel;

/** The routes of a simulated host; its rules are kept, and decide nothing. */
public final class SimulatedRouteTable extends AbstractMatchingBehavior<RouteTable.Command> {
  private final HostKernel kernel;

  private SimulatedRouteTable(ActorContext<RouteTable.Command> context, HostKernel kernel) {
    super(context);
    this.kernel = kernel;
  }

  public static Behavior<RouteTable.Command> create(HostKernel kernel) {
    return Behaviors.setup(context -> new SimulatedRouteTable(context, kernel));
  }

  @Override
  public Behavior<RouteTable.Command> onMessage(RouteTable.Command command) {
    switch (command) {
      case RouteTable.Add add -> {
        if (add.entry() instanceof RoutingRule rule) {
          kernel
              .calls()
              .report(
                  add.who(),
                  new TraceDetail.NotModelled(
                      "rule " + rule.text(), "routing rules decide nothing in the simulation"),
                  add.cause());
        }
        kernel.calls().addRoute(add.who(), add.entry(), add.cause()).ifPresent(add.replyTo()::tell);
      }
      case RouteTable.Remove remove ->
          kernel
              .calls()
              .removeRoute(remove.who(), remove.entry(), remove.cause())
              .ifPresent(remove.replyTo()::tell);
      case RouteTable.ReleaseAll release ->
          kernel.calls().releaseRoutes(release.who(), release.cause());
    }
    return this;
  }
}
