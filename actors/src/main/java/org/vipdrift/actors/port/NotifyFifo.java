package org.vipdrift.actors.port;

import java.util.Optional;
import org.vipdrift.model.node.Account;

/** Named pipes that changes are written to, a line each. */
public interface NotifyFifo {
  /** What a process asks. */
  sealed interface Command {}

  /**
   * Makes the pipe if it is not there, removes it at the end if so, and opens it.
   *
   * @param account whom a new one belongs to; empty for that of the process
   */
  record Open(String who, String path, Optional<Account> account) implements Command {}

  /**
   * Writes a line; lost silently when nobody reads.
   *
   * @param line without the end of line
   */
  record WriteLine(String who, String path, String line, long cause) implements Command {}

  /** Closes every pipe of this process. */
  record CloseAll(String who) implements Command {}
}
