package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.BackendRule;
import org.vipdrift.model.haproxy.settings.BindSettings;
import org.vipdrift.model.haproxy.settings.CookieCapture;
import org.vipdrift.model.haproxy.settings.HeaderCapture;
import org.vipdrift.model.haproxy.settings.LogFormat;

/** Reads what only frontends have. */
final class FrontendReader {
  private final Reading reading;
  private final ProxyDraft proxy;

  FrontendReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  void read(Line line) {
    switch (line.text(0)) {
      case "bind" -> bind(line);
      case "maxconn" -> number(line, v -> proxy.maxconn = Optional.of(v).filter(n -> n > 0));
      case "backlog" -> number(line, v -> proxy.backlog = Optional.of(v).filter(n -> n > 0));
      case "monitor" -> monitor(line);
      case "monitor-uri" -> {
        if (one(line, "a URI")) {
          proxy.monitorUri = Optional.of(line.text(1));
          reading.afterwards(() -> needsHttp("monitor-uri", line.span()));
        }
      }
      case "capture" -> capture(line);
      case "declare" -> declare(line);
      case "default_backend" -> {
        if (one(line, "the name of a backend")) {
          proxy.defaultBackend = Optional.of(line.words().get(1));
        }
      }
      case "use_backend" -> useBackend(line);
      case "rate-limit" -> rateLimit(line);
      case "unique-id-format" -> {
        if (one(line, "a format")) {
          proxy.uniqueIdFormat =
              new LogFormatParser(reading, proxy, false)
                  .parse(line.text(1), line.span(1), Place.LOG);
        }
      }
      case "unique-id-header" -> {
        if (line.has(1)) {
          proxy.uniqueIdHeader = Optional.of(line.text(1));
        } else {
          reading.missing(line, 1, "a header's name");
        }
      }
      case "clitcpka-cnt" -> KeepAlive.count(reading, line);
      default -> KeepAlive.time(reading, line);
    }
  }

  private void bind(Line line) {
    List<BindSettings> binds = new BindReader(reading).bind(line);
    for (BindSettings bind : binds) {
      Optional<BindSettings> same =
          proxy.binds.stream().filter(b -> b.id() > 0 && b.id() == bind.id()).findFirst();
      same.ifPresent(
          b ->
              reading.log.error(
                  "duplicate-id",
                  "the id " + b.id() + " is used at " + b.span() + " already",
                  line.span()));
    }
    proxy.binds.addAll(binds);
  }

  private void number(Line line, Consumer<Integer> target) {
    if (one(line, "a whole number")) {
      target.accept(Numbers.intPrefix(line.text(1)));
    }
  }

  private boolean one(Line line, String what) {
    if (!line.has(1)) {
      reading.missing(line, 1, what);
      return false;
    }
    return reading.atMost(line, 1);
  }

  private void needsHttp(String what, SourceSpan span) {
    if (proxy.kind != ProxyDraft.Kind.DEFAULTS && !proxy.isHttp()) {
      reading.log.warning(
          "needs-http",
          "\"" + what + "\" is ignored, because \"" + proxy.name + "\" is not in mode http",
          span);
    }
  }

  private void monitor(Line line) {
    if (!line.is(1, "fail")) {
      reading.log.error("unknown-keyword", "monitor knows \"fail\" only", line.span(1));
      return;
    }
    new ConditionParser(reading, proxy)
        .required(line, 2, "monitor fail", Place.HTTP_REQUEST)
        .ifPresent(proxy.monitorFail::add);
  }

  private void capture(Line line) {
    switch (line.text(1)) {
      case "cookie" -> {
        if (!line.has(4) || line.text(4).isEmpty()) {
          reading.missing(line, 2, "cookie NAME len LENGTH");
        } else if (reading.atMost(line, 4)) {
          String name = line.text(2);
          boolean exact = name.endsWith("=");
          if (Numbers.intPrefix(line.text(4)) > 63) {
            reading.log.warning(
                "truncated", "at most 63 octets of a cookie are captured", line.span(4));
          }
          proxy.cookieCapture =
              Optional.of(
                  new CookieCapture(
                      exact ? name.substring(0, name.length() - 1) : name,
                      !exact,
                      Numbers.intPrefix(line.text(4))));
          reading.afterwards(() -> needsHttp("capture", line.span()));
        }
      }
      case "request", "response" -> {
        if (!line.is(2, "header") || !line.has(3) || !line.is(4, "len") || !line.has(5)) {
          reading.missing(line, 2, "header NAME len LENGTH");
        } else if (reading.atMost(line, 5)) {
          (line.is(1, "request") ? proxy.requestCaptures : proxy.responseCaptures)
              .add(new HeaderCapture(line.text(3), Numbers.intPrefix(line.text(5))));
        }
      }
      default ->
          reading.log.error(
              "unknown-keyword",
              "capture knows cookie, request header and response header",
              line.span(1),
              Suggestions.didYouMean(line.text(1), List.of("cookie", "request", "response")));
    }
  }

  private void declare(Line line) {
    if (proxy.kind == ProxyDraft.Kind.DEFAULTS || !proxy.isFrontend()) {
      reading.log.error(
          "wrong-section", "declare is possible in frontend and listen sections only", line.span());
      return;
    }
    boolean request = line.is(2, "request");
    boolean right =
        line.is(1, "capture")
            && (request || line.is(2, "response"))
            && line.is(3, "len")
            && Numbers.prefix(line.text(4)) > 0;
    if (!right) {
      reading.log.error(
          "bad-declare", "declare expects \"capture request|response len LENGTH\"", line.span());
      return;
    }
    (request ? proxy.requestCaptures : proxy.responseCaptures)
        .add(new HeaderCapture("", Numbers.intPrefix(line.text(4))));
  }

  private void useBackend(Line line) {
    if (!line.has(1)) {
      reading.missing(line, 1, "the name of a backend");
      return;
    }
    ConditionParser.Parsed condition =
        new ConditionParser(reading, proxy).optional(line, 2, "use_backend", Place.USE_BACKEND);
    Optional<LogFormat> name =
        new LogFormatParser(reading, proxy, false)
            .parse(line.text(1), line.span(1), Place.HTTP_REQUEST);
    if (condition.right() && name.isPresent()) {
      proxy.backendRules.add(new BackendRule(name.get(), condition.condition(), line.span(1)));
    }
  }

  private void rateLimit(Line line) {
    if (!line.is(1, "sessions")) {
      reading.log.error("unknown-keyword", "rate-limit knows \"sessions\" only", line.span(1));
    } else if (!line.has(2) || Numbers.whole(line.text(2)).isEmpty()) {
      reading.missing(line, 2, "a number of sessions per second");
    } else {
      proxy.sessionRateLimit = Numbers.intPrefix(line.text(2));
    }
  }
}
