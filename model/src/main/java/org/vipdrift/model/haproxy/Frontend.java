package org.vipdrift.model.haproxy;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.haproxy.sample.CompiledCondition;
import org.vipdrift.model.haproxy.sample.CompiledFormat;
import org.vipdrift.model.haproxy.settings.FrontendSettings;
import org.vipdrift.model.haproxy.settings.ProxySettings;

/** The half of a proxy that accepts clients. */
final class Frontend {
  final ProxyProcess process;
  final ProxySettings proxy;
  final FrontendSettings settings;
  final ProxyRules rules;
  final Counter counter = new Counter();
  final List<BackendChoice> backendRules;
  final List<CompiledCondition> monitorFail;
  final Optional<CompiledFormat> logFormat;
  final Optional<CompiledFormat> errorLogFormat;
  final int maxconn;
  private boolean accepting = true;
  private boolean enabled = true;

  record BackendChoice(CompiledFormat name, CompiledCondition condition) {}

  Frontend(ProxyProcess process, ProxySettings proxy, FrontendSettings settings) {
    this.process = process;
    this.proxy = proxy;
    this.settings = settings;
    this.rules = process.rulesOf(proxy);
    this.maxconn = settings.maxconn().orElse(process.maxconn);
    this.backendRules =
        settings.backendRules().stream()
            .map(
                r ->
                    new BackendChoice(
                        CompiledFormat.of(r.name()), CompiledCondition.of(r.condition())))
            .toList();
    this.monitorFail = settings.monitorFail().stream().map(CompiledCondition::of).toList();
    this.logFormat = proxy.log().format().map(CompiledFormat::ofLog);
    this.errorLogFormat = proxy.log().errorFormat().map(CompiledFormat::ofLog);
  }

  String name() {
    return proxy.name();
  }

  int connections() {
    return (int) counter.sessions;
  }

  void connectionBegan(long nowNanos) {
    counter.sessionBegan(nowNanos);
    counter.connections++;
    process.connectionBegan();
    adjust();
  }

  void connectionEnded() {
    counter.sessionEnded();
    process.connectionEnded();
    adjust();
  }

  /** An administrator's word. */
  void setEnabled(boolean on) {
    enabled = on;
    adjust();
  }

  /** A full frontend leaves new clients in the backlog. */
  void adjust() {
    boolean accept = enabled && connections() < maxconn && !process.isFull();
    if (accept != accepting) {
      accepting = accept;
      process.environment.accepting(name(), accept);
    }
  }
}
