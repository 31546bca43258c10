package org.vipdrift.model.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.Termination.Cause;
import org.vipdrift.model.haproxy.Termination.Phase;
import org.vipdrift.model.haproxy.sample.EditableRequest;
import org.vipdrift.model.haproxy.sample.EditableResponse;

/** A TCP session: octets both ways until both sides have finished. */
final class TcpStream extends Stream {
  private final TcpSession session;
  private final List<Octets> early = new ArrayList<>(1);
  private @Nullable ToServer connection;
  private boolean clientFinished;
  private boolean serverFinished;
  private long received;
  private long sent;

  TcpStream(TcpSession session, long startNanos) {
    super(session, startNanos, 0);
    this.session = session;
  }

  @Override
  public Optional<EditableRequest> request() {
    return Optional.empty();
  }

  @Override
  public Optional<EditableResponse> response() {
    return Optional.empty();
  }

  void run(long cause) {
    Frontend frontend = session.frontend;
    times.request = now();
    if (!frontend.rules.admitsContent(this)) {
      frontend.counter.deniedRequests++;
      refuse(0, new Termination(Cause.PROXY, Phase.REQUEST), cause);
      return;
    }
    Optional<Backend> chosen = choose(frontend);
    if (chosen.isEmpty()) {
      refuse(0, new Termination(Cause.SERVER, Phase.CONNECT), cause);
      return;
    }
    Backend at = chosen.get();
    enter(at);
    if (at.proxy != frontend.proxy && !at.rules.admitsContent(this)) {
      at.counter.deniedRequests++;
      refuse(0, new Termination(Cause.PROXY, Phase.REQUEST), cause);
      return;
    }
    at.stickRules.forEach(rule -> rule.match(this));
    assign(cause);
  }

  private Optional<Backend> choose(Frontend frontend) {
    for (Frontend.BackendChoice rule : frontend.backendRules) {
      if (rule.condition().holds(this)) {
        Optional<Backend> named = process.backend(rule.name().print(this));
        if (named.isPresent()) {
          return named;
        }
      }
    }
    return process.defaultBackend(frontend);
  }

  /** The server's side of it. */
  private final class ToServer implements LinkListener {
    private @Nullable Link link;
    private boolean established;

    @Override
    public void connected(long cause) {
      established = true;
      TcpStream.this.connected(cause);
    }

    @Override
    public void received(Octets data, long cause) {
      received += data.length();
      count(data.length(), false);
      session.link.send(data, cause);
      touch(cause);
    }

    @Override
    public void finished(long cause) {
      serverFinished = true;
      session.link.finish(cause);
      if (clientFinished) {
        close(Termination.NORMAL, cause);
      } else {
        touch(cause);
      }
    }

    @Override
    public void failed(Failure failure, long cause) {
      connection = null;
      if (established) {
        requireBackend().counter.serverAborts++;
        session.link.abort(cause);
        close(new Termination(Cause.SERVER, Phase.DATA), cause);
      } else {
        connectFailed(cause);
      }
    }
  }

  private void count(int octets, boolean in) {
    Backend at = requireBackend();
    if (in) {
      session.frontend.counter.octetsIn += octets;
      at.counter.octetsIn += octets;
    } else {
      session.frontend.counter.octetsOut += octets;
      at.counter.octetsOut += octets;
    }
    if (server != null) {
      if (in) {
        server.counter.octetsIn += octets;
      } else {
        server.counter.octetsOut += octets;
      }
    }
  }

  @Override
  void openConnection(Server to, long cause) {
    if (to.address.isEmpty()) {
      connectFailed(cause);
      return;
    }
    ToServer opened = new ToServer();
    connection = opened;
    opened.link = process.environment.connect(destination(to, to.address.get()), opened, cause);
  }

  @Override
  void dropConnection(long cause) {
    if (connection != null && connection.link != null) {
      connection.link.abort(cause);
    }
    connection = null;
  }

  @Override
  void connected(long cause) {
    super.connected(cause);
    for (Octets data : early) {
      forward(data, cause);
    }
    early.clear();
    if (clientFinished && connection != null && connection.link != null) {
      connection.link.finish(cause);
    }
    times.response = now();
    requireBackend().stickRules.forEach(rule -> rule.store(this));
    touch(cause);
  }

