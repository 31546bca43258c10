package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.haproxy.settings.CheckMethod;
import org.vipdrift.model.haproxy.settings.CheckStep;
import org.vipdrift.model.haproxy.settings.HeaderField;
import org.vipdrift.model.haproxy.settings.LogFormat;

/** Reads the options that choose a health check. */
final class CheckOptionReader {
  private final Reading reading;
  private final ProxyDraft proxy;

  CheckOptionReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  void read(Line line) {
    CheckDraft check = proxy.check;
    switch (line.text(1)) {
      case "httpchk" -> http(line);
      case "tcp-check" -> simple(line, CheckDraft.Kind.TCP, Optional.empty());
      case "ssl-hello-chk" ->
          simple(line, CheckDraft.Kind.SSL_HELLO, Optional.of(new CheckMethod.SslHello()));
      case "redis-check" ->
          simple(line, CheckDraft.Kind.REDIS, Optional.of(new CheckMethod.Redis()));
      case "ldap-check" -> simple(line, CheckDraft.Kind.LDAP, Optional.of(new CheckMethod.Ldap()));
      case "spop-check" -> simple(line, CheckDraft.Kind.SPOP, Optional.of(new CheckMethod.Spop()));
      case "external-check" -> {
        simple(line, CheckDraft.Kind.EXTERNAL, Optional.empty());
        reading.afterwards(() -> external(line));
      }
      case "smtpchk" -> smtp(line);
      case "mysql-check" -> mysql(line);
      case "pgsql-check" -> {
        if (!line.is(2, "user") || !line.has(3)) {
          reading.missing(line, 2, "user NAME");
        } else if (reading.atMost(line.from(1), 2)) {
          check.kind = CheckDraft.Kind.POSTGRESQL;
          check.special = Optional.of(new CheckMethod.Postgresql(line.text(3)));
        }
      }
      default -> throw new IllegalStateException("no reader for option " + line.text(1));
    }
  }

  private void external(Line line) {
    if (proxy.kind == ProxyDraft.Kind.DEFAULTS || proxy.check.kind != CheckDraft.Kind.EXTERNAL) {
      return;
    }
    if (!reading.global.externalCheck) {
      reading.log.error(
          "external-check-off",
          "external checks need \"external-check\" in the global section",
          line.span());
    }
    if (proxy.check.externalCommand.isEmpty()) {
      reading.log.error(
          "missing-command", "external checks need \"external-check command\"", line.span());
    }
    if (!reading.global.insecureForkWanted) {
      reading.log.warning(
          "fork-forbidden",
          "external checks will fail without insecure-fork-wanted",
          line.span(),
          "add insecure-fork-wanted to the global section");
    }
  }

  private void simple(Line line, CheckDraft.Kind kind, Optional<CheckMethod> method) {
    if (reading.atMost(line.from(1), 0)) {
      proxy.check.kind = kind;
      proxy.check.special = method;
    }
  }

  private void http(Line line) {
    if (!reading.atMost(line.from(1), 3)) {
      return;
    }
    String method =
        line.has(3) || line.has(2) && !line.text(2).startsWith("/") && line.has(3)
            ? line.text(2)
            : "OPTIONS";
    String uri = line.has(3) ? line.text(3) : line.has(2) ? line.text(2) : "/";
    // The old form smuggles a Host header into the version, after a line break.
    String version = line.has(4) ? line.text(4) : "HTTP/1.0";
    String[] parts = version.split("\r\n|\\\\r\\\\n|\n", 2);
    List<HeaderField> headers = new ArrayList<>();
    if (parts.length > 1) {
      for (String header : parts[1].split("\r\n|\n")) {
        int colon = header.indexOf(':');
        if (colon > 0) {
          headers.add(
              new HeaderField(
                  header.substring(0, colon), LogFormat.text(header.substring(colon + 1).strip())));
        }
      }
      reading.log.warning(
          "hidden-headers",
          "headers hidden in the version of httpchk are deprecated",
          line.span(4),
          "use http-check send");
    }
    proxy.check.kind = CheckDraft.Kind.HTTP;
    proxy.check.request =
        Optional.of(
            new CheckStep.SendHttp(
                method, LogFormat.text(uri), parts[0], headers, Optional.empty()));
  }

  private void smtp(Line line) {
    if (!reading.atMost(line.from(1), 2)) {
      return;
    }
    boolean given = line.has(2) && line.has(3);
    String greeting = given && !line.is(2, "EHLO") ? "HELO" : given ? "EHLO" : "HELO";
    proxy.check.kind = CheckDraft.Kind.SMTP;
    proxy.check.special =
        Optional.of(new CheckMethod.Smtp(greeting, given ? line.text(3) : "localhost"));
  }

  private void mysql(Line line) {
    Optional<String> user = Optional.empty();
    boolean old = false;
    if (line.has(2)) {
      if (!line.is(2, "user") || !line.has(3)) {
        reading.log.error("bad-argument", "mysql-check knows \"user NAME\"", line.span(2));
        return;
      }
      user = Optional.of(line.text(3));
      if (line.has(4)) {
        old = line.is(4, "pre-41");
        if (!old && !line.is(4, "post-41")) {
          reading.log.error("bad-choice", "pre-41 or post-41 is expected", line.span(4));
          return;
        }
      }
      if (!reading.atMost(line.from(1), 3)) {
        return;
      }
    }
    proxy.check.kind = CheckDraft.Kind.MYSQL;
    proxy.check.special = Optional.of(new CheckMethod.Mysql(user, old));
  }
}
