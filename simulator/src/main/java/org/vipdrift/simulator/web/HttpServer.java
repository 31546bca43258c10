package org.vipdrift.simulator.web;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler;

/** The HTTP/1.x connections of one listening address. */
final class HttpServer {
  /** Who answers requests. */
  interface Handler {
    /** A request is whole; the exchange is answered now or later. */
    void requested(HttpExchange exchange);

    /** Something came that is no HTTP request; empty closes nothing and says nothing. */
    Optional<WebAnswer> malformed(HttpReader.Found.Malformed found);
  }

  /**
   * nginx's keepalive_timeout, keepalive_requests, keepalive_time and client_header_timeout.
   *
   * @param keepaliveTimeout zero switches keep-alive off
   */
  record Settings(
      Duration keepaliveTimeout,
      int keepaliveRequests,
      Duration keepaliveTime,
      Optional<Duration> headerTimeout) {
    static final Settings NGINX =
        new Settings(
            Duration.ofSeconds(75),
            1_000,
            Duration.ofHours(1),
            Optional.of(Duration.ofSeconds(60)));
  }

  /** What stub_status counts. */
  static final class Counters {
    long accepted;
    long requests;
    int reading;
    int writing;
    int waiting;

    int active() {
      return reading + writing + waiting;
    }
  }

  private final ProcessTimers timers;
  private final Settings settings;
  private final Counters counters;
  private final Handler handler;
  private final Set<HttpServerConnection> connections = new LinkedHashSet<>();
  private boolean draining;

  HttpServer(ProcessTimers timers, Settings settings, Counters counters, Handler handler) {
    this.timers = timers;
    this.settings = settings;
    this.counters = counters;
    this.handler = handler;
  }

  ConnectionHandler accept(Connection connection) {
    counters.accepted++;
    HttpServerConnection accepted = new HttpServerConnection(this, connection);
    connections.add(accepted);
    return accepted;
  }

  /** No more keep-alive: idle connections close now, the others after their answer. */
  void drain(long cause) {
    draining = true;
    List.copyOf(connections).forEach(connection -> connection.closeIfIdle(cause));
  }

  boolean isDraining() {
    return draining;
  }

  ProcessTimers timers() {
    return timers;
  }

  Settings settings() {
    return settings;
  }

  Counters counters() {
    return counters;
  }

  Handler handler() {
    return handler;
  }

  void forget(HttpServerConnection connection) {
    connections.remove(connection);
  }
}
