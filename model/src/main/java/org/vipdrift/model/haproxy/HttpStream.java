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
import org.vipdrift.model.haproxy.settings.ProxyOption;
import org.vipdrift.model.haproxy.settings.ProxyOptions;
import org.vipdrift.model.haproxy.settings.ProxySettings;
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
    Frontend frontend = session.frontend;
    long now = now();
    frontend.counter.requests++;
    frontend.counter.requestRate.count(now);
    if (isMonitored(frontend)) {
      monitor(frontend, cause);
      return;
    }
    if (!apply(frontend.rules, frontend.proxy, cause)) {
      return;
    }
    Optional<Backend> chosen = choose(frontend);
    if (chosen.isEmpty()) {
      refuse(503, new Termination(Cause.SERVER, Phase.CONNECT), cause);
      return;
    }
    Backend at = chosen.get();
    enter(at);
    if (at.proxy != frontend.proxy && !apply(at.rules, at.proxy, cause)) {
      return;
    }
    session.countRequest();
    choosePersistence(at);
    prepare(at);
    times.request = now;
    if (server == null) {
      at.stickRules.forEach(rule -> rule.match(this));
    }
    assign(cause);
  }

  private boolean isMonitored(Frontend frontend) {
    return frontend.settings.monitorUri().filter(request.target()::equals).isPresent();
  }

  private void monitor(Frontend frontend, long cause) {
    boolean failing = frontend.monitorFail.stream().anyMatch(c -> c.holds(this));
    logLevel = -1;
    answer(page(failing ? 503 : 200), new Termination(Cause.LOCAL, Phase.REQUEST), cause);
  }

  /** Whether the rules of a proxy let it go on. */
  private boolean apply(ProxyRules rules, ProxySettings proxy, long cause) {
    if (!rules.admitsContent(this)) {
      counted().deniedRequests++;
      closeWithoutAnswer(new Termination(Cause.PROXY, Phase.REQUEST), cause);
      return false;
    }
    RuleOutcome outcome = rules.onRequest(this);
    if (!(outcome instanceof RuleOutcome.GoOn || outcome instanceof RuleOutcome.Stop)) {
      perform(outcome, cause);
      return false;
    }
    if (process.statistics.wants(proxy, request)) {
      times.request = now();
      times.queued = now();
      times.connected = now();
      times.response = now();
      answeredByStatistics = true;
      process.environment.statistics(csv -> showStatistics(proxy, csv, cause), cause);
      return false;
    }
    Optional<CompiledRedirect> redirect = rules.redirect(this);
    if (redirect.isPresent()) {
      perform(new RuleOutcome.Redirected(redirect.get()), cause);
      return false;
    }
    return true;
  }

  private void showStatistics(ProxySettings proxy, String csv, long cause) {
    if (state == State.RULES) {
      answer(
          process.statistics.page(proxy, request, csv),
          new Termination(Cause.LOCAL, Phase.REQUEST),
          cause);
    }
  }

  private void perform(RuleOutcome outcome, long cause) {
    times.request = now();
    Termination local = new Termination(Cause.LOCAL, Phase.REQUEST);
    switch (outcome) {
      case RuleOutcome.GoOn(), RuleOutcome.Stop() ->
          throw new IllegalStateException("nothing to perform");
      case RuleOutcome.Deny(HttpReply reply) -> {
        counted().deniedRequests++;
        answer(AnswerWriter.write(reply, this), new Termination(Cause.PROXY, Phase.REQUEST), cause);
      }
      case RuleOutcome.Tarpit(HttpReply reply) -> tarpit(reply, cause);
      case RuleOutcome.Answer(HttpReply reply) ->
          answer(AnswerWriter.write(reply, this), local, cause);
      case RuleOutcome.Redirected(CompiledRedirect redirect) ->
          answer(redirect.answer(this, request), local, cause);
      case RuleOutcome.Challenge(String realm) -> {
        EditableResponse challenge = page(401);
        challenge.headers().add("www-authenticate", "Basic realm=\"" + realm + "\"");
        answer(challenge, local, cause);
      }
      case RuleOutcome.Reject(boolean silent) -> {
        counted().deniedRequests++;
        closeWithoutAnswer(new Termination(Cause.PROXY, Phase.REQUEST), cause);
      }
    }
  }

  private void tarpit(HttpReply reply, long cause) {
    counted().deniedRequests++;
    times.request = StreamTimes.NEVER;
    Duration held =
        (backend == null ? session.frontend.proxy : backend.proxy)
            .timeouts()
            .tarpit()
            .or(() -> session.frontend.proxy.timeouts().connect())
            .orElse(Duration.ZERO);
    alarm(
        held,
        () -> {
          times.queued = now();
          answer(
              AnswerWriter.write(reply, this), new Termination(Cause.PROXY, Phase.TARPIT), cause);
        });
  }

  private Counter counted() {
    return backend == null ? session.frontend.counter : backend.counter;
  }

  private Optional<Backend> choose(Frontend frontend) {
    for (int at = 0; at < frontend.backendRules.size(); at++) {
      Frontend.BackendChoice rule = frontend.backendRules.get(at);
      if (rule.condition().holds(this)) {
        Optional<Backend> named = process.backend(rule.name().print(this));
        if (named.isPresent()) {
          return named;
        }
        break;
      }
    }
    return process.defaultBackend(frontend);
  }

  private void choosePersistence(Backend at) {
    for (int rule = 0; rule < at.persistRules.size(); rule++) {
      if (at.persistRules.get(rule).condition().holds(this)) {
        forcePersist |= at.persistRules.get(rule).force();
        ignorePersist |= !at.persistRules.get(rule).force();
        break;
      }
    }
    for (int rule = 0; rule < at.serverRules.size(); rule++) {
      Backend.ServerChoice choice = at.serverRules.get(rule);
      if (choice.condition().holds(this)) {
        Optional<Server> named = at.server(choice.server().print(this));
        if (named.isPresent()
            && (named.get().load().snapshot().acceptsPersistent()
                || forcePersist
                || at.proxy.options().has(ProxyOption.PERSIST))) {
          server = named.get();
          direct = true;
          assigned = true;
        }
        break;
      }
    }
  }

  /** Cookies and headers, as the server shall see them. */
  private void prepare(Backend at) {
    at.cookies.ifPresent(c -> c.read(request, this, cookie));
    ForwardedHeaders.add(this, request, session.frontend.proxy, at.proxy);
    request.headers().remove("connection");
    boolean upgrade = request.headers().has("upgrade");
    if (closesServer(at)) {
      request.headers().add("connection", "close");
    } else if (upgrade) {
      request.headers().add("connection", "Upgrade");
    } else if (request.version() == HttpVersion.HTTP_1_0) {
      request.headers().add("connection", "keep-alive");
    }
  }

  private boolean closesServer(Backend at) {
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
    Backend at = requireBackend();
    if (!replays
        || !at.settings.retryOn().contains(condition)
        || retries >= at.settings.retries()) {
      return false;
    }
    retries++;
    dropConnection(cause);
    cancelAlarm();
    if (redispatches(at)) {
      release(cause);
      direct = false;
      assigned = false;
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
    boolean framed =
        request.isHead()
            || !HttpResponse.mayHaveBody(status)
            || answer.headers().has("content-length")
            || answer.headers().has("transfer-encoding");
    boolean serverKeeps =
        received.isPersistent() && framed && !serverEnded && !closesServer(requireBackend());
    answer.headers().remove("connection");
    RuleOutcome outcome = requireBackend().rules.onResponse(this);
    if (outcome instanceof RuleOutcome.GoOn && requireBackend().proxy != session.frontend.proxy) {
      outcome = session.frontend.rules.onResponse(this);
    }
    Backend at = requireBackend();
    at.cookies.ifPresent(c -> c.write(answer, this, cookie, request.method().equals("POST")));
    at.stickRules.forEach(rule -> rule.store(this));
    ServerConnection used = connection;
    connection = null;
    if (used != null) {
      if (used.destination.preamble().length() > 0 && used.isReusable(serverKeeps)) {
        session.own(used, cause);
      } else {
        used.release(serverKeeps, cause);
      }
    }
    deliver(answer, outcome, framed, cause);
  }

  private void deliver(EditableResponse answer, RuleOutcome outcome, boolean framed, long cause) {
    switch (outcome) {
      case RuleOutcome.GoOn(), RuleOutcome.Stop() -> {
        counted().answered(status);
        if (server != null) {
          server.counter.answered(status);
        }
        complete(answer, Termination.NORMAL, framed, cause);
      }
      case RuleOutcome.Deny(HttpReply reply) -> {
        counted().deniedResponses++;
        answering = false;
        EditableResponse page = AnswerWriter.write(reply, this);
        answer(page, new Termination(Cause.PROXY, Phase.HEADERS), cause);
      }
      case RuleOutcome.Answer(HttpReply reply) ->
          answer(
              AnswerWriter.write(reply, this), new Termination(Cause.LOCAL, Phase.HEADERS), cause);
      case RuleOutcome.Redirected(CompiledRedirect redirect) ->
          answer(
              redirect.answer(this, request), new Termination(Cause.LOCAL, Phase.HEADERS), cause);
      case RuleOutcome.Tarpit _, RuleOutcome.Challenge _, RuleOutcome.Reject _ ->
          closeWithoutAnswer(new Termination(Cause.PROXY, Phase.HEADERS), cause);
    }
  }

  private boolean retriesStatus(int received, long cause) {
    for (RetryCondition condition : requireBackend().settings.retryOn()) {
      if (condition.name().equals("STATUS_" + received)) {
        return replay(condition, cause);
      }
    }
    return false;
  }

  private EditableResponse page(int code) {
    return AnswerWriter.write(HttpReply.errorPage(code), this);
  }

  @Override
  void refuse(int code, Termination termination, long cause) {
    times.response = StreamTimes.NEVER;
    answering = false;
    answer(page(code), termination, cause);
  }

  /** An answer of the proxy's own. */
  private void answer(EditableResponse own, Termination termination, long cause) {
    cancelAlarm();
    dropConnection(cause);
    status = own.status();
    counted().answered(status);
    response = own;
    octetsRead = own.loggedOctets(!request.isHead());
    complete(own, termination, true, cause);
  }

  private void complete(
      EditableResponse answer, Termination termination, boolean framed, long cause) {
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

  private void closeWithoutAnswer(Termination termination, long cause) {
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
