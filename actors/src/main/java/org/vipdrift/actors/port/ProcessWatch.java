package org.vipdrift.actors.port;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Watches which processes run. */
public interface ProcessWatch {
  /** What a process asks. */
  sealed interface Command {}

  /**
   * Answers with the number of matching processes now, and whenever it changes.
   *
   * @param name the program's name
   * @param arguments when given, only processes with exactly these count
   */
  record Watch(
      String who, String name, Optional<List<String>> arguments, ActorRef<ProcessCount> subscriber)
      implements Command {}

  /** Ends every watch of this process. */
  record Unwatch(String who) implements Command {}

  /** How many matching processes run now. */
  record ProcessCount(String name, int count, long cause) {}
}
