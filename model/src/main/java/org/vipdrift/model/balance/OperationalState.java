package org.vipdrift.model.balance;

/** What the checks say of a server; HAProxy's {@code srv_op_state}, numbered as there. */
public enum OperationalState {
  /** Down. */
  STOPPED,
  /** Up, its weight still growing ({@code slowstart}). */
  STARTING,
  RUNNING,
  /** Up, but takes no new clients: a check answered 404 ({@code disable-on-404}), or stopping. */
  STOPPING
}
