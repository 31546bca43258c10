package org.vipdrift.model.haproxy;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.haproxy.Termination.Cause;
import org.vipdrift.model.haproxy.Termination.Phase;
import org.vipdrift.model.haproxy.sample.EditableRequest;
import org.vipdrift.model.haproxy.sample.EditableResponse;
import org.vipdrift.model.haproxy.settings.HttpReply;
import org.vipdrift.model.haproxy.settings.ProxyOption;
import org.vipdrift.model.haproxy.settings.ProxySettings;
import org.vipdrift.model.http.HttpVersion;

/**
 * What becomes of a request before a server is looked for: rules, backend, persistence, headers.
 */
final class RequestIntake {
  private final HttpStream stream;
  private final EditableRequest request;

  RequestIntake(HttpStream stream) {
    this.stream = stream;
    this.request = stream.editable();
  }

  void run(long cause) {
    Frontend frontend = stream.session.frontend;
    long now = stream.now();
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
      stream.refuse(503, new Termination(Cause.SERVER, Phase.CONNECT), cause);
      return;
    }
    Backend at = chosen.get();
    stream.enter(at);
    if (at.proxy != frontend.proxy && !apply(at.rules, at.proxy, cause)) {
      return;
    }
    stream.session.countRequest();
    choosePersistence(at);
    prepare(at);
    stream.times.request = now;
    if (stream.server == null) {
      at.stickRules.forEach(rule -> rule.match(stream));
    }
    stream.assign(cause);
  }

  private boolean isMonitored(Frontend frontend) {
    return frontend.settings.monitorUri().filter(request.target()::equals).isPresent();
  }

  private void monitor(Frontend frontend, long cause) {
    boolean failing = frontend.monitorFail.stream().anyMatch(c -> c.holds(stream));
    stream.logLevel = -1;
    stream.answer(
        stream.page(failing ? 503 : 200), new Termination(Cause.LOCAL, Phase.REQUEST), cause);
  }

  /** Whether the rules of a proxy let it go on. */
  private boolean apply(ProxyRules rules, ProxySettings proxy, long cause) {
    if (!rules.admitsContent(stream)) {
      stream.counted().deniedRequests++;
      stream.closeWithoutAnswer(new Termination(Cause.PROXY, Phase.REQUEST), cause);
      return false;
    }
    RuleOutcome outcome = rules.onRequest(stream);
    if (!(outcome instanceof RuleOutcome.GoOn || outcome instanceof RuleOutcome.Stop)) {
      perform(outcome, cause);
      return false;
    }
    if (stream.process.statistics.wants(proxy, request)) {
      stream.times.request = stream.now();
      stream.times.queued = stream.now();
      stream.times.connected = stream.now();
      stream.times.response = stream.now();
      stream.answeredByStatistics = true;
      stream.process.environment.statistics(csv -> showStatistics(proxy, csv, cause), cause);
      return false;
    }
    Optional<CompiledRedirect> redirect = rules.redirect(stream);
    if (redirect.isPresent()) {
      perform(new RuleOutcome.Redirected(redirect.get()), cause);
      return false;
    }
    return true;
  }

  private void showStatistics(ProxySettings proxy, String csv, long cause) {
    if (stream.state == Stream.State.RULES) {
      stream.answer(
          stream.process.statistics.page(proxy, request, csv),
          new Termination(Cause.LOCAL, Phase.REQUEST),
          cause);
    }
  }

  private void perform(RuleOutcome outcome, long cause) {
    stream.times.request = stream.now();
    Termination local = new Termination(Cause.LOCAL, Phase.REQUEST);
    switch (outcome) {
      case RuleOutcome.GoOn(), RuleOutcome.Stop() ->
          throw new IllegalStateException("nothing to perform");
      case RuleOutcome.Deny(HttpReply reply) -> {
        stream.counted().deniedRequests++;
        stream.answer(
            AnswerWriter.write(reply, stream), new Termination(Cause.PROXY, Phase.REQUEST), cause);
      }
      case RuleOutcome.Tarpit(HttpReply reply) -> tarpit(reply, cause);
      case RuleOutcome.Answer(HttpReply reply) ->
          stream.answer(AnswerWriter.write(reply, stream), local, cause);
      case RuleOutcome.Redirected(CompiledRedirect redirect) ->
          stream.answer(redirect.answer(stream, request), local, cause);
      case RuleOutcome.Challenge(String realm) -> {
        EditableResponse challenge = stream.page(401);
        challenge.headers().add("www-authenticate", "Basic realm=\"" + realm + "\"");
        stream.answer(challenge, local, cause);
      }
      case RuleOutcome.Reject(boolean silent) -> {
        stream.counted().deniedRequests++;
        stream.closeWithoutAnswer(new Termination(Cause.PROXY, Phase.REQUEST), cause);
      }
    }
  }

  private void tarpit(HttpReply reply, long cause) {
    stream.counted().deniedRequests++;
    stream.times.request = StreamTimes.NEVER;
    Duration held =
        (stream.backend == null ? stream.session.frontend.proxy : stream.backend.proxy)
            .timeouts()
            .tarpit()
            .or(() -> stream.session.frontend.proxy.timeouts().connect())
            .orElse(Duration.ZERO);
    stream.alarm(
        held,
        () -> {
          stream.times.queued = stream.now();
          stream.answer(
              AnswerWriter.write(reply, stream), new Termination(Cause.PROXY, Phase.TARPIT), cause);
        });
  }

  private Optional<Backend> choose(Frontend frontend) {
    for (int at = 0; at < frontend.backendRules.size(); at++) {
      Frontend.BackendChoice rule = frontend.backendRules.get(at);
      if (rule.condition().holds(stream)) {
        Optional<Backend> named = stream.process.backend(rule.name().print(stream));
        if (named.isPresent()) {
          return named;
        }
        break;
      }
    }
    return stream.process.defaultBackend(frontend);
  }

  private void choosePersistence(Backend at) {
    for (int rule = 0; rule < at.persistRules.size(); rule++) {
      if (at.persistRules.get(rule).condition().holds(stream)) {
        stream.forcePersist |= at.persistRules.get(rule).force();
        stream.ignorePersist |= !at.persistRules.get(rule).force();
        break;
      }
    }
    for (int rule = 0; rule < at.serverRules.size(); rule++) {
      Backend.ServerChoice choice = at.serverRules.get(rule);
      if (choice.condition().holds(stream)) {
        Optional<Server> named = at.server(choice.server().print(stream));
        if (named.isPresent()
            && (named.get().load().snapshot().acceptsPersistent()
                || stream.forcePersist
                || at.proxy.options().has(ProxyOption.PERSIST))) {
          stream.server = named.get();
          stream.direct = true;
          stream.assigned = true;
        }
        break;
      }
    }
  }

  /** Cookies and headers, as the server shall see them. */
  private void prepare(Backend at) {
    at.cookies.ifPresent(c -> c.read(request, stream, stream.cookie));
    ForwardedHeaders.add(stream, request, stream.session.frontend.proxy, at.proxy);
    request.headers().remove("connection");
    boolean upgrade = request.headers().has("upgrade");
    if (stream.closesServer(at)) {
      request.headers().add("connection", "close");
    } else if (upgrade) {
      request.headers().add("connection", "Upgrade");
    } else if (request.version() == HttpVersion.HTTP_1_0) {
      request.headers().add("connection", "keep-alive");
    }
  }
}
