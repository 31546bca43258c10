package org.vipdrift.simulator.host;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.vipdrift.actors.port.ScriptRunner;

/** The simulated {@link ScriptRunner}. */
final class ScriptPort extends AbstractMatchingBehavior<ScriptRunner.Command> {
  private final ScriptExecutor executor;

  private ScriptPort(ActorContext<ScriptRunner.Command> context, ScriptExecutor executor) {
    super(context);
    this.executor = executor;
  }

  static Behavior<ScriptRunner.Command> create(ScriptExecutor executor) {
    return Behaviors.setup(context -> new ScriptPort(context, executor));
  }

  @Override
  public Behavior<ScriptRunner.Command> onMessage(ScriptRunner.Command command) {
    switch (command) {
      case ScriptRunner.Run run -> executor.start(run);
      case ScriptRunner.AbandonAll(String who) -> executor.abandon(who);
    }
    return this;
  }
}
