package org.vipdrift.actors;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.AddressTable;
import org.vipdrift.actors.port.RouteTable;
import org.vipdrift.actors.port.ScriptRunner;
import org.vipdrift.actors.port.VirtualInterfaces;
import org.vipdrift.model.node.NodeConfiguration;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

/** One program of one host, the same in every world: made of a configuration and ports. */
public final class NodeRuntime extends AbstractMatchingBehavior<NodeRuntime.Command> {
  /** What the host's init system does to the program. */
  public sealed interface Command {}

  /** SIGTERM: leave in order, then stop. */
  public record Stop(long cause) implements Command {}

  /** SIGHUP: go on with another configuration. */
  public record Reload(NodeConfiguration configuration, long cause) implements Command {}

  private final NodePorts ports;
  private final ActorRef<Keepalived.Command> keepalived;

  private NodeRuntime(
      ActorContext<Command> context, NodeConfiguration configuration, NodePorts ports) {
    super(context);
    this.ports = ports;
    this.keepalived =
        context.spawn(
            Keepalived.create(configuration, ports),
            "keepalived",
            DispatcherSelector.sameAsParent());
    context.watch(keepalived);
  }

  public static Behavior<Command> create(NodeConfiguration configuration, NodePorts ports) {
    return Behaviors.setup(context -> new NodeRuntime(context, configuration, ports));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Stop(long cause) -> keepalived.tell(new Keepalived.Stop(cause));
      case Reload(NodeConfiguration configuration, long cause) ->
          keepalived.tell(new Keepalived.Reload(configuration, cause));
    }
    return this;
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof ChildFailed failed) {
      long cause =
          ports
              .trace()
              .emit(
                  new TraceDetail.LogLine(ports.process(), "failed: " + failed.cause()),
                  TraceEvent.NO_CAUSE);
      ports.routes().tell(new RouteTable.ReleaseAll(ports.who(), cause));
      ports.addresses().tell(new AddressTable.ReleaseAll(ports.who(), cause));
      ports.virtualInterfaces().tell(new VirtualInterfaces.ReleaseAll(ports.who(), cause));
      ports.scripts().tell(new ScriptRunner.AbandonAll(ports.who()));
      return Behaviors.stopped();
    }
    return signal instanceof Terminated ? Behaviors.stopped() : Behaviors.unhandled();
  }
}
