package org.vipdrift.simulator.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.http.HttpReader;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.simulator.kernel.tcp.Listener;
import org.vipdrift.simulator.kernel.tcp.Sockets;

/** A web server that is not configured but declared: one page, a service time, and its faults. */
public final class WebServer implements HttpServer.Handler {
  private static final HttpServer.Settings SILENT =
      new HttpServer.Settings(
          HttpServer.Settings.NGINX.keepaliveTimeout(),
          HttpServer.Settings.NGINX.keepaliveRequests(),
          HttpServer.Settings.NGINX.keepaliveTime(),
          Optional.empty());

  private final ProcessTimers timers;
  private final WebSite site;
  private final Optional<WebAnswer> badRequest;
  private final Optional<StaticAnswer> noHost;
  private final HttpServer http;
  private final Duration takes;
  private final SplitRandom random;
  private final List<Listener> listeners = new ArrayList<>();
  private Duration slowness = Duration.ZERO;
  private Optional<Failing> failing = Optional.empty();

  private record Failing(StaticAnswer answer, double percent) {}

  /**
   * @param page the text of its page; without, it shows its host's name, and stays silent when a
   *     client does not speak HTTP
   * @param disk the text of a file by its absolute path
   * @param takes from a request to its answer
   * @param random its own stream
   */
  public WebServer(
      ProcessTimers timers,
      String hostName,
      Optional<String> page,
      Function<String, Optional<String>> disk,
      Duration takes,
      SplitRandom random) {
    this.timers = timers;
    this.takes = takes;
    this.random = random;
    this.site = new WebSite(page.orElse(hostName), disk, timers.wallNanos());
    WebAnswer bad = StatusPages.page(400, StatusPages.SERVER);
    this.badRequest = page.map(_ -> bad);
    this.noHost = page.map(_ -> new StaticAnswer(bad));
    this.http =
        new HttpServer(
            timers,
            page.isPresent() ? HttpServer.Settings.NGINX : SILENT,
            new HttpServer.Counters(),
            this);
  }

  /**
   * Listens on a port of every address.
   *
   * @return whether the port was free
   */
  public boolean listen(Sockets sockets, String who, int port) {
    return listen(sockets, who, port, (connection, _) -> http.accept(connection));
  }

  /**
   * The same with TLS.
   *
   * @param certificate the names in it
   */
  public boolean listenTls(Sockets sockets, String who, int port, List<String> certificate) {
    return listen(
        sockets,
        who,
        port,
        (connection, _) -> TlsAcceptor.accept(http, connection, _ -> certificate, timers));
  }

  private boolean listen(Sockets sockets, String who, int port, Listener.Acceptor acceptor) {
    Optional<Listener> listener =
        sockets.listen(who, Optional.empty(), port, Sockets.DEFAULT_BACKLOG, acceptor);
    listener.ifPresent(listeners::add);
    return listener.isPresent();
  }

  /** From now on every request takes at least this long; zero ends it. */
  public void slow(Duration atLeast) {
    slowness = atLeast;
  }

  /** From now on a share of the requests is answered with an error. */
  public void fail(int status, double percent) {
    StaticAnswer answer = new StaticAnswer(StatusPages.page(status, StatusPages.SERVER));
    failing = Optional.of(new Failing(answer, percent));
  }

  /** Ends {@link #fail}. */
  public void recover() {
    failing = Optional.empty();
  }

  @Override
  public void requested(HttpExchange exchange) {
    Duration time = slowness.compareTo(takes) > 0 ? slowness : takes;
    if (time.isZero()) {
      answer(exchange);
    } else {
      timers.after(time.toNanos(), () -> answer(exchange));
    }
  }

  private void answer(HttpExchange exchange) {
    if (exchange.isOver()) {
      return;
    }
    boolean hostMissing =
        noHost.isPresent()
            && exchange.request().version() == org.vipdrift.model.http.HttpVersion.HTTP_1_1
            && !exchange.request().headers().has("Host");
    boolean goesOn = exchange.keepsAlive() && !hostMissing;
    StaticAnswer answer = hostMissing ? noHost.get() : choose(exchange);
    exchange.answer(
        answer.octets(timers.wallNanos(), goesOn, exchange.isHead()), goesOn, exchange.cause());
  }

  private StaticAnswer choose(HttpExchange exchange) {
    if (failing.isPresent()) {
      Failing fault = failing.get();
      if (fault.percent() >= 100 || random.nextDouble() * 100 < fault.percent()) {
        return fault.answer();
      }
    }
    return site.answer(exchange.request());
  }

  @Override
  public Optional<WebAnswer> malformed(HttpReader.Found.Malformed found) {
    return badRequest;
  }
}
