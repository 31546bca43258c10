package org.vipdrift.model.checker;

/** What happens to the pool of a virtual server. */
public sealed interface PoolEvent {
  /** keepalived starts. */
  record Started() implements PoolEvent {}

  /**
   * A checker has news.
   *
   * @param server index of the real server
   * @param checker index among its checkers
   */
  record CheckerReported(int server, int checker, boolean up, String reason) implements PoolEvent {}

  /** A script sets the weight of its real server. */
  record WeightSet(int server, int weight) implements PoolEvent {}

  /** keepalived stops. */
  record Stopped() implements PoolEvent {}
}
