package org.vipdrift.simulator.process;

import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.Props;
import org.apache.pekko.event.Logging;

/** Makes what Pekko would only log as an error a failure of the run. */
final class ErrorListener extends AbstractActor {
  private final WorldThread world;

  private ErrorListener(WorldThread world) {
    this.world = world;
  }

  static Props props(WorldThread world) {
    return Props.create(ErrorListener.class, () -> new ErrorListener(world));
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(
            Logging.Error.class,
            error ->
                world.fail(
                    new IllegalStateException(
                        error.logSource() + ": " + error.message(), error.cause())))
        .build();
  }
}
