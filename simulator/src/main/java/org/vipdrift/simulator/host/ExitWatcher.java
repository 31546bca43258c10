package org.vipdrift.simulator.host;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Notices that a process has ended by itself, as init does. */
final class ExitWatcher {
  private ExitWatcher() {}

  static Behavior<Void> create(ActorRef<?> process, Runnable exited) {
    return Behaviors.setup(
        context -> {
          context.watch(process);
          return Behaviors.receive(Void.class)
              .onSignal(
                  Terminated.class,
                  _ -> {
                    exited.run();
                    return Behaviors.stopped();
                  })
              .build();
        });
  }
}
