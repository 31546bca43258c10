package org.vipdrift.simulator.shell;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A program that a script may call. */
public interface ShellCommand {
  /** Runs it; the value is the exit status. */
  Task<Integer> run(Invocation call);

  /** The virtual time it takes to be forked, loaded and run, without what it waits for. */
  default Duration cost() {
    return Duration.ofMillis(1);
  }

  /**
   * What in these arguments would not be simulated, as far as the script's text shows.
   *
   * @param arguments those whose text is known before the run, empty ones otherwise
   */
  default Optional<String> unsupported(List<Optional<String>> arguments) {
    return Optional.empty();
  }
}
