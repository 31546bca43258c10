package org.vipdrift.simulator.host;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.LoadBalancer;

/** Hears one answer of the stats socket, and logs it line by line. */
final class AdminAnswers extends AbstractMatchingBehavior<LoadBalancer.AdminAnswer> {
  private final HaproxySurroundings.Log log;

  private AdminAnswers(
      ActorContext<LoadBalancer.AdminAnswer> context, HaproxySurroundings.Log log) {
    super(context);
    this.log = log;
  }

  static Behavior<LoadBalancer.AdminAnswer> create(HaproxySurroundings.Log log) {
    return Behaviors.setup(context -> new AdminAnswers(context, log));
  }

  @Override
  public Behavior<LoadBalancer.AdminAnswer> onMessage(LoadBalancer.AdminAnswer answer) {
    answer
        .text()
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(l -> log.write(l, answer.cause()));
    return Behaviors.stopped();
  }
}
