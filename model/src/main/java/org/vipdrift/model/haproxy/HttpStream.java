package org.vipdrift.model.haproxy;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.Termination.Cause;
import org.vipdrift.model.haproxy.Termination.Phase;
import org.vipdrift.model.haproxy.sample.EditableHeaders;
import org.vipdrift.model.haproxy.sample.EditableRequest;
import org.vipdrift.model.haproxy.sample.EditableResponse;
import org.vipdrift.model.haproxy.settings.HttpReply;
import org.vipdrift.model.haproxy.settings.HttpReuse;
import org.vipdrift.model.haproxy.settings.ProxyOptions;
import org.vipdrift.model.haproxy.settings.RetryCondition;
import org.vipdrift.model.health.Observation;
import org.vipdrift.model.http.HttpRequest;
import org.vipdrift.model.http.HttpResponse;
import org.vipdrift.model.http.HttpVersion;

/** One HTTP request, from its arrival to its answer's last octet. */
final class HttpStream extends Stream {
  final HttpSession session;
  final CookiePersistence.Memory cookie = new CookiePersistence.Memory();
  private final EditableRequest request;
  private final boolean wantsKeepAlive;
  private final boolean first;
  private @Nullable EditableResponse response;
  private boolean answering;
  private @Nullable ServerConnection connection;
  private @Nullable HttpRequest forwarded;
  int logLevel = 6;
  boolean replays = true;
  Optional<Duration> serverTimeout = Optional.empty();
  int status = -1;
  long octetsRead;
  boolean answeredByStatistics;
  final Captures captures;

  HttpStream(
      HttpSession session, HttpRequest received, long startNanos, long idleNanos, boolean first) {
    super(session, startNanos, idleNanos);
    this.session = session;
    this.first = first;
    this.wantsKeepAlive = received.isPersistent();
    this.request = new EditableRequest(received);
    this.captures = new Captures(session.frontend, request);
  }

  @Override
  public Optional<EditableRequest> request() {
    return Optional.of(request);
  }

  @Override
  public Optional<EditableResponse> response() {
    return answering ? Optional.ofNullable(response) : Optional.empty();
  }

  /** The headers the rules of this moment change. */
  EditableHeaders headers() {
    return answering && response != null ? response.headers() : request.headers();
  }

  EditableRequest editable() {
    return request;
  }

  void capture(Optional<Integer> slot, Optional<Integer> length, String value) {
    captures.add(slot, length, value, answering);
  }

  // ---- the way in ----

  void run(long cause) {
    new RequestIntake(this).run(cause);
  }

  Counter counted() {
    return backend == null ? session.frontend.counter : backend.counter;
  }

  boolean closesServer(Backend at) {
    return at.proxy.options().connectionMode() != ProxyOptions.ConnectionMode.KEEP_ALIVE
        || session.frontend.proxy.options().connectionMode()
            != ProxyOptions.ConnectionMode.KEEP_ALIVE;
  }

  // ---- the server ----

  @Override
  void openConnection(Server to, long cause) {
    if (to.address.isEmpty()) {
      connectFailed(cause);
      return;
    }
    Destination destination = destination(to, to.address.get());
    ServerConnection idle = session.takeOwned(to, destination);
    if (idle == null && mayReuse(to)) {
      idle = to.idle.take(destination);
    }
    if (idle != null) {
      connection = idle;
      idle.lend(this);
      connected(cause);
      return;
    }
    ServerConnection opened = new ServerConnection(to, destination, this);
    connection = opened;
    opened.opened(process.environment.connect(destination, opened, cause));
  }

  private boolean mayReuse(Server to) {
    HttpReuse reuse = to.backend.settings.httpReuse();
    return to.idle.size() > 0
        && switch (reuse) {
          case NEVER -> false;
          case SAFE, AGGRESSIVE -> !first;
          case ALWAYS -> true;
        };
  }

  @Override
  void dropConnection(long cause) {
    if (connection != null) {
      connection.giveUp(cause);
      connection = null;
    }
  }

  @Override
  void connected(long cause) {
    super.connected(cause);
    ServerConnection to = connection;
    if (to == null) {
      throw new IllegalStateException("connected to nothing");
    }
    HttpRequest message = request.toRequest();
    forwarded = message;
    Octets octets = message.encode();
    counted().octetsIn += octets.length();
    if (server != null) {
      server.counter.octetsIn += octets.length();
    }
    session.frontend.counter.octetsIn += octets.length();
    to.send(octets, request.isHead(), cause);
    armServerTimeout(cause);
  }

