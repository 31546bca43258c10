package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;

/**
 * The half of a proxy that accepts connections.
 *
 * @param maxconn absent: the process limit
 * @param backlog absent: maxconn
 * @param sessionRateLimit {@code rate-limit sessions}, per second, 0 for unlimited
 * @param backendRules {@code use_backend} in order
 * @param monitorFail {@code monitor fail}: any that holds makes {@code monitorUri} answer 503
 * @param clientKeepAlive absent: {@code option clitcpka} is off
 */
public record FrontendSettings(
    List<BindSettings> binds,
    Optional<Integer> maxconn,
    Optional<Integer> backlog,
    int sessionRateLimit,
    Optional<String> defaultBackend,
    List<BackendRule> backendRules,
    Optional<String> monitorUri,
    List<Condition> monitorFail,
    List<HeaderCapture> requestCaptures,
    List<HeaderCapture> responseCaptures,
    Optional<CookieCapture> cookieCapture,
    Optional<LogFormat> uniqueIdFormat,
    Optional<String> uniqueIdHeader) {
  public FrontendSettings {
    binds = List.copyOf(binds);
    backendRules = List.copyOf(backendRules);
    monitorFail = List.copyOf(monitorFail);
    requestCaptures = List.copyOf(requestCaptures);
    responseCaptures = List.copyOf(responseCaptures);
  }
}
