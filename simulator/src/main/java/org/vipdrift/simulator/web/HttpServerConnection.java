package org.vipdrift.simulator.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.model.http.HttpRequest;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;

/** A client's connection: its requests are answered one after the other. */
final class HttpServerConnection implements ConnectionHandler {
  private enum State {
    READING,
    WAITING,
    ANSWERING,
    CLOSED
  }

  private final HttpServer server;
  private final Connection connection;
  private final HttpReader reader = HttpReader.ofRequests();
  private final Deadline deadline;
  private final long acceptedAt;
  private State state = State.READING;
  private @Nullable HttpExchange exchange;
  private int requests;
  private boolean clientFinished;
  private boolean deaf;
  private boolean proceeding;
  private long lastCause;

  HttpServerConnection(HttpServer server, Connection connection) {
    this.server = server;
    this.connection = connection;
    this.deadline = new Deadline(server.timers(), this::timedOut);
    this.acceptedAt = server.timers().nowNanos();
    server.counters().reading++;
    server.settings().headerTimeout().ifPresent(t -> deadline.setAfter(t.toNanos()));
  }

  Connection connection() {
    return connection;
  }

  boolean isDraining() {
    return server.isDraining();
  }

  @Override
  public void connected(long cause) {}

  @Override
  public void received(Octets data, long cause) {
    if (state != State.CLOSED && !deaf) {
      lastCause = cause;
      reader.add(data);
      proceed(cause);
    }
  }

  @Override
  public void finished(long cause) {
    clientFinished = true;
    if (exchange != null) {
      exchange.abandon();
    }
    if (state != State.ANSWERING) {
      close(cause);
    }
  }

  @Override
  public void failed(Failure failure, long cause) {
    if (exchange != null) {
      exchange.abandon();
    }
    enterClosed();
  }

  private void proceed(long cause) {
    if (proceeding) {
      return;
    }
    proceeding = true;
    while (state == State.READING || state == State.WAITING) {
      switch (reader.next()) {
        case HttpReader.Found.Whole(HttpRequest request) -> requested(request, cause);
        case HttpReader.Found.Whole(var other) -> throw new IllegalStateException("read " + other);
        case HttpReader.Found.Malformed malformed -> {
          malformed(malformed, cause);
          proceeding = false;
          return;
        }
        case HttpReader.Found.Incomplete _ -> {
          if (state == State.WAITING && reader.hasRest()) {
            enter(State.READING);
            server
                .settings()
                .headerTimeout()
                .ifPresentOrElse(t -> deadline.setAfter(t.toNanos()), deadline::clear);
          }
          proceeding = false;
          return;
        }
      }
    }
    proceeding = false;
  }

  private void requested(HttpRequest request, long cause) {
    enter(State.ANSWERING);
    deadline.clear();
    requests++;
    server.counters().requests++;
    HttpServer.Settings settings = server.settings();
    boolean keepsAlive =
        request.isPersistent()
            && requests < settings.keepaliveRequests()
            && !settings.keepaliveTimeout().isZero()
            && server.timers().nowNanos() - acceptedAt < settings.keepaliveTime().toNanos();
    HttpExchange next = new HttpExchange(this, request, keepsAlive, cause);
    exchange = next;
    server.handler().requested(next);
  }

  private void malformed(HttpReader.Found.Malformed found, long cause) {
    Optional<WebAnswer> answer = server.handler().malformed(found);
    if (answer.isPresent()) {
      connection.send(answer.get().encode(server.timers().wallNanos(), false, false), cause);
      close(cause);
    } else {
      deaf = true;
      deadline.clear();
    }
  }

  void answered(Octets octets, boolean goesOn, long cause) {
    exchange = null;
    if (state == State.CLOSED) {
      return;
    }
    if (octets.length() > 0) {
      connection.send(octets, cause);
    }
    if (!goesOn || clientFinished) {
      close(cause);
      return;
    }
    enter(State.WAITING);
    deadline.setAfter(server.settings().keepaliveTimeout().toNanos());
    proceed(cause);
  }

  void closeIfIdle(long cause) {
    if (state == State.WAITING) {
      close(cause);
    }
  }

  private void timedOut() {
    close(lastCause);
  }

  private void close(long cause) {
    if (state != State.CLOSED) {
      connection.close(cause);
      enterClosed();
    }
  }

  private void enterClosed() {
    if (state != State.CLOSED) {
      enter(State.CLOSED);
      deadline.cancel();
      server.forget(this);
    }
  }

  private void enter(State next) {
    count(state, -1);
    state = next;
    count(state, 1);
  }

  private void count(State which, int by) {
    HttpServer.Counters counters = server.counters();
    switch (which) {
      case READING -> counters.reading += by;
      case WAITING -> counters.waiting += by;
      case ANSWERING -> counters.writing += by;
      case CLOSED -> {}
    }
  }
}
