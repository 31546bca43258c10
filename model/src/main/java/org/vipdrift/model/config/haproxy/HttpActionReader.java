package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.HttpAction;
import org.vipdrift.model.haproxy.settings.HttpReply;
import org.vipdrift.model.haproxy.settings.LogFormat;
import org.vipdrift.model.haproxy.settings.MatchMethod;

/** Reads the actions of HTTP rules. */
final class HttpActionReader {
  private final Reading reading;
  private final ProxyDraft proxy;
  private final String set;
  private final Place place;

  HttpActionReader(Reading reading, ProxyDraft proxy, String set, Place place) {
    this.reading = reading;
    this.proxy = proxy;
    this.set = set;
    this.place = place;
  }

  private static Optional<Taken<HttpAction>> done(HttpAction action, int next) {
    return Optional.of(new Taken<>(action, next));
  }

  private Optional<Taken<HttpAction>> fail(String message, Line line, int index) {
    reading.log.error("bad-action", message, line.span(index));
    return Optional.empty();
  }

  private Optional<LogFormat> format(Line line, int index) {
    return new LogFormatParser(reading, proxy, false)
        .parse(line.text(index), line.span(index), place);
  }

  Optional<Taken<HttpAction>> read(Line line, int at, String name) {
    return switch (name) {
      case "allow" -> done(new HttpAction.Allow(), at + 1);
      case "deny" -> reply(line, at, set.equals("http-response") ? 502 : 403, HttpAction.Deny::new);
      case "tarpit" -> reply(line, at, 500, HttpAction.Tarpit::new);
      case "return" -> reply(line, at, 200, reply -> new HttpAction.Return(bare(line, reply)));
      case "redirect" ->
          new RedirectReader(reading, proxy)
              .read(line, at + 1, place)
              .map(t -> new Taken<>(new HttpAction.RedirectTo(t.redirect()), t.next()));
      case "auth" -> auth(line, at);
      case "add-header", "set-header", "early-hint" -> header(line, at, name);
      case "del-header" -> deleteHeader(line, at);
      case "replace-header", "replace-value" -> replaceHeader(line, at, name);
      case "replace-path", "replace-pathq", "replace-uri" -> replace(line, at, name);
      case "set-method", "set-path", "set-pathq", "set-query", "set-uri" -> setPart(line, at, name);
      case "set-status" -> setStatus(line, at);
      case "add-acl", "del-acl", "del-map", "set-map" -> map(line, at, name);
      case "cache-use", "cache-store" -> cache(line, at, name);
      case "disable-l7-retry" -> done(new HttpAction.DisableRetry(), at + 1);
      case "set-timeout" -> setTimeout(line, at);
      case "strict-mode" -> {
        boolean on = line.is(at + 1, "on");
        yield on || line.is(at + 1, "off")
            ? done(new HttpAction.StrictMode(on), at + 2)
            : fail("strict-mode expects on or off", line, at + 1);
      }
      case "wait-for-body" -> waitForBody(line, at);
      case "wait-for-handshake" -> done(new HttpAction.WaitForHandshake(), at + 1);
      case "normalize-uri" -> normalize(line, at);
      default ->
          new SharedActionReader(reading, proxy, set, place)
              .read(line, at, name)
              .map(t -> new Taken<>(t.value(), t.next()));
    };
  }

  private Optional<Taken<HttpAction>> reply(
      Line line, int at, int status, Function<HttpReply, HttpAction> action) {
    return new ReplyReader(reading, proxy)
        .read(line, at + 1, status, place)
        .map(t -> new Taken<>(action.apply(t.reply()), t.next()));
  }

  /** A {@code return} that names no body has none, and no error page either. */
  private static HttpReply bare(Line line, HttpReply reply) {
    boolean named =
        IntStream.iterate(0, line::has, at -> at + 1)
            .anyMatch(at -> line.is(at, "default-errorfiles"));
    return reply.body() instanceof HttpReply.ErrorPage && !named
        ? new HttpReply(reply.status(), reply.contentType(), new HttpReply.Empty(), List.of())
        : reply;
  }

  private Optional<Taken<HttpAction>> auth(Line line, int at) {
    if (!line.is(at + 1, "realm")) {
      return done(new HttpAction.Authenticate(Optional.empty()), at + 1);
    }
    return line.has(at + 2)
        ? done(new HttpAction.Authenticate(Optional.of(line.text(at + 2))), at + 3)
        : fail("\"realm\" expects a value", line, at + 1);
  }

