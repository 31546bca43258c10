package org.vipdrift.model.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.haproxy.sample.CompiledCondition;
import org.vipdrift.model.haproxy.sample.SampleContext;
import org.vipdrift.model.haproxy.settings.HttpRule;
import org.vipdrift.model.haproxy.settings.ProxySettings;
import org.vipdrift.model.haproxy.settings.RedirectRule;
import org.vipdrift.model.haproxy.settings.SharedAction;
import org.vipdrift.model.haproxy.settings.TcpAction;
import org.vipdrift.model.haproxy.settings.TcpRule;

/** The rules of one proxy, ready to be applied. */
final class ProxyRules {
  private final List<TcpLine> connection;
  private final List<TcpLine> session;
  private final List<TcpLine> content;
  private final List<HttpLine> request;
  private final List<HttpLine> response;
  private final List<HttpLine> afterResponse;
  private final List<RedirectLine> redirects;

  private record TcpLine(TcpAction action, CompiledCondition condition) {}

  private record HttpLine(CompiledAction action, CompiledCondition condition) {}

  private record RedirectLine(CompiledRedirect redirect, CompiledCondition condition) {}

  ProxyRules(ProxySettings proxy) {
    this.connection = tcp(proxy.rules().tcpRequestConnection());
    this.session = tcp(proxy.rules().tcpRequestSession());
    this.content = tcp(proxy.rules().tcpRequestContent());
    this.request = http(proxy.rules().httpRequest());
    this.response = http(proxy.rules().httpResponse());
    this.afterResponse = http(proxy.rules().httpAfterResponse());
    List<RedirectLine> lines = new ArrayList<>();
    for (RedirectRule rule : proxy.rules().redirects()) {
      lines.add(
          new RedirectLine(
              new CompiledRedirect(rule.redirect()), CompiledCondition.of(rule.condition())));
    }
    this.redirects = List.copyOf(lines);
  }

  private static List<TcpLine> tcp(List<TcpRule> rules) {
    return rules.stream()
        .map(r -> new TcpLine(r.action(), CompiledCondition.of(r.condition())))
        .toList();
  }

  private static List<HttpLine> http(List<HttpRule> rules) {
    return rules.stream()
        .map(r -> new HttpLine(CompiledAction.of(r.action()), CompiledCondition.of(r.condition())))
        .toList();
  }

  /** Whether a connection may go on, before anything of it is read. */
  boolean admits(SampleContext context) {
    return passes(connection, context) && passes(session, context);
  }

  /** Whether what a connection said may go on. */
  boolean admitsContent(SampleContext context) {
    return passes(content, context);
  }

  private static boolean passes(List<TcpLine> lines, SampleContext context) {
    for (int at = 0; at < lines.size(); at++) {
      TcpLine line = lines.get(at);
      if (!line.condition.holds(context)) {
        continue;
      }
      switch (line.action) {
        case TcpAction.Accept() -> {
          return true;
        }
        case SharedAction.Reject(), SharedAction.SilentDrop(), TcpAction.Close() -> {
          return false;
        }
        case SharedAction shared -> CompiledAction.performShared(shared, context);
        case TcpAction.ExpectProxy(), TcpAction.ExpectNetscalerCip(), TcpAction.SwitchToHttp() -> {}
      }
    }
    return true;
  }

  /** What the request rules make of a request. */
  RuleOutcome onRequest(HttpStream stream) {
    RuleOutcome outcome = apply(request, stream);
    if (!(outcome instanceof RuleOutcome.GoOn)) {
      return outcome;
    }
    return outcome;
  }

  /** The {@code redirect} lines, which come after the other rules. */
  Optional<CompiledRedirect> redirect(HttpStream stream) {
    for (int at = 0; at < redirects.size(); at++) {
      if (redirects.get(at).condition.holds(stream)) {
        return Optional.of(redirects.get(at).redirect);
      }
    }
    return Optional.empty();
  }

  RuleOutcome onResponse(HttpStream stream) {
    return apply(response, stream);
  }

  void afterResponse(HttpStream stream) {
    apply(afterResponse, stream);
  }

  boolean hasAfterResponse() {
    return !afterResponse.isEmpty();
  }

  private static RuleOutcome apply(List<HttpLine> lines, HttpStream stream) {
    for (int at = 0; at < lines.size(); at++) {
      HttpLine line = lines.get(at);
      if (line.condition.holds(stream)) {
        RuleOutcome outcome = line.action.perform(stream);
        if (outcome != RuleOutcome.GO_ON) {
          return outcome;
        }
      }
    }
    return RuleOutcome.GO_ON;
  }
}
