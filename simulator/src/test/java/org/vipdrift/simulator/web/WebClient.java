package org.vipdrift.simulator.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.model.http.HttpResponse;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tls.TlsHandler;
import org.vipdrift.simulator.time.VirtualTime;

/** A client's connection: keeps the answers, and how it ended. */
final class WebClient implements TlsHandler {
  private final VirtualTime time;
  private final HttpReader reader = HttpReader.ofResponses();
  private final StringBuilder raw = new StringBuilder();
  private final List<String> unsent = new ArrayList<>();
  private boolean connected;
  final List<HttpResponse> answers = new ArrayList<>();
  final List<Long> answeredAt = new ArrayList<>();
  Connection connection;
  boolean finished;
  Optional<Failure> failure = Optional.empty();
  long overAt;

  WebClient(VirtualTime time) {
    this.time = time;
  }

  void send(String text) {
    if (connected) {
      connection.send(Octets.adopt(text.getBytes(StandardCharsets.ISO_8859_1)), 0);
    } else {
      unsent.add(text);
    }
  }

  boolean isOver() {
    return finished || failure.isPresent();
  }

  HttpResponse answer() {
    return answers.getFirst();
  }

  /** The first answer's status and text; or how it failed. */
  String outcome() {
    return answers.isEmpty()
        ? failure.map(Enum::name).orElse(finished ? "CLOSED" : "NOTHING")
        : answer().status() == 200 ? answer().bodyText().strip() : "" + answer().status();
  }

  String raw() {
    return raw.toString();
  }

  @Override
  public void connected(long cause) {
    connected = true;
    unsent.forEach(this::send);
  }

  @Override
  public void received(Octets data, long cause) {
    raw.append(new String(data.toByteArray(), StandardCharsets.ISO_8859_1));
    reader.add(data);
    read();
  }

  private void read() {
    while (reader.next() instanceof HttpReader.Found.Whole(HttpResponse response)) {
      answers.add(response);
      answeredAt.add(time.nowNanos());
    }
  }

  @Override
  public void finished(long cause) {
    finished = true;
    overAt = time.nowNanos();
    reader.end();
    read();
  }

  @Override
  public void failed(Failure why, long cause) {
    failure = Optional.of(why);
    overAt = time.nowNanos();
  }

  @Override
  public void handshakeFailed(String problem, long cause) {
    failed(Failure.RESET, cause);
  }
}
