package org.vipdrift.simulator.shell;

import java.util.OptionalInt;

/**
 * Where in a script a command runs.
 *
 * @param tested whether its status is looked at, so that {@code set -e} does not end the script
 * @param loops the loops around it in the same function
 * @param depth the commands, functions and files around it
 * @param process the process already made for it, if it need not fork
 */
record Frame(
    ShellState state, Streams streams, boolean tested, int loops, int depth, OptionalInt process) {

  static Frame of(ShellState state) {
    return new Frame(state, state.streams, false, 0, 0, OptionalInt.empty());
  }

  Frame with(Streams changed) {
    return new Frame(state, changed, tested, loops, depth, process);
  }

  Frame test() {
    return new Frame(state, streams, true, loops, depth, OptionalInt.empty());
  }

  Frame inLoop() {
    return new Frame(state, streams, tested, loops + 1, depth, OptionalInt.empty());
  }

  Frame inFunction() {
    return new Frame(state, streams, tested, 0, depth + 1, OptionalInt.empty());
  }

  /** One level deeper, in a process of its own or not. */
  Frame deeper() {
    if (depth >= state.limits.maxDepth()) {
      throw new LimitExceeded("depth limit");
    }
    return new Frame(state, streams, tested, loops, depth + 1, process);
  }

  Frame forking() {
    return process.isEmpty()
        ? this
        : new Frame(state, streams, tested, loops, depth, OptionalInt.empty());
  }

  void complain(String message) {
    streams.errors().write(state.scriptName + ": " + message + "\n");
  }
}
