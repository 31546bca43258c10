package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.CheckExpectation;
import org.vipdrift.model.haproxy.settings.CheckStep;
import org.vipdrift.model.haproxy.settings.IntegerRange;
import org.vipdrift.model.haproxy.settings.LogFormat;
import org.vipdrift.model.haproxy.settings.MatchMethod;

/** Reads {@code http-check expect} and {@code tcp-check expect}. */
final class CheckExpectReader {
  private static final List<String> TCP_MATCHES =
      List.of("string", "rstring", "string-lf", "binary", "rbinary", "binary-lf", "custom");
  private static final List<String> HTTP_MATCHES =
      List.of("string", "rstring", "string-lf", "status", "rstatus", "hdr", "fhdr");
  private static final List<String> SETTINGS =
      List.of(
          "min-recv",
          "comment",
          "ok-status",
          "error-status",
          "tout-status",
          "on-success",
          "on-error",
          "status-code");

  private final Reading reading;
  private final ProxyDraft proxy;
  private final boolean http;

  CheckExpectReader(Reading reading, ProxyDraft proxy, boolean http) {
    this.reading = reading;
    this.proxy = proxy;
    this.http = http;
  }

  private Optional<CheckStep> fail(String message, Line line, int index) {
    reading.log.error("bad-check", message, line.span(index));
    return Optional.empty();
  }

  Optional<CheckStep> read(Line line) {
    ExpectSettings settings = new ExpectSettings(line);
    boolean negated = false;
    Optional<CheckExpectation> expectation = Optional.empty();
    int i = 2;
    while (line.has(i)) {
      String word = line.text(i);
      if (word.equals("!")) {
        negated = !negated;
        i++;
        continue;
      }
      if (word.startsWith("!")) {
        negated = !negated;
        word = word.substring(1);
      }
      if (SETTINGS.contains(word)) {
        if (!settings.read(word, i)) {
          return Optional.empty();
        }
        i += 2;
        continue;
      }
      if (!(http ? HTTP_MATCHES : TCP_MATCHES).contains(word)) {
        return unknown(word, line, i);
      }
      if (expectation.isPresent()) {
        return fail("only one pattern is possible", line, i);
      }
      Optional<Taken<CheckExpectation>> taken = expectation(line, i, word);
      if (taken.isEmpty()) {
        return Optional.empty();
      }
      expectation = Optional.of(taken.get().value());
      i = taken.get().next();
    }
    if (expectation.isEmpty()) {
      return fail("\"expect\" expects a pattern", line, 1);
    }
    return Optional.of(settings.step(negated, expectation.get()));
  }

  private Optional<CheckStep> unknown(String word, Line line, int index) {
    List<String> all = new ArrayList<>(http ? HTTP_MATCHES : TCP_MATCHES);
    all.addAll(SETTINGS);
    reading.log.error(
        "unknown-keyword",
        "\"expect\" does not know \"" + word + "\"",
        line.span(index),
        Suggestions.didYouMean(word, all));
    return Optional.empty();
  }

  /** What is said of an expectation besides its pattern. */
  private final class ExpectSettings {
    private final Line line;
    private final Map<String, String> statuses = new TreeMap<>();
    private final Map<String, LogFormat> texts = new TreeMap<>();
    private int minimum = -1;
    private Optional<String> comment = Optional.empty();

    ExpectSettings(Line line) {
      this.line = line;
    }

    /** Reads a word and its argument; false after a problem, which is reported. */
    boolean read(String word, int i) {
      if (!line.has(i + 1)) {
        return wrong("\"" + word + "\" expects an argument", i);
      }
      String value = line.text(i + 1);
      return switch (word) {
        case "min-recv" -> {
          minimum = Numbers.intPrefix(value);
          yield minimum >= -1 || wrong("\"min-recv\" expects -1 or a number of octets", i + 1);
        }
        case "ok-status", "error-status", "tout-status" -> status(word, value, i + 1);
        case "on-success", "on-error" -> {
          Optional<LogFormat> format = format(line, i + 1);
          format.ifPresent(found -> texts.put(word, found));
          yield format.isPresent();
        }
        case "status-code" -> {
          Line one = new Line(List.of(line.words().get(i + 1)), line.span(i + 1));
          yield new SampleParser(reading, proxy).words(one, 0, Place.CHECK).isPresent();
        }
        default -> {
          comment = Optional.of(value);
          yield true;
        }
      };
    }

    private boolean status(String word, String value, int index) {
      String status = value.toUpperCase(Locale.ROOT);
      statuses.put(word, status);
      return statusNames(word).contains(status)
          || wrong("\"" + value + "\" is no status for " + word, index);
    }

    private boolean wrong(String message, int index) {
      fail(message, line, index);
      return false;
    }

    CheckStep step(boolean negated, CheckExpectation expectation) {
      return new CheckStep.Expect(
          negated,
          expectation,
          minimum,
          Optional.ofNullable(statuses.get("ok-status")),
          Optional.ofNullable(statuses.get("error-status")),
          Optional.ofNullable(statuses.get("tout-status")),
          Optional.ofNullable(texts.get("on-success")),
          Optional.ofNullable(texts.get("on-error")),
          comment);
    }
  }

