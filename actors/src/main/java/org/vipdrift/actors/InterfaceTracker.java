package org.vipdrift.actors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.Interfaces;
import org.vipdrift.model.node.PrimaryAddress;
import org.vipdrift.model.vrrp.VirtualRouterSettings;

/** Watches the host's interfaces once for all instances, and tells each about those it uses. */
final class InterfaceTracker extends AbstractMatchingBehavior<InterfaceTracker.Command> {
  /** What it is told. */
  sealed interface Command {}

  /** An instance uses these interfaces from now on. */
  record Subscribe(
      VirtualRouterSettings settings, List<String> names, ActorRef<VrrpInstance.Command> subscriber)
      implements Command {
    public Subscribe {
      names = List.copyOf(names);
    }

    /**
     * Most news are not: every address that any instance adds is one to all the others of its
     * interface.
     */
    private boolean isNews(Interfaces.InterfaceStatus before, Interfaces.InterfaceStatus now) {
      return before.up() != now.up()
          || !PrimaryAddress.of(settings, before.addresses())
              .equals(PrimaryAddress.of(settings, now.addresses()));
    }
  }

  /** Ends a {@link Subscribe}. */
  record Unsubscribe(String instance) implements Command {}

  private record StatusSeen(Interfaces.InterfaceStatus status) implements Command {}

  private final Map<String, Subscribe> subscriptions = new LinkedHashMap<>();
  private final Map<String, Interfaces.InterfaceStatus> known = new LinkedHashMap<>();

  private InterfaceTracker(ActorContext<Command> context, NodePorts ports) {
    super(context);
    ports
        .interfaces()
        .tell(
            new Interfaces.Watch(
                ports.who(),
                context.messageAdapter(Interfaces.InterfaceStatus.class, StatusSeen::new)));
  }

  static Behavior<Command> create(NodePorts ports) {
    return Behaviors.setup(context -> new InterfaceTracker(context, ports));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Subscribe subscribe -> {
        subscriptions.put(subscribe.settings.instance(), subscribe);
        known.values().forEach(status -> tell(subscribe, status));
      }
      case Unsubscribe(String instance) -> subscriptions.remove(instance);
      case StatusSeen(Interfaces.InterfaceStatus status) -> {
        Interfaces.InterfaceStatus before = known.put(status.name(), status);
        for (Subscribe subscription : subscriptions.values()) {
          if (before == null || subscription.isNews(before, status)) {
            tell(subscription, status);
          }
        }
      }
    }
    return this;
  }

  private static void tell(Subscribe subscription, Interfaces.InterfaceStatus status) {
    if (subscription.names.contains(status.name())) {
      subscription.subscriber.tell(new VrrpInstance.InterfaceSeen(status));
    }
  }
}
