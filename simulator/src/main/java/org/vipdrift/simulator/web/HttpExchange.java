package org.vipdrift.simulator.web;

import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpRequest;
import org.vipdrift.simulator.kernel.tcp.Connection;

/** One request that waits for its answer. */
final class HttpExchange {
  private final HttpServerConnection server;
  private final HttpRequest request;
  private final boolean keepsAlive;
  private final long cause;
  private @Nullable Runnable abandoned;
  private boolean over;

  HttpExchange(HttpServerConnection server, HttpRequest request, boolean keepsAlive, long cause) {
    this.server = server;
    this.request = request;
    this.keepsAlive = keepsAlive;
    this.cause = cause;
  }

  HttpRequest request() {
    return request;
  }

  /** The client's. */
  Connection connection() {
    return server.connection();
  }

  /** The event that the request came with. */
  long cause() {
    return cause;
  }

  /** Whether the connection stays open after the answer, which must say so. */
  boolean keepsAlive() {
    return keepsAlive && !server.isDraining();
  }

  boolean isHead() {
    return request.method().equals("HEAD");
  }

  /** Whether the client has gone, or the answer has been given. */
  boolean isOver() {
    return over;
  }

  /** What to do when the client goes before it has its answer; null does nothing. */
  void whenAbandoned(@Nullable Runnable action) {
    abandoned = action;
  }

  /** Writes the answer, with the connection's fate as {@link #keepsAlive} says. */
  void answer(Octets octets, long answerCause) {
    answer(octets, keepsAlive(), answerCause);
  }

  /** Writes the answer. */
  void answer(Octets octets, boolean goesOn, long answerCause) {
    if (!over) {
      over = true;
      abandoned = null;
      server.answered(octets, goesOn, answerCause);
    }
  }

  void abandon() {
    if (!over) {
      over = true;
      Runnable action = abandoned;
      abandoned = null;
      if (action != null) {
        action.run();
      }
    }
  }
}
