package org.vipdrift.model.ipvs;

/** What becomes of a packet. */
public sealed interface Decision {
  /** It is none of a service's, and goes where it would go without IPVS. */
  record Pass() implements Decision {}

  /** To the real server of its connection. */
  record Forward(Connection connection) implements Decision {}

  /** Dropped without a word: its connection's real server was removed. */
  record Drop() implements Decision {}

  /** No real server takes it: dropped, and the client is told that the port is unreachable. */
  record Refuse() implements Decision {}

  Decision PASS = new Pass();
  Decision DROP = new Drop();
  Decision REFUSE = new Refuse();
}
