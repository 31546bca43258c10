package org.vipdrift.model.balance;

/**
 * Chooses servers of one backend; servers are known by their place in the configuration.
 *
 * <p>Not a pure function: it stays with one backend and remembers, as HAProxy's trees do.
 */
interface Balancer {
  /** No server can be chosen. */
  int NONE = -1;

  /**
   * Chooses.
   *
   * @param avoid a server not to be chosen while there is another one, or {@link #NONE}
   * @return the server, or {@link #NONE}: all are down, or full
   */
  int pick(RequestFacts facts, int avoid);

  /**
   * A server's {@link ServerLoad#usable} or {@link ServerLoad#effectiveWeight} has changed.
   *
   * @param wasUsable what it was before
   * @param oldWeight what its effective weight was before
   */
  void serverChanged(int server, boolean wasUsable, int oldWeight);

  /** A server's connections or queue have grown or shrunk. */
  void loadChanged(int server);
}
