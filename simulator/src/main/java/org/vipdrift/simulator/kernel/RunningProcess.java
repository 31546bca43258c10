package org.vipdrift.simulator.kernel;

import java.util.List;

/**
 * A process as {@code ps} and {@code ss} see it.
 *
 * @param pid 1 or more
 * @param name the program's name
 * @param arguments without the program itself
 * @param listens TCP ports
 */
public record RunningProcess(
    int pid, String name, List<String> arguments, State state, List<Integer> listens) {
  /** The letters of {@code ps}: S and T. */
  public enum State {
    RUNNING,
    /** By SIGSTOP: it is there and its ports are open, but it does not answer. */
    FROZEN
  }

  public RunningProcess {
    arguments = List.copyOf(arguments);
    listens = List.copyOf(listens);
  }

  RunningProcess with(State newState) {
    return new RunningProcess(pid, name, arguments, newState, listens);
  }

  RunningProcess withListens(List<Integer> newListens) {
    return new RunningProcess(pid, name, arguments, state, newListens);
  }
}
