package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.haproxy.settings.BackendSettings;
import org.vipdrift.model.haproxy.settings.CookieSettings;
import org.vipdrift.model.haproxy.settings.EmailAlert;
import org.vipdrift.model.haproxy.settings.FrontendSettings;
import org.vipdrift.model.haproxy.settings.LogSettings;
import org.vipdrift.model.haproxy.settings.LogTarget;
import org.vipdrift.model.haproxy.settings.ProxyOptions;
import org.vipdrift.model.haproxy.settings.ProxySettings;
import org.vipdrift.model.haproxy.settings.Timeouts;

/** Makes the settings of a proxy from its draft. */
final class ProxyFinish {
  private final Reading reading;
  private final ProxyDraft proxy;

  ProxyFinish(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  ProxySettings finish() {
    return new ProxySettings(
        proxy.name,
        proxy.id,
        proxy.isHttp() ? ProxySettings.Mode.HTTP : ProxySettings.Mode.TCP,
        proxy.disabled,
        proxy.description,
        proxy.isFrontend() ? Optional.of(frontend()) : Optional.empty(),
        proxy.isBackend() ? Optional.of(backend()) : Optional.empty(),
        timeouts(),
        new ProxyOptions(
            proxy.flags,
            proxy.connectionMode,
            proxy.forwardFor,
            proxy.originalTo,
            proxy.redispatch),
        proxy.errorFiles,
        log(),
        proxy.stats.map(StatsDraft::finish),
        proxy.stickTable,
        proxy.rules.finish(proxy.defaults.map(d -> d.rules)),
        proxy.compression,
        proxy.span);
  }

  private FrontendSettings frontend() {
    return new FrontendSettings(
        proxy.binds,
        proxy.maxconn,
        proxy.backlog,
        proxy.sessionRateLimit,
        proxy.defaultBackend.map(Word::text),
        proxy.backendRules,
        proxy.monitorUri,
        proxy.monitorFail,
        proxy.requestCaptures,
        proxy.responseCaptures,
        proxy.cookieCapture,
        proxy.uniqueIdFormat,
        proxy.uniqueIdHeader);
  }

  private BackendSettings backend() {
    Map<String, String> mail = proxy.emailAlert;
    Optional<EmailAlert> alert =
        mail.containsKey("from") && mail.containsKey("to") && mail.containsKey("mailers")
            ? Optional.of(
                new EmailAlert(
                    mail.get("mailers"),
                    mail.get("from"),
                    mail.get("to"),
                    Optional.ofNullable(mail.get("myhostname")),
                    LogReader.LEVELS.indexOf(mail.getOrDefault("level", "alert"))))
            : Optional.empty();
    return new BackendSettings(
        proxy.balance,
        proxy.hashType,
        proxy.hashBalanceFactor,
        proxy.isHttp() ? proxy.cookie.map(this::withKey) : Optional.empty(),
        proxy.servers.stream().map(ServerDraft::finish).toList(),
        proxy.serverRules,
        proxy.persistRules,
        proxy.stickRules,
        Math.max(0, proxy.retries),
        proxy.retryOn,
        proxy.fullconn,
        proxy.check.finish(),
        proxy.httpReuse,
        proxy.maxKeepAliveQueue,
        proxy.dispatch,
        proxy.source,
        alert);
  }

  private CookieSettings withKey(CookieSettings cookie) {
    return new CookieSettings(
        cookie.name(),
        cookie.kind(),
        cookie.indirect(),
        cookie.nocache(),
        cookie.postOnly(),
        cookie.preserve(),
        cookie.httpOnly(),
        cookie.secure(),
        cookie.domains(),
        cookie.maxIdle(),
        cookie.maxLife(),
        cookie.attributes(),
        cookie.dynamic(),
        proxy.dynamicCookieKey);
  }

  private Optional<Duration> timeout(String name) {
    return Optional.ofNullable(proxy.timeouts.get(name)).filter(t -> !t.isZero());
  }

  private Timeouts timeouts() {
    return new Timeouts(
        timeout("client"),
        timeout("client-fin"),
        timeout("server"),
        timeout("server-fin"),
        timeout("connect"),
        timeout("queue"),
        timeout("check"),
        timeout("http-request"),
        timeout("http-keep-alive"),
        timeout("tunnel"),
        timeout("tarpit"));
  }

  private LogSettings log() {
    List<LogTarget> targets = new ArrayList<>();
    if (proxy.logGlobal) {
      targets.addAll(reading.global.logTargets);
    }
    targets.addAll(proxy.logTargets);
    return new LogSettings(
        targets,
        proxy.logStyle,
        proxy.logFormat,
        proxy.errorLogFormat,
        proxy.structuredData,
        proxy.logTag.or(() -> reading.global.logTag));
  }
}
