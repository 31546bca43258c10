package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.haproxy.settings.CheckMethod;
import org.vipdrift.model.haproxy.settings.CheckStep;
import org.vipdrift.model.haproxy.settings.LogFormat;

/** The health check of a backend while it is read. */
final class CheckDraft {
  /** The option that chose the check. */
  enum Kind {
    NONE,
    HTTP,
    TCP,
    SSL_HELLO,
    MYSQL,
    POSTGRESQL,
    REDIS,
    SMTP,
    LDAP,
    SPOP,
    EXTERNAL
  }

  Kind kind = Kind.NONE;
  final List<CheckStep> httpSteps = new ArrayList<>();
  final List<CheckStep> tcpSteps = new ArrayList<>();
  Optional<CheckStep.SendHttp> request = Optional.empty();
  boolean disableOn404;
  boolean sendState;
  Optional<CheckMethod> special = Optional.empty();
  Optional<String> externalPath = Optional.empty();
  Optional<String> externalCommand = Optional.empty();

  private boolean httpInherited;
  private boolean tcpInherited;

  /** The first step of a proxy's own replaces those of its defaults section. */
  void startOwn(boolean http) {
    if (http && httpInherited) {
      httpSteps.clear();
      httpInherited = false;
    } else if (!http && tcpInherited) {
      tcpSteps.clear();
      tcpInherited = false;
    }
  }

  CheckDraft copy() {
    CheckDraft copy = new CheckDraft();
    copy.kind = kind;
    copy.httpSteps.addAll(httpSteps);
    copy.tcpSteps.addAll(tcpSteps);
    copy.request = request;
    copy.disableOn404 = disableOn404;
    copy.sendState = sendState;
    copy.special = special;
    copy.externalPath = externalPath;
    copy.externalCommand = externalCommand;
    copy.httpInherited = true;
    copy.tcpInherited = true;
    return copy;
  }

  CheckMethod finish() {
    return switch (kind) {
      case NONE -> new CheckMethod.TcpConnect();
      case HTTP -> new CheckMethod.Http(steps(), disableOn404, sendState);
      case TCP -> new CheckMethod.Tcp(tcpSteps);
      case EXTERNAL -> new CheckMethod.External(externalPath, externalCommand);
      case SSL_HELLO, MYSQL, POSTGRESQL, REDIS, SMTP, LDAP, SPOP ->
          special.orElseGet(CheckMethod.TcpConnect::new);
    };
  }

  private List<CheckStep> steps() {
    boolean sends = httpSteps.stream().anyMatch(CheckStep.SendHttp.class::isInstance);
    if (sends) {
      return httpSteps;
    }
    CheckStep.SendHttp send =
        request.orElseGet(
            () ->
                new CheckStep.SendHttp(
                    "OPTIONS", LogFormat.text("/"), "HTTP/1.0", List.of(), Optional.empty()));
    List<CheckStep> steps = new ArrayList<>(httpSteps);
    int at = 0;
    while (at < steps.size()
        && (steps.get(at) instanceof CheckStep.Connect
            || steps.get(at) instanceof CheckStep.Comment)) {
      at++;
    }
    steps.add(at, send);
    return steps;
  }
}