  private void armServerTimeout(long cause) {
    Optional<Duration> timeout = serverTimeout.or(() -> requireBackend().proxy.timeouts().server());
    timeout.ifPresent(after -> alarm(after, () -> serverTimedOut(cause)));
  }

  private void serverTimedOut(long cause) {
    observed(Observation.READ_TIMEOUT, cause);
    requireBackend().counter.responseErrors++;
    if (!replay(RetryCondition.RESPONSE_TIMEOUT, cause)) {
      boolean head = connection != null && connection.hasHead();
      dropConnection(cause);
      if (head) {
        cutOff(Cause.SERVER_TIMEOUT, cause);
      } else {
        refuse(504, new Termination(Cause.SERVER_TIMEOUT, Phase.HEADERS), cause);
      }
    }
  }

  /** More of the answer has come, but not all. */
  void responseGrew(long cause) {
    if (state == State.ESTABLISHED) {
      armServerTimeout(cause);
    }
  }

  /** What the server sent is no HTTP. */
  void responseBroken(long cause) {
    observed(Observation.INVALID_RESPONSE, cause);
    requireBackend().counter.responseErrors++;
    if (!replay(RetryCondition.JUNK_RESPONSE, cause)) {
      dropConnection(cause);
      refuse(502, new Termination(Cause.PROXY, Phase.HEADERS), cause);
    }
  }

  /** The server closed before its answer was whole. */
  void serverClosed(boolean error, long cause) {
    boolean head = connection != null && connection.hasHead();
    boolean reused = connection != null && connection.isReused();
    observed(error ? Observation.READ_ERROR : Observation.CLOSED_EARLY, cause);
    requireBackend().counter.serverAborts++;
    if (head) {
      dropConnection(cause);
      cutOff(Cause.SERVER, cause);
      return;
    }
    requireBackend().counter.responseErrors++;
    if (replay(RetryCondition.EMPTY_RESPONSE, cause)) {
      return;
    }
    dropConnection(cause);
    if (reused && !first) {
      closeWithoutAnswer(new Termination(Cause.SERVER, Phase.HEADERS), cause);
    } else {
      refuse(502, new Termination(Cause.SERVER, Phase.HEADERS), cause);
    }
  }

  /** The client has the head of an answer only, and sees the connection end. */
  private void cutOff(Cause by, long cause) {
    cancelAlarm();
    session.abandon(cause);
    ended(new Termination(by, Phase.DATA), cause);
  }

  /** Sends the request once more, if that is wanted after this. */
  private boolean replay(RetryCondition condition, long cause) {
    if (!replays || !retries.again(condition)) {
      return false;
    }
    dropConnection(cause);
    cancelAlarm();
    if (retries.redispatch()) {
      place.release(cause);
      balanceAnew();
    }
    times.connected = StreamTimes.NEVER;
    again(cause);
    return true;
  }

  // ---- the way out ----

  /** An answer has come; 1xx are passed on, and the real one follows. */
  void responseCame(HttpResponse received, boolean serverEnded, long cause) {
    if (received.status() < 200) {
      EditableResponse interim = new EditableResponse(received);
      octetsRead += interim.loggedOctets(false);
      session.sendInterim(interim.toResponse().encode(), cause);
      return;
    }
    if (retriesStatus(received.status(), cause)) {
      return;
    }
    cancelAlarm();
    times.response = now();
    status = received.status();
    observed(
        status < 100 || status > 499 && status != 501 && status != 505
            ? Observation.WRONG_STATUS
            : Observation.CORRECT_RESPONSE,
        cause);
    EditableResponse answer = new EditableResponse(received);
    response = answer;
    answering = true;
    octetsRead += answer.loggedOctets(!request.isHead());
    captures.response(answer);
    new AnswerIntake(this, answer).run(received.isPersistent() && !serverEnded, cause);
  }

  /** Gives the server's connection away, after its answer. */
  void parted(boolean serverKeeps, long cause) {
    ServerConnection used = connection;
    connection = null;
    if (used != null) {
      if (used.destination.preamble().length() > 0 && used.isReusable(serverKeeps)) {
        session.own(used, cause);
      } else {
        used.release(serverKeeps, cause);
      }
    }
  }