  private static List<String> statusNames(String word) {
    return switch (word) {
      case "ok-status" -> List.of("L7OK", "L7OKC", "L6OK", "L4OK");
      case "error-status" -> List.of("L7OKC", "L7RSP", "L7STS", "L6RSP", "L4CON");
      default -> List.of("L7TOUT", "L6TOUT", "L4TOUT");
    };
  }

  private Optional<Taken<CheckExpectation>> expectation(Line line, int i, String word) {
    String value = line.text(i + 1);
    if (word.equals("custom")) {
      return done(new CheckExpectation.Text(""), i + 1);
    }
    if (!line.has(i + 1)) {
      fail("\"" + word + "\" expects a pattern", line, i);
      return Optional.empty();
    }
    switch (word) {
      case "string" -> {
        return done(new CheckExpectation.Text(value), i + 2);
      }
      case "binary" -> {
        if (value.length() % 2 != 0 || !value.matches("[0-9a-fA-F]*")) {
          fail("an even number of hexadecimal digits is expected", line, i + 1);
          return Optional.empty();
        }
        return done(new CheckExpectation.Binary(Octets.ofHex(value)), i + 2);
      }
      case "rstring", "rbinary", "rstatus" -> {
        Optional<String> problem = Expressions.problem(value);
        if (problem.isPresent()) {
          fail(problem.get(), line, i + 1);
          return Optional.empty();
        }
        return done(
            switch (word) {
              case "rstring" -> new CheckExpectation.Expression(value);
              case "rbinary" -> new CheckExpectation.BinaryExpression(value);
              default -> new CheckExpectation.StatusExpression(value);
            },
            i + 2);
      }
      case "string-lf", "binary-lf" -> {
        return format(line, i + 1)
            .map(
                f ->
                    new Taken<>(
                        word.equals("string-lf")
                            ? new CheckExpectation.TextFormat(f)
                            : new CheckExpectation.BinaryFormat(f),
                        i + 2));
      }
      case "status" -> {
        return status(line, i + 1);
      }
      default -> {
        return header(line, i);
      }
    }
  }

  private static Optional<Taken<CheckExpectation>> done(CheckExpectation expectation, int next) {
    return Optional.of(new Taken<>(expectation, next));
  }

  private Optional<LogFormat> format(Line line, int index) {
    return new LogFormatParser(reading, proxy, false)
        .parse(line.text(index), line.span(index), Place.CHECK);
  }

  private Optional<Taken<CheckExpectation>> status(Line line, int index) {
    List<IntegerRange> ranges = new ArrayList<>();
    for (String part : line.text(index).split(",", -1)) {
      int dash = part.indexOf('-');
      Optional<Integer> low =
          Numbers.whole(dash < 0 ? part : part.substring(0, dash), 0, Integer.MAX_VALUE);
      Optional<Integer> high =
          dash < 0 ? low : Numbers.whole(part.substring(dash + 1), 0, Integer.MAX_VALUE);
      if (low.isEmpty() || high.isEmpty() || low.get() > high.get()) {
        fail("\"" + part + "\" is neither a status nor a range of them", line, index);
        return Optional.empty();
      }
      ranges.add(new IntegerRange(low.get(), high.get()));
    }
    return done(new CheckExpectation.Status(ranges), index + 1);
  }

  private Optional<Taken<CheckExpectation>> header(Line line, int at) {
    int i = at + 1;
    if (!line.is(i, "name") && !line.is(i, "name-lf")) {
      fail("\"" + line.text(at) + "\" expects name", line, i);
      return Optional.empty();
    }
    Optional<Header> name = headerPart(line, i);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    i = name.get().next();
    MatchMethod valueMatch = MatchMethod.FOUND;
    Optional<LogFormat> value = Optional.empty();
    if (line.is(i, "value") || line.is(i, "value-lf")) {
      Optional<Header> part = headerPart(line, i);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      valueMatch = part.get().match();
      value = Optional.of(part.get().format());
      i = part.get().next();
    }
    return done(
        new CheckExpectation.Header(
            name.get().match(), name.get().format(), valueMatch, value, line.is(at, "fhdr")),
        i);
  }

  private record Header(MatchMethod match, LogFormat format, int next) {}

  private Optional<Header> headerPart(Line line, int at) {
    boolean formatted = line.text(at).endsWith("-lf");
    int i = at + 1;
    MatchMethod match = MatchMethod.STRING;
    if (line.is(i, "-m")) {
      switch (line.text(i + 1)) {
        case "str" -> match = MatchMethod.STRING;
        case "beg" -> match = MatchMethod.BEGINNING;
        case "end" -> match = MatchMethod.END;
        case "sub" -> match = MatchMethod.SUBSTRING;
        case "reg" -> match = MatchMethod.EXPRESSION;
        default -> {
          fail("\"-m\" expects str, beg, end, sub or reg", line, i + 1);
          return Optional.empty();
        }
      }
      i += 2;
    }
    if (!line.has(i)) {
      fail("\"" + line.text(at) + "\" expects a value", line, at);
      return Optional.empty();
    }
    Optional<LogFormat> format =
        formatted ? format(line, i) : Optional.of(LogFormat.text(line.text(i)));
    MatchMethod found = match;
    int next = i + 1;
    return format.map(f -> new Header(found, f, next));
  }
}
