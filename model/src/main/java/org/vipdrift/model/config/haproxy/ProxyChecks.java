package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.BackendRule;
import org.vipdrift.model.haproxy.settings.Balance;
import org.vipdrift.model.haproxy.settings.LogStyle;
import org.vipdrift.model.haproxy.settings.ProxyOption;
import org.vipdrift.model.haproxy.settings.ServerRule;

/** What HAProxy checks of each proxy once everything is read. */
final class ProxyChecks {
  private final Reading reading;
  private final ProxyDraft proxy;

  ProxyChecks(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  void check() {
    if (proxy.disabled) {
      return;
    }
    backends();
    servers();
    timeouts();
    frontend();
    logFormat();
    defaultRules();
    emailAlert();
    layer7Balance();
    if (!proxy.isHttp() && (proxy.forwardFor.isPresent() || proxy.originalTo.isPresent())) {
      reading.log.warning(
          "needs-http",
          "forwardfor and originalto are ignored in \"" + proxy.name + "\", which is in mode tcp",
          proxy.span);
    }
    if (proxy.kind == ProxyDraft.Kind.BACKEND && proxy.ownErrorLogFormat) {
      reading.log.warning("wrong-section", "error-log-format is ignored in backends", proxy.span);
    }
  }

  private void layer7Balance() {
    boolean layer7 =
        proxy.balance instanceof Balance.Uri
            || proxy.balance instanceof Balance.UrlParameter
            || proxy.balance instanceof Balance.Header;
    if (proxy.isBackend() && layer7 && !proxy.isHttp()) {
      reading.log.warning(
          "needs-http",
          "\"" + proxy.name + "\" falls back to roundrobin, because it is not in mode http",
          proxy.span,
          "add \"mode http\"");
      proxy.balance = new Balance.RoundRobin();
    }
  }

  private void emailAlert() {
    Map<String, String> mail = proxy.emailAlert;
    boolean whole =
        mail.containsKey("from") && mail.containsKey("to") && mail.containsKey("mailers");
    if (!mail.isEmpty() && !whole) {
      reading.log.warning(
          "incomplete-email-alert", "email-alert needs from, to and mailers", proxy.span);
    }
  }

  private void backends() {
    boolean names = proxy.isFrontend() || proxy.kind == ProxyDraft.Kind.BACKEND;
    if (names) {
      proxy.defaultBackend.ifPresent(
          word -> backend(word.text(), word.span(), "default_backend", false));
      for (BackendRule rule : proxy.backendRules) {
        rule.name().literal().ifPresent(name -> backend(name, rule.span(), "use_backend", true));
      }
    }
    for (ServerRule rule : proxy.serverRules) {
      Optional<String> name = rule.server().literal();
      if (name.isPresent() && proxy.servers.stream().noneMatch(s -> s.name.equals(name.get()))) {
        reading.log.error(
            "unknown-server",
            "there is no server \"" + name.get() + "\" here",
            rule.span(),
            Suggestions.didYouMean(name.get(), proxy.servers.stream().map(s -> s.name).toList()));
      }
    }
  }

  private void backend(String name, SourceSpan span, String keyword, boolean rule) {
    Optional<ProxyDraft> found = References.find(reading, name, false);
    if (found.isEmpty()) {
      reading.log.error(
          "unknown-backend",
          "there is no backend \"" + name + "\"",
          span,
          Suggestions.didYouMean(
              name,
              reading.proxies.stream().filter(ProxyDraft::isBackend).map(p -> p.name).toList()));
      return;
    }
    if (found.get() == proxy) {
      reading.log.error("backend-loop", keyword + " leads back to \"" + name + "\"", span);
    } else if (found.get().isHttp() != proxy.isHttp()
        && !(proxy.kind != ProxyDraft.Kind.DEFAULTS && !proxy.isHttp() && found.get().isHttp())) {
      reading.log.error(
          "mode-mismatch",
          "\""
              + proxy.name
              + "\" is in mode "
              + mode(proxy)
              + ", but \""
              + name
              + "\" in mode "
              + mode(found.get()),
          span,
          Optional.of("give both the same mode"));
    }
  }

  private static String mode(ProxyDraft proxy) {
    return proxy.isHttp() ? "http" : "tcp";
  }

  private void servers() {
    for (ServerDraft server : proxy.servers) {
      if (server.cookie.isPresent() && !proxy.isHttp()) {
        reading.log.warning(
            "needs-http",
            "the cookie of server \"" + server.name + "\" is ignored outside of mode http",
            server.span);
      }
      if (server.redirect.isPresent() && !proxy.isHttp()) {
        reading.log.error(
            "needs-http",
            "the redirection of server \"" + server.name + "\" needs mode http",
            server.span);
      }
      server.track.ifPresent(track -> track(server, track));
    }
    boolean dispatches =
        proxy.dispatch.isPresent() || proxy.flags.contains(ProxyOption.TRANSPARENT);
    if (dispatches && proxy.kind == ProxyDraft.Kind.BACKEND && proxy.servers.isEmpty()) {
      return;
    }
  }

  private void track(ServerDraft server, Word track) {
    int slash = track.text().indexOf('/');
    Optional<ProxyDraft> owner =
        slash < 0
            ? Optional.of(proxy)
            : References.find(reading, track.text().substring(0, slash), false);
    String name = track.text().substring(slash + 1);
    Optional<ServerDraft> target =
        owner.flatMap(o -> o.servers.stream().filter(s -> s.name.equals(name)).findFirst());
    if (target.isEmpty()) {
      reading.log.error(
          "unknown-server",
          "there is no server \"" + track.text() + "\" to track",
          track.span(),
          Suggestions.didYouMean(
              name,
              owner.map(o -> o.servers.stream().map(s -> s.name).toList()).orElse(List.of())));
    } else if (loops(server, target.get())) {
      reading.log.error("track-loop", "the server tracks itself", track.span());
    } else if (!target.get().check && !target.get().agentCheck && target.get().track.isEmpty()) {
      reading.log.error(
          "track-unchecked",
          "the server \"" + track.text() + "\" is not checked, so it cannot be tracked",
          track.span(),
          Optional.of("add \"check\" to it"));
    }
  }

  /** Whether following tracked servers of the same backend leads back. */
  private boolean loops(ServerDraft server, ServerDraft target) {
    ServerDraft next = target;
    for (int i = 0; i < proxy.servers.size() + 1; i++) {
      if (next == server) {
        return true;
      }
      String wanted =
          next.track.map(Word::text).map(t -> t.substring(t.indexOf('/') + 1)).orElse("");
      Optional<ServerDraft> found =
          proxy.servers.stream().filter(s -> s.name.equals(wanted)).findFirst();
      if (found.isEmpty()) {
        return false;
      }
      next = found.get();
    }
    return true;
  }

  private void timeouts() {
    List<String> missing = new ArrayList<>();
    if (proxy.isFrontend() && zero("client")) {
      missing.add("client");
    }
    boolean connects =
        proxy.isBackend()
            && (!proxy.servers.isEmpty()
                || proxy.dispatch.isPresent()
                || proxy.flags.contains(ProxyOption.TRANSPARENT));
    if (connects && zero("connect")) {
      missing.add("connect");
    }
    if (connects && zero("server")) {
      missing.add("server");
    }
    if (!missing.isEmpty()) {
      reading.log.warning(
          "missing-timeout",
          "\"" + proxy.name + "\" has no timeout " + String.join(", ", missing),
          proxy.span,
          "add \"timeout " + missing.getFirst() + " 30s\"");
    }
  }

  private boolean zero(String name) {
    return proxy.timeouts.getOrDefault(name, Duration.ZERO).isZero();
  }

  private void frontend() {
    if (!proxy.isFrontend()) {
      return;
    }
    if (proxy.binds.isEmpty()) {
      reading.log.warning(
          "no-bind",
          "\"" + proxy.name + "\" has no bind line and accepts nothing",
          proxy.span,
          "add a bind line");
    }
    boolean leads = proxy.defaultBackend.isPresent() || proxy.isBackend();
    if (!leads && proxy.backendRules.isEmpty() && proxy.rules.httpRequest.isEmpty()) {
      return;
    }
  }

  private void logFormat() {
    boolean logs = !proxy.logTargets.isEmpty() || proxy.logGlobal;
    boolean formatted = proxy.logStyle != LogStyle.DEFAULT || proxy.structuredData.isPresent();
    boolean http =
        proxy.logStyle == LogStyle.HTTP
            || proxy.logStyle == LogStyle.CLF
            || proxy.logStyle == LogStyle.HTTPS;
    if (proxy.isFrontend() && formatted && (!logs || noTargets())) {
      reading.log.warning(
          "log-format-unused",
          "the log format of \"" + proxy.name + "\" is not used, for it has no log target",
          proxy.logFormatSpan.orElse(proxy.span),
          "add \"log global\" and a log line in the global section");
    }
    if (proxy.isFrontend() && http && logs && !proxy.isHttp()) {
      reading.log.warning(
          "needs-http",
          "the HTTP log format of \"" + proxy.name + "\" falls back to the one of TCP",
          proxy.logFormatSpan.orElse(proxy.span));
    }
  }

  private boolean noTargets() {
    return proxy.logTargets.isEmpty() && reading.global.logTargets.isEmpty();
  }

  /** One defaults section with rules cannot serve both halves. */
  private void defaultRules() {
    if (proxy.defaults.isEmpty() || proxy.defaults.get().rules.isEmpty()) {
      return;
    }
    ProxyDraft defaults = proxy.defaults.get();
    boolean mixed =
        reading.proxies.stream()
            .filter(p -> p.defaults.filter(d -> d == defaults).isPresent())
            .anyMatch(
                p -> p.isFrontend() != proxy.isFrontend() || p.isBackend() != proxy.isBackend());
    if (mixed) {
      reading.log.error(
          "mixed-defaults",
          "frontends and backends cannot share a defaults section that has rules",
          proxy.span);
    }
    boolean response = !defaults.rules.tcpResponseContent.isEmpty();
    boolean early =
        !defaults.rules.tcpRequestConnection.isEmpty()
            || !defaults.rules.tcpRequestSession.isEmpty();
    if (response && !proxy.isBackend() || early && !proxy.isFrontend()) {
      reading.log.error(
          "mixed-defaults", "the defaults section has rules this proxy cannot have", proxy.span);
    }
  }
}
