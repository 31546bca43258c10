package org.vipdrift.model.haproxy.settings;

/** A variable such as {@code txn.blocked}. */
public record VariableName(Scope scope, String name) {
  /** How long a variable lives. */
  public enum Scope {
    PROC,
    SESS,
    TXN,
    REQ,
    RES,
    CHECK
  }
}
