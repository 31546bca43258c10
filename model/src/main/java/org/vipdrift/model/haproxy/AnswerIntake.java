package org.vipdrift.model.haproxy;

import org.vipdrift.model.haproxy.Termination.Cause;
import org.vipdrift.model.haproxy.Termination.Phase;
import org.vipdrift.model.haproxy.sample.EditableRequest;
import org.vipdrift.model.haproxy.sample.EditableResponse;
import org.vipdrift.model.haproxy.settings.HttpReply;
import org.vipdrift.model.http.HttpResponse;

/** What becomes of a server's answer before the client sees it: rules, cookies, stick tables. */
final class AnswerIntake {
  private final HttpStream stream;
  private final EditableRequest request;
  private final EditableResponse answer;

  AnswerIntake(HttpStream stream, EditableResponse answer) {
    this.stream = stream;
    this.request = stream.editable();
    this.answer = answer;
  }

  /**
   * Lets it through, or something else in its place.
   *
   * @param serverPersists whether the server would keep its connection for more
   */
  void run(boolean serverPersists, long cause) {
    Backend at = stream.requireBackend();
    boolean framed = isFramed();
    boolean serverKeeps = serverPersists && framed && !stream.closesServer(at);
    answer.headers().remove("connection");
    RuleOutcome outcome = at.rules.onResponse(stream);
    Frontend frontend = stream.session.frontend;
    if (outcome instanceof RuleOutcome.GoOn && at.proxy != frontend.proxy) {
      outcome = frontend.rules.onResponse(stream);
    }
    at.cookies.ifPresent(
        c -> c.write(answer, stream, stream.cookie, request.method().equals("POST")));
    at.stickRules.forEach(rule -> rule.store(stream));
    stream.parted(serverKeeps, cause);
    deliver(outcome, framed, cause);
  }

  /** Whether the client can tell where it ends, without an end of the connection. */
  private boolean isFramed() {
    return request.isHead()
        || !HttpResponse.mayHaveBody(answer.status())
        || answer.headers().has("content-length")
        || answer.headers().has("transfer-encoding");
  }

  private void deliver(RuleOutcome outcome, boolean framed, long cause) {
    switch (outcome) {
      case RuleOutcome.GoOn(), RuleOutcome.Stop() -> {
        int status = stream.status;
        stream.counted().answered(status);
        if (stream.server != null) {
          stream.server.counter.answered(status);
        }
        stream.complete(answer, Termination.NORMAL, framed, cause);
      }
      case RuleOutcome.Deny(HttpReply reply) -> {
        stream.counted().deniedResponses++;
        stream.suppressAnswer();
        EditableResponse page = AnswerWriter.write(reply, stream);
        stream.answer(page, new Termination(Cause.PROXY, Phase.HEADERS), cause);
      }
      case RuleOutcome.Answer(HttpReply reply) ->
          stream.answer(
              AnswerWriter.write(reply, stream),
              new Termination(Cause.LOCAL, Phase.HEADERS),
              cause);
      case RuleOutcome.Redirected(CompiledRedirect redirect) ->
          stream.answer(
              redirect.answer(stream, request), new Termination(Cause.LOCAL, Phase.HEADERS), cause);
      case RuleOutcome.Tarpit _, RuleOutcome.Challenge _, RuleOutcome.Reject _ ->
          stream.closeWithoutAnswer(new Termination(Cause.PROXY, Phase.HEADERS), cause);
    }
  }
}