  private Optional<Taken<HttpAction>> header(Line line, int at, String name) {
    if (!two(line, at)) {
      return fail("\"" + name + "\" expects a name and a value", line, at);
    }
    String header = line.text(at + 1);
    return format(line, at + 2)
        .map(
            value ->
                new Taken<>(
                    switch (name) {
                      case "add-header" -> new HttpAction.AddHeader(header, value);
                      case "set-header" -> new HttpAction.SetHeader(header, value);
                      default -> new HttpAction.EarlyHint(header, value);
                    },
                    at + 3));
  }

  /** Whether two arguments follow, which are not the beginning of a condition. */
  private static boolean two(Line line, int at) {
    return line.has(at + 1) && line.has(at + 2);
  }

  private Optional<Taken<HttpAction>> deleteHeader(Line line, int at) {
    if (!line.has(at + 1)) {
      return fail("\"del-header\" expects a name", line, at);
    }
    String name = line.text(at + 1);
    if (!line.is(at + 2, "-m")) {
      return done(new HttpAction.DeleteHeader(MatchMethod.STRING, name), at + 2);
    }
    Optional<MatchMethod> match =
        switch (line.text(at + 3)) {
          case "str" -> Optional.of(MatchMethod.STRING);
          case "beg" -> Optional.of(MatchMethod.BEGINNING);
          case "end" -> Optional.of(MatchMethod.END);
          case "sub" -> Optional.of(MatchMethod.SUBSTRING);
          case "reg" -> Optional.of(MatchMethod.EXPRESSION);
          default -> Optional.empty();
        };
    if (match.isEmpty()) {
      return fail("\"-m\" expects str, beg, end, sub or reg", line, at + 3);
    }
    Optional<String> problem =
        match.get() == MatchMethod.EXPRESSION ? Expressions.problem(name) : Optional.empty();
    return problem.isPresent()
        ? fail(problem.get(), line, at + 1)
        : done(new HttpAction.DeleteHeader(match.get(), name), at + 4);
  }

  private Optional<Taken<HttpAction>> replaceHeader(Line line, int at, String name) {
    if (!two(line, at) || !line.has(at + 3)) {
      return fail("\"" + name + "\" expects a name, an expression and a value", line, at);
    }
    String header = line.text(at + 1);
    String regex = line.text(at + 2);
    Optional<String> problem = Expressions.problem(regex);
    if (problem.isPresent()) {
      return fail(problem.get(), line, at + 2);
    }
    return format(line, at + 3)
        .map(
            value ->
                new Taken<>(
                    name.equals("replace-header")
                        ? new HttpAction.ReplaceHeader(header, regex, value)
                        : new HttpAction.ReplaceValue(header, regex, value),
                    at + 4));
  }

  private Optional<Taken<HttpAction>> replace(Line line, int at, String name) {
    if (!two(line, at) || isCondition(line, at + 3)) {
      return fail("\"" + name + "\" expects an expression and a value", line, at);
    }
    String regex = line.text(at + 1);
    Optional<String> problem = Expressions.problem(regex);
    if (problem.isPresent()) {
      return fail(problem.get(), line, at + 1);
    }
    return format(line, at + 2)
        .map(
            value ->
                new Taken<>(
                    switch (name) {
                      case "replace-path" -> new HttpAction.ReplacePath(regex, value);
                      case "replace-pathq" -> new HttpAction.ReplacePathWithQuery(regex, value);
                      default -> new HttpAction.ReplaceUri(regex, value);
                    },
                    at + 3));
  }

  /** Whether something stands here that begins no condition. */
  private static boolean isCondition(Line line, int index) {
    return line.has(index) && !line.is(index, "if") && !line.is(index, "unless");
  }

  private Optional<Taken<HttpAction>> setPart(Line line, int at, String name) {
    if (!line.has(at + 1) || isCondition(line, at + 2)) {
      return fail("\"" + name + "\" expects one format", line, at);
    }
    return format(line, at + 1)
        .map(
            value ->
                new Taken<>(
                    switch (name) {
                      case "set-method" -> new HttpAction.SetMethod(value);
                      case "set-path" -> new HttpAction.SetPath(value);
                      case "set-pathq" -> new HttpAction.SetPathWithQuery(value);
                      case "set-query" -> new HttpAction.SetQuery(value);
                      default -> new HttpAction.SetUri(value);
                    },
                    at + 2));
  }

  private Optional<Taken<HttpAction>> setStatus(Line line, int at) {
    Optional<Integer> status = Numbers.whole(line.text(at + 1), 100, 999);
    if (status.isEmpty()) {
      return fail("\"set-status\" expects a status from 100 to 999", line, at + 1);
    }
    boolean reason = line.is(at + 2, "reason") && line.has(at + 3);
    return done(
        new HttpAction.SetStatus(
            status.get(), reason ? Optional.of(line.text(at + 3)) : Optional.empty()),
        reason ? at + 4 : at + 2);
  }

