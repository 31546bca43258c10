package org.vipdrift.simulator.host;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpHeaders;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.model.http.HttpRequest;
import org.vipdrift.model.http.HttpResponse;
import org.vipdrift.model.http.HttpVersion;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tcp.Sockets;
import org.vipdrift.simulator.kernel.tls.CpuTime;
import org.vipdrift.simulator.kernel.tls.TlsConnection;
import org.vipdrift.simulator.kernel.tls.TlsHandler;
import org.vipdrift.simulator.shell.ShellReply;
import org.vipdrift.simulator.shell.ShellStep;
import org.vipdrift.simulator.time.HostClock;

/** One connection of a script's {@code curl}, {@code wget} or {@code nc}. */
final class ScriptFetch implements TlsHandler {
  private final SimulatedHost host;
  private final Optional<ShellStep.Fetching> request;
  private final Consumer<ShellReply.Answered> ended;
  private final long cause;
  private final HttpReader reader = HttpReader.ofResponses();
  private @Nullable Connection connection;
  private HostClock.@Nullable HostTimer connectTimer;
  private HostClock.@Nullable HostTimer timer;
  private boolean over;
  private boolean answering;

  private ScriptFetch(
      SimulatedHost host,
      Optional<ShellStep.Fetching> request,
      Consumer<ShellReply.Answered> ended,
      long cause) {
    this.host = host;
    this.request = request;
    this.ended = ended;
    this.cause = cause;
  }

  /** Opens a connection and, with a request, waits for the answer. */
  static ScriptFetch begin(
      SimulatedHost host,
      ShellStep.Fetching step,
      Consumer<ShellReply.Answered> ended,
      long cause) {
    ScriptFetch fetch = new ScriptFetch(host, Optional.of(step), ended, cause);
    fetch.timer = fetch.giveUpAfter(step.timeout().toNanos());
    fetch.open(step.target(), step.port(), step.connectTimeout().toNanos());
    return fetch;
  }

  static ScriptFetch begin(
      SimulatedHost host,
      ShellStep.Connecting step,
      Consumer<ShellReply.Answered> ended,
      long cause) {
    ScriptFetch fetch = new ScriptFetch(host, Optional.empty(), ended, cause);
    fetch.open(step.target(), step.port(), step.timeout().toNanos());
    return fetch;
  }

  private void open(IpAddress target, int port, long timeoutNanos) {
    connectTimer = giveUpAfter(timeoutNanos);
    Sockets sockets = host.kernel().sockets();
    Connection opened =
        request.filter(ShellStep.Fetching::tls).isPresent()
            ? TlsConnection.connect(
                sockets,
                SimulatedHost.OPERATOR,
                Optional.empty(),
                target,
                port,
                request
                    .map(ShellStep.Fetching::hostName)
                    .filter(name -> IpAddress.parse(name).isEmpty()),
                CpuTime.NONE,
                this,
                cause)
            : sockets.connect(SimulatedHost.OPERATOR, Optional.empty(), target, port, this, cause);
    connection = opened;
    if (over) {
      opened.abort(cause);
    }
  }

  private HostClock.HostTimer giveUpAfter(long nanos) {
    HostClock clock = host.clock();
    return clock.schedule(
        clock.monotonicNanos() + nanos, () -> fail(ShellReply.Failure.TIMED_OUT), host);
  }

  /** The script is dead. */
  void kill() {
    if (!over) {
      finish();
    }
  }

  @Override
  public void connected(long connectedCause) {
    if (over) {
      return;
    }
    cancel(connectTimer);
    Connection open = connection;
    if (request.isEmpty() || open == null) {
      end(new ShellReply.Connected());
      return;
    }
    ShellStep.Fetching step = request.get();
    if (open instanceof TlsConnection tls && !step.insecure() && !tls.isFor(step.hostName())) {
      fail(ShellReply.Failure.CERTIFICATE_REFUSED);
      return;
    }
    if (step.method().equals("HEAD")) {
      reader.expectNoBody();
    }
    open.send(message(step).encode(), connectedCause);
  }

  @Override
  public void handshakeFailed(String problem, long failedCause) {
    fail(ShellReply.Failure.TLS_FAILED);
  }

  private static HttpRequest message(ShellStep.Fetching step) {
    boolean plainPort = step.port() == (step.tls() ? 443 : 80);
    String name = step.hostName().contains(":") ? "[" + step.hostName() + "]" : step.hostName();
    return new HttpRequest(
        step.method(),
        step.path(),
        HttpVersion.HTTP_1_1,
        HttpHeaders.of(
            "Host",
            plainPort ? name : name + ":" + step.port(),
            "User-Agent",
            "curl/7.88.1",
            "Accept",
            "*/*"),
        Octets.EMPTY);
  }

  @Override
  public void received(Octets data, long receivedCause) {
    if (!over) {
      answering = true;
      reader.add(data);
      read();
    }
  }

  private void read() {
    while (!over) {
      switch (reader.next()) {
        case HttpReader.Found.Whole(HttpResponse response) -> {
          if (response.status() >= 200) {
            end(new ShellReply.Fetched(response.status(), response.bodyText()));
          }
        }
        case HttpReader.Found.Whole(var other) -> throw new IllegalStateException("read " + other);
        case HttpReader.Found.Incomplete _ -> {
          return;
        }
        case HttpReader.Found.Malformed _ -> fail(ShellReply.Failure.EMPTY_REPLY);
      }
    }
  }

  @Override
  public void finished(long finishedCause) {
    if (!over) {
      reader.end();
      read();
      if (!over) {
        fail(answering ? ShellReply.Failure.RESET : ShellReply.Failure.EMPTY_REPLY);
      }
    }
  }

  @Override
  public void failed(Failure failure, long failedCause) {
    fail(
        switch (failure) {
          case REFUSED -> ShellReply.Failure.REFUSED;
          case RESET -> ShellReply.Failure.RESET;
          case TIMED_OUT -> ShellReply.Failure.TIMED_OUT;
          case UNREACHABLE -> ShellReply.Failure.UNREACHABLE;
        });
  }

  private void fail(ShellReply.Failure failure) {
    end(new ShellReply.Failed(failure));
  }

  private void end(ShellReply.Answered reply) {
    if (!over) {
      finish();
      ended.accept(reply);
    }
  }

  private void finish() {
    over = true;
    cancel(connectTimer);
    cancel(timer);
    if (connection != null) {
      connection.close(cause);
    }
  }

  private static void cancel(HostClock.@Nullable HostTimer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
