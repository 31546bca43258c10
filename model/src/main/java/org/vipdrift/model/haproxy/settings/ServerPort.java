package org.vipdrift.model.haproxy.settings;

/** The port of a server. */
public sealed interface ServerPort {
  record Fixed(int port) implements ServerPort {}

  /** The port the client connected to, plus an offset that may be negative. */
  record Mapped(int offset) implements ServerPort {}

  /** Of a Unix socket. */
  record Absent() implements ServerPort {}
}
