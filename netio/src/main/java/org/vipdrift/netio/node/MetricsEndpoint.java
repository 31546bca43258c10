package org.vipdrift.netio.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves the metrics of a node to Prometheus, at {@code /metrics}. */
final class MetricsEndpoint implements AutoCloseable {
  private static final int BACKLOG = 8;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  private final HttpServer server;
  private final ExecutorService executor;

  private MetricsEndpoint(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  static MetricsEndpoint open(InetSocketAddress address, Supplier<NodeStatus> status)
      throws NodeRefusal {
    try {
      HttpServer server = HttpServer.create(address, BACKLOG);
      ExecutorService executor =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().daemon().name("vipdrift-metrics").factory());
      server.setExecutor(executor);
      server.createContext("/", exchange -> answer(exchange, status));
      server.start();
      return new MetricsEndpoint(server, executor);
    } catch (IOException refused) {
      throw new NodeRefusal(
          NodeRefusal.Kind.ENVIRONMENT, "cannot serve metrics on " + address + ": " + refused);
    }
  }

  private static void answer(HttpExchange exchange, Supplier<NodeStatus> status)
      throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals("/metrics")) {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
      } else {
        byte[] text = KeepalivedMetrics.text(status.get());
        exchange.getResponseHeaders().set("Content-Type", KeepalivedMetrics.CONTENT_TYPE);
        exchange.sendResponseHeaders(OK, text.length);
        try (OutputStream body = exchange.getResponseBody()) {
          body.write(text);
        }
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
