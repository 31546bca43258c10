package org.vipdrift.simulator.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.actors.port.TraceSink;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpHeaders;
import org.vipdrift.model.http.HttpRequest;
import org.vipdrift.model.http.HttpVersion;
import org.vipdrift.model.http.Url;
import org.vipdrift.model.random.SplitRandom;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Pages;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.kernel.tcp.Connection;
import org.vipdrift.simulator.kernel.tls.CpuTime;
import org.vipdrift.simulator.kernel.tls.TlsConnection;
import org.vipdrift.simulator.kernel.tls.TlsHandler;

/** A machine whose users send HTTP requests. */
final class HttpClient implements SimulatedClient {
  /** What curl of Debian 12 calls itself. */
  private static final String USER_AGENT = "curl/7.88.1";

  private static final String PROGRAM = "curl";

  private final Client specification;
  private final Client.Fetches fetches;
  private final Url url;
  private final HostKernel kernel;
  private final TraceSink trace;
  private final SplitRandom random;
  private final Holders holders;
  private final Pages pages;
  private final HttpHeaders headers;
  private final Optional<String> serverName;
  private final Octets plainRequest;

  HttpClient(
      Client specification,
      Client.Fetches fetches,
      HostKernel kernel,
      TraceSink trace,
      SplitRandom random,
      Holders holders,
      Pages pages) {
    this.specification = specification;
    this.fetches = fetches;
    this.url = Url.of(fetches.url());
    this.kernel = kernel;
    this.trace = trace;
    this.random = random;
    this.holders = holders;
    this.pages = pages;
    this.headers = headers(fetches, url);
    // An address is no server name (RFC 6066 section 3).
    this.serverName =
        Optional.of(url.host()).filter(name -> url.isTls() && IpAddress.parse(name).isEmpty());
    this.plainRequest = request(headers).encode();
  }

  private static HttpHeaders headers(Client.Fetches fetches, Url url) {
    HttpHeaders headers =
        HttpHeaders.of("Host", url.authority(), "User-Agent", USER_AGENT, "Accept", "*/*");
    for (Map.Entry<String, String> each : fetches.headers().entrySet()) {
      headers =
          each.getKey().equalsIgnoreCase("Host")
              ? hostFirst(headers, each.getValue())
              : headers.replaced(each.getKey(), each.getValue());
    }
    return headers;
  }

  private static HttpHeaders hostFirst(HttpHeaders headers, String host) {
    HttpHeaders reordered = HttpHeaders.of("Host", host);
    for (HttpHeaders.Field field : headers.without("Host").fields()) {
      reordered = reordered.with(field.name(), field.value());
    }
    return reordered;
  }

  private HttpRequest request(HttpHeaders with) {
    return new HttpRequest(
        fetches.method(), url.target(), HttpVersion.HTTP_1_1, with, Octets.EMPTY);
  }

  @Override
  public HostKernel kernel() {
    return kernel;
  }

  @Override
  public void start() {
    kernel.powerOn(0);
    kernel.openOwner(PROGRAM);
    Client.Start start = specification.start();
    long from = start.from().toNanos();
    long window = start.to().toNanos() - from;
    for (int user = 0; user < specification.count(); user++) {
      long at = from + (window == 0 ? 0 : (long) (random.nextDouble() * window));
      new HttpUser(this, specification.addressOf(user)).start(at);
    }
  }

  Client specification() {
    return specification;
  }

  Client.Fetches fetches() {
    return fetches;
  }

  Url url() {
    return url;
  }

  long now() {
    return kernel.clock().monotonicNanos();
  }

  /** Opens a connection for a user. */
  Connection connect(IpAddress source, TlsHandler handler, long cause) {
    return url.isTls()
        ? TlsConnection.connect(
            kernel.sockets(),
            PROGRAM,
            Optional.of(source),
            fetches.address(),
            url.port(),
            serverName,
            CpuTime.NONE,
            handler,
            cause)
        : kernel
            .sockets()
            .connect(PROGRAM, Optional.of(source), fetches.address(), url.port(), handler, cause);
  }

  /** Whether the certificate that the server showed is good enough. */
  boolean trusts(TlsConnection connection) {
    return fetches.insecure() || connection.isFor(url.host());
  }

  /** What is sent; with the cookies that belong there. */
  Octets request(Optional<String> cookies) {
    return cookies
        .map(value -> request(headers.with("Cookie", value)).encode())
        .orElse(plainRequest);
  }

  /**
   * Notes how a request ended.
   *
   * @param answered whether anything came back
   */
  void ended(
      IpAddress source,
      RequestOutcome outcome,
      Optional<Integer> status,
      long sinceNanos,
      boolean answered,
      Octets body,
      long cause) {
    Optional<String> holder =
        answered
            ? holders.find(kernel, fetches.address(), specification.gateway())
            : Optional.empty();
    trace.emit(
        new Request(
            specification.name(),
            source,
            fetches.url(),
            outcome,
            status,
            Duration.ofNanos(now() - sinceNanos),
            holder,
            body.length() == 0 ? Optional.empty() : pages.hostOf(body)),
        cause);
  }
}