  private Optional<Taken<HttpAction>> map(Line line, int at, String name) {
    String file = ActionNames.argument(line.text(at), name).orElse("");
    boolean value = name.equals("set-map");
    if (!line.has(at + 1) || value && !line.has(at + 2)) {
      return fail("\"" + name + "\" expects a key" + (value ? " and a value" : ""), line, at);
    }
    Optional<LogFormat> key = format(line, at + 1);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    return switch (name) {
      case "add-acl" -> done(new HttpAction.AddAcl(file, key.get()), at + 2);
      case "del-acl" -> done(new HttpAction.DeleteAcl(file, key.get()), at + 2);
      case "del-map" -> done(new HttpAction.DeleteMap(file, key.get()), at + 2);
      default ->
          format(line, at + 2)
              .map(v -> new Taken<>(new HttpAction.SetMap(file, key.get(), v), at + 3));
    };
  }

  private Optional<Taken<HttpAction>> cache(Line line, int at, String name) {
    String cache = line.text(at + 1);
    if (cache.isEmpty()) {
      return fail("\"" + name + "\" expects a cache's name", line, at);
    }
    SourceSpan span = line.span(at + 1);
    reading.afterwards(
        () -> {
          if (!reading.sections.has("cache", cache)) {
            reading.log.error(
                "unknown-section",
                "there is no cache \"" + cache + "\"",
                span,
                Suggestions.didYouMean(cache, reading.sections.of("cache")));
          }
        });
    return done(
        name.equals("cache-use")
            ? new HttpAction.CacheUse(cache)
            : new HttpAction.CacheStore(cache),
        at + 2);
  }

  private Optional<Taken<HttpAction>> setTimeout(Line line, int at) {
    String timeout = line.text(at + 1);
    if (!line.has(at + 2)) {
      return fail("\"set-timeout\" expects a timeout and a value", line, at);
    }
    if (!timeout.equals("server") && !timeout.equals("tunnel")) {
      return fail("\"set-timeout\" knows server and tunnel", line, at + 1);
    }
    if (Numbers.time(line.text(at + 2), Duration.ofMillis(1))
        instanceof Numbers.Time.Value(Duration time)) {
      return time.isZero()
          ? fail("the timeout must not be zero", line, at + 2)
          : done(new HttpAction.SetTimeout(timeout, Optional.of(time), Optional.empty()), at + 3);
    }
    return new SampleParser(reading, proxy)
        .words(line, at + 2, place)
        .map(
            p ->
                new Taken<>(
                    new HttpAction.SetTimeout(
                        timeout, Optional.empty(), Optional.of(p.expression())),
                    p.nextWord()));
  }

  private Optional<Taken<HttpAction>> waitForBody(Line line, int at) {
    Optional<Duration> time = Optional.empty();
    long least = 0;
    int i = at + 1;
    while (line.is(i, "time") || line.is(i, "at-least")) {
      if (!line.has(i + 1)) {
        return fail("\"" + line.text(i) + "\" expects an argument", line, i);
      }
      if (line.is(i, "time")) {
        time = reading.time(line, i + 1, "wait-for-body");
        if (time.isEmpty()) {
          return Optional.empty();
        }
      } else {
        least = Numbers.size(line.text(i + 1));
        if (least < 0) {
          return fail("\"at-least\" expects a size", line, i + 1);
        }
      }
      i += 2;
    }
    return time.isEmpty()
        ? fail("\"wait-for-body\" expects a time", line, at)
        : done(new HttpAction.WaitForBody(time.get(), least), i);
  }

  private Optional<Taken<HttpAction>> normalize(Line line, int at) {
    if (!reading.global.experimental) {
      return fail("\"normalize-uri\" is experimental", line, at);
    }
    String name = line.text(at + 1);
    List<String> names =
        List.of(
            "path-merge-slashes",
            "path-strip-dot",
            "path-strip-dotdot",
            "fragment-strip",
            "fragment-encode",
            "query-sort-by-name",
            "percent-to-uppercase",
            "percent-decode-unreserved");
    if (!names.contains(name)) {
      return fail("unknown normalizer \"" + name + "\"", line, at + 1);
    }
    int i = at + 2;
    List<String> options = new ArrayList<>();
    while (line.is(i, "strict") || line.is(i, "full")) {
      options.add(line.text(i++));
    }
    return done(new HttpAction.NormalizeUri(name, options), i);
  }
}
