package org.vipdrift.simulator.host;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.LoadBalancer;

/** Hears one answer of the stats socket. */
final class AdminAnswers extends AbstractMatchingBehavior<LoadBalancer.AdminAnswer> {
  private final Consumer<LoadBalancer.AdminAnswer> then;

  private AdminAnswers(
      ActorContext<LoadBalancer.AdminAnswer> context, Consumer<LoadBalancer.AdminAnswer> then) {
    super(context);
    this.then = then;
  }

  static Behavior<LoadBalancer.AdminAnswer> create(Consumer<LoadBalancer.AdminAnswer> then) {
    return Behaviors.setup(context -> new AdminAnswers(context, then));
  }

  @Override
  public Behavior<LoadBalancer.AdminAnswer> onMessage(LoadBalancer.AdminAnswer answer) {
    then.accept(answer);
    return Behaviors.stopped();
  }
}
