package org.vipdrift.actors;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.testkit.CallingThreadDispatcherConfigurator;

/**
 * Actor systems whose actors run on the thread of the test: when {@code tell} returns, everything
 * that follows from it has happened. Nothing is left to wait for, on however busy a machine.
 */
final class CallersThread {
  private CallersThread() {}

  static ActorTestKit system(String name) {
    return ActorTestKit.create(
        name,
        ConfigFactory.parseString(
                "pekko.actor.default-dispatcher.type = \""
                    + CallingThreadDispatcherConfigurator.class.getName()
                    + '"')
            .withFallback(ConfigFactory.load()));
  }
}