  void clientSent(Octets data, long cause) {
    if (state == State.ESTABLISHED) {
      forward(data, cause);
      touch(cause);
    } else {
      early.add(data);
    }
  }

  private void forward(Octets data, long cause) {
    sent += data.length();
    count(data.length(), true);
    if (connection != null && connection.link != null) {
      connection.link.send(data, cause);
    }
  }

  void clientFinished(long cause) {
    clientFinished = true;
    if (state != State.ESTABLISHED) {
      if (early.isEmpty() || abortsOnClose()) {
        clientGone(cause);
      }
      return;
    }
    if (connection != null && connection.link != null) {
      connection.link.finish(cause);
    }
    if (serverFinished) {
      close(Termination.NORMAL, cause);
    } else {
      touch(cause);
    }
  }

  void clientGone(long cause) {
    Phase phase = state == State.ESTABLISHED ? Phase.DATA : phase();
    session.frontend.counter.clientAborts++;
    dropConnection(cause);
    session.link.abort(cause);
    close(new Termination(Cause.CLIENT, phase), cause);
  }

  /** Something happened: the timeouts begin anew; the shorter one ends it. */
  private void touch(long cause) {
    if (state != State.ESTABLISHED) {
      return;
    }
    Optional<Duration> clientTimeout = session.frontend.proxy.timeouts().client();
    Optional<Duration> serverTimeout = requireBackend().proxy.timeouts().server();
    Optional<Duration> tunnel = requireBackend().proxy.timeouts().tunnel();
    if (clientFinished && session.frontend.proxy.timeouts().clientFin().isPresent()) {
      clientTimeout = session.frontend.proxy.timeouts().clientFin();
    } else if (tunnel.isPresent()) {
      clientTimeout = tunnel;
    }
    if (serverFinished && requireBackend().proxy.timeouts().serverFin().isPresent()) {
      serverTimeout = requireBackend().proxy.timeouts().serverFin();
    } else if (tunnel.isPresent()) {
      serverTimeout = tunnel;
    }
    boolean byServer =
        serverTimeout.isPresent()
            && (clientTimeout.isEmpty() || serverTimeout.get().compareTo(clientTimeout.get()) < 0);
    Optional<Duration> shorter = byServer ? serverTimeout : clientTimeout;
    shorter.ifPresent(after -> alarm(after, () -> timedOut(byServer, cause)));
  }

  private void timedOut(boolean byServer, long cause) {
    dropConnection(cause);
    session.link.close(cause);
    close(
        new Termination(byServer ? Cause.SERVER_TIMEOUT : Cause.CLIENT_TIMEOUT, Phase.DATA), cause);
  }

  private void close(Termination termination, long cause) {
    if (connection != null && connection.link != null) {
      connection.link.close(cause);
    }
    connection = null;
    session.link.close(cause);
    ended(termination, cause);
    session.ended();
  }

  @Override
  void refuse(int status, Termination termination, long cause) {
    dropConnection(cause);
    process.soon(() -> session.link.close(cause));
    ended(termination, cause);
    session.ended();
  }

  @Override
  void killed(Cause by, long cause) {
    if (state != State.ENDED) {
      Phase phase = state == State.ESTABLISHED ? Phase.DATA : phase();
      dropConnection(cause);
      session.link.abort(cause);
      close(new Termination(by, phase), cause);
    }
  }

  @Override
  void persistenceLost() {}

  @Override
  long octetsReadSoFar() {
    return received;
  }

  @Override
  long octetsSentSoFar() {
    return sent;
  }

  @Override
  void log(Termination termination, long cause) {
    LogLine.write(this, termination, cause);
  }

  @Override
  public Optional<String> target() {
    return Optional.empty();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<String> rdpCookie(String name) {
    return early.isEmpty() ? Optional.empty() : RdpCookie.find(early.getFirst(), name);
  }

  @Override
  public Optional<String> postedForm() {
    return Optional.empty();
  }
}
