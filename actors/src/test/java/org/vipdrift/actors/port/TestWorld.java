package org.vipdrift.actors.port;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** Three hosts on one segment, in simulation or not, for the contract suites of the ports. */
public interface TestWorld extends AutoCloseable {
  TestHost left();

  TestHost right();

  /** One that only looks on. */
  TestHost client();

  /** Lets time pass. */
  void run(Duration duration);

  /** Makes an actor that keeps what it is told, on no host in particular. */
  <T> Inbox<T> inbox();

  @Override
  void close();

  /** An actor that keeps what it is told. */
  interface Inbox<T> {
    ActorRef<T> ref();

    /** What came, in order. */
    List<T> received();
  }
}
