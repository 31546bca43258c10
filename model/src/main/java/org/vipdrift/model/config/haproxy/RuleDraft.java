package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.vipdrift.model.haproxy.settings.HttpRule;
import org.vipdrift.model.haproxy.settings.RedirectRule;
import org.vipdrift.model.haproxy.settings.RuleSets;
import org.vipdrift.model.haproxy.settings.TcpRule;

/** The rules of a proxy while they are read. */
final class RuleDraft {
  final List<TcpRule> tcpRequestConnection = new ArrayList<>();
  final List<TcpRule> tcpRequestSession = new ArrayList<>();
  final List<TcpRule> tcpRequestContent = new ArrayList<>();
  final List<TcpRule> tcpResponseContent = new ArrayList<>();
  Optional<Duration> requestInspectDelay = Optional.empty();
  Optional<Duration> responseInspectDelay = Optional.empty();
  final List<HttpRule> httpRequest = new ArrayList<>();
  final List<HttpRule> httpResponse = new ArrayList<>();
  final List<HttpRule> httpAfterResponse = new ArrayList<>();
  final List<RedirectRule> redirects = new ArrayList<>();

  boolean isEmpty() {
    return tcpRequestConnection.isEmpty()
        && tcpRequestSession.isEmpty()
        && tcpRequestContent.isEmpty()
        && tcpResponseContent.isEmpty()
        && httpRequest.isEmpty()
        && httpResponse.isEmpty()
        && httpAfterResponse.isEmpty();
  }

  /** These rules after those of a defaults section. */
  RuleSets finish(Optional<RuleDraft> before) {
    return new RuleSets(
        joined(before, r -> r.tcpRequestConnection),
        joined(before, r -> r.tcpRequestSession),
        joined(before, r -> r.tcpRequestContent),
        joined(before, r -> r.tcpResponseContent),
        requestInspectDelay.or(() -> before.flatMap(b -> b.requestInspectDelay)),
        responseInspectDelay.or(() -> before.flatMap(b -> b.responseInspectDelay)),
        joined(before, r -> r.httpRequest),
        joined(before, r -> r.httpResponse),
        joined(before, r -> r.httpAfterResponse),
        redirects);
  }

  private <T> List<T> joined(Optional<RuleDraft> before, Function<RuleDraft, List<T>> part) {
    List<T> rules = new ArrayList<>(before.map(part).orElse(List.of()));
    rules.addAll(part.apply(this));
    return rules;
  }
}
