package org.vipdrift.model.haproxy.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The rules of a proxy, each list in the order of evaluation. */
public record RuleSets(
    List<TcpRule> tcpRequestConnection,
    List<TcpRule> tcpRequestSession,
    List<TcpRule> tcpRequestContent,
    List<TcpRule> tcpResponseContent,
    Optional<Duration> requestInspectDelay,
    Optional<Duration> responseInspectDelay,
    List<HttpRule> httpRequest,
    List<HttpRule> httpResponse,
    List<HttpRule> httpAfterResponse,
    List<RedirectRule> redirects) {
  public RuleSets {
    tcpRequestConnection = List.copyOf(tcpRequestConnection);
    tcpRequestSession = List.copyOf(tcpRequestSession);
    tcpRequestContent = List.copyOf(tcpRequestContent);
    tcpResponseContent = List.copyOf(tcpResponseContent);
    httpRequest = List.copyOf(httpRequest);
    httpResponse = List.copyOf(httpResponse);
    httpAfterResponse = List.copyOf(httpAfterResponse);
    redirects = List.copyOf(redirects);
  }
}
