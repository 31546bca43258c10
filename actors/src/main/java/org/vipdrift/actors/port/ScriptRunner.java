package org.vipdrift.actors.port;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.vipdrift.model.node.Account;

/** Runs check and notify scripts. */
public interface ScriptRunner {
  /** What a process asks. */
  sealed interface Command {}

  /**
   * Runs a script and answers once with a {@link Finished}.
   *
   * @param name of the script in the configuration; of a notify script its program
   * @param id told back in the answer
   * @param command the words, the first of them the program
   * @param account whom it runs as; empty for what the process's configuration says of scripts
   * @param timeout after which it gets TERM, and two seconds later KILL; empty for none
   */
  record Run(
      String who,
      String name,
      long id,
      List<String> command,
      Optional<Account> account,
      Optional<Duration> timeout,
      ActorRef<Finished> replyTo,
      long cause)
      implements Command {
    /** As the process's configuration says of scripts. */
    public Run(
        String who,
        String name,
        long id,
        List<String> command,
        Optional<Duration> timeout,
        ActorRef<Finished> replyTo,
        long cause) {
      this(who, name, id, command, Optional.empty(), timeout, replyTo, cause);
    }
  }

  /** Ends every script of this process at once, without answers. */
  record AbandonAll(String who) implements Command {}

  /** How a script ended. */
  sealed interface Ending {}

  /** It ended by itself, 0..255. */
  record Exited(int code) implements Ending {}

  /** It was ended at its timeout. */
  record TimedOut() implements Ending {}

  /** The answer to {@link Run}. */
  record Finished(long id, Ending ending, long cause) {}
}
