package org.vipdrift.simulator.kernel.tcp;

/** A listening socket. */
public interface Listener {
  /** Takes what comes in. */
  @FunctionalInterface
  interface Acceptor {
    /**
     * A client's connection is there; accept(2) has returned.
     *
     * @return who hears of it from now on
     */
    ConnectionHandler accepted(Connection connection, long cause);
  }

  /**
   * Stops or goes on accepting: while paused, connections are completed by the kernel and wait in
   * the backlog.
   */
  void pause(boolean paused);

  /** Closes it; accepted connections live on. */
  void close();
}