  /** The answer of the server does not go out. */
  void suppressAnswer() {
    answering = false;
  }

  private boolean retriesStatus(int received, long cause) {
    for (RetryCondition condition : requireBackend().settings.retryOn()) {
      if (condition.name().equals("STATUS_" + received)) {
        return replay(condition, cause);
      }
    }
    return false;
  }

  EditableResponse page(int code) {
    return AnswerWriter.write(HttpReply.errorPage(code), this);
  }

  @Override
  void refuse(int code, Termination termination, long cause) {
    times.response = StreamTimes.NEVER;
    answering = false;
    answer(page(code), termination, cause);
  }

  /** An answer of the proxy's own. */
  void answer(EditableResponse own, Termination termination, long cause) {
    cancelAlarm();
    dropConnection(cause);
    status = own.status();
    counted().answered(status);
    response = own;
    octetsRead = own.loggedOctets(!request.isHead());
    complete(own, termination, true, cause);
  }

  /** Sends an answer to the client, and that is the end of it. */
  void complete(EditableResponse answer, Termination termination, boolean framed, long cause) {
    if (session.frontend.rules.hasAfterResponse()
        || backend != null && backend.rules.hasAfterResponse()) {
      answering = true;
      if (backend != null && backend.proxy != session.frontend.proxy) {
        backend.rules.afterResponse(this);
      }
      session.frontend.rules.afterResponse(this);
    }
    boolean keeps =
        wantsKeepAlive
            && framed
            && session.keepsAlive()
            && session.frontend.proxy.options().connectionMode()
                != ProxyOptions.ConnectionMode.CLOSE;
    if (!keeps && answer.version() == HttpVersion.HTTP_1_1) {
      answer.headers().add("connection", "close");
    } else if (keeps && request.version() == HttpVersion.HTTP_1_0) {
      answer.headers().add("connection", "keep-alive");
    }
    if (status != answer.status() && answering) {
      status = answer.status();
    }
    HttpResponse message = answer.toResponse();
    Octets octets =
        request.isHead() || !HttpResponse.mayHaveBody(message.status())
            ? message.encodeHead()
            : message.encode();
    session.frontend.counter.octetsOut += octets.length();
    session.frontend.counter.answered(status);
    if (backend != null) {
      backend.counter.octetsOut += octets.length();
    }
    if (server != null) {
      server.counter.octetsOut += octets.length();
    }
    session.send(octets, cause);
    ended(termination, cause);
    session.answered(keeps, cause);
  }

  void closeWithoutAnswer(Termination termination, long cause) {
    cancelAlarm();
    dropConnection(cause);
    session.abandon(cause);
    ended(termination, cause);
  }

  /** The client has gone. */
  void clientGone(long cause) {
    counted().clientAborts++;
    Phase phase = phase();
    dropConnection(cause);
    ended(new Termination(Cause.CLIENT, phase), cause);
  }

  @Override
  void killed(Cause by, long cause) {
    if (state == State.ENDED) {
      return;
    }
    Phase phase = phase();
    if (state == State.ESTABLISHED && connection != null && !connection.hasHead()) {
      dropConnection(cause);
      refuse(502, new Termination(by, phase), cause);
    } else {
      closeWithoutAnswer(new Termination(by, phase), cause);
    }
  }

  @Override
  void persistenceLost() {
    if (cookie.presented == CookiePersistence.Presented.VALID) {
      cookie.presented = CookiePersistence.Presented.DOWN;
    }
  }

  @Override
  long octetsReadSoFar() {
    return octetsRead;
  }

  @Override
  long octetsSentSoFar() {
    return forwarded == null ? 0 : request.loggedOctets();
  }

  @Override
  void log(Termination termination, long cause) {
    LogLine.write(this, termination, cause);
  }

  // ---- what balancing looks at ----

  @Override
  public Optional<String> target() {
    return Optional.of(request.target());
  }

  @Override
  public Optional<String> header(String name) {
    return request.headers().first(name.toLowerCase(java.util.Locale.ROOT));
  }

  @Override
  public Optional<String> rdpCookie(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<String> postedForm() {
    return request.method().equals("POST") && request.body().length() > 0
        ? Optional.of(
            new String(request.body().toByteArray(), java.nio.charset.StandardCharsets.ISO_8859_1))
        : Optional.empty();
  }
}
