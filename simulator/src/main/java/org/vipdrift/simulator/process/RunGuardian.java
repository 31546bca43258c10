package org.vipdrift.simulator.process;

import java.util.function.Consumer;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorContext;
import org.apache.pekko.actor.Props;

/** The parent of every actor of one run: when it is gone, they are. */
final class RunGuardian extends AbstractActor {
  private final Consumer<ActorContext> started;

  private RunGuardian(Consumer<ActorContext> started) {
    this.started = started;
  }

  /** Hands out its context, through which its children are spawned at once, without a message. */
  static Props props(Consumer<ActorContext> started) {
    return Props.create(RunGuardian.class, () -> new RunGuardian(started));
  }

  @Override
  public void preStart() {
    started.accept(getContext());
  }

  @Override
  public Receive createReceive() {
    return emptyBehavior();
  }
}
