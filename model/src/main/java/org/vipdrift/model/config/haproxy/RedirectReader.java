package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.LogFormat;
import org.vipdrift.model.haproxy.settings.Redirect;

/** Reads redirections. */
final class RedirectReader {
  private static final List<String> WORDS =
      List.of(
          "location",
          "prefix",
          "scheme",
          "code",
          "set-cookie",
          "clear-cookie",
          "drop-query",
          "append-slash",
          "ignore-empty");

  private final Reading reading;
  private final ProxyDraft proxy;

  /** A redirection and the word after it, {@code if} or {@code unless} where there is one. */
  record Taken(Redirect redirect, int next) {}

  RedirectReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  Optional<Taken> read(Line line, int from, Place place) {
    Optional<Redirect.Kind> kind = Optional.empty();
    String target = "";
    SourceSpan span = line.span(from);
    int code = 302;
    Set<String> flags = new TreeSet<>();
    Optional<String> cookie = Optional.empty();
    int at = from;
    while (line.has(at) && !line.is(at, "if") && !line.is(at, "unless")) {
      String word = line.text(at);
      if (List.of("drop-query", "append-slash", "ignore-empty").contains(word)) {
        flags.add(word);
        at++;
        continue;
      }
      if (!WORDS.contains(word)) {
        reading.log.error(
            "unknown-keyword",
            "redirect does not know \"" + word + "\"",
            line.span(at),
            Suggestions.didYouMean(word, WORDS));
        return Optional.empty();
      }
      if (!line.has(at + 1)) {
        reading.log.error(
            "missing-argument", "\"" + word + "\" expects an argument", line.span(at));
        return Optional.empty();
      }
      String value = line.text(at + 1);
      switch (word) {
        case "code" -> {
          code = Numbers.intPrefix(value);
          if (!List.of(301, 302, 303, 307, 308).contains(code)) {
            reading.log.error(
                "bad-status",
                "a redirection has code 301, 302, 303, 307 or 308",
                line.span(at + 1));
            return Optional.empty();
          }
        }
        case "set-cookie" -> cookie = Optional.of(value + "; path=/;");
        case "clear-cookie" -> cookie = Optional.of(value + "; path=/; Max-Age=0;");
        default -> {
          kind = Optional.of(Redirect.Kind.valueOf(word.toUpperCase(Locale.ROOT)));
          target = value;
          span = line.span(at + 1);
        }
      }
      at += 2;
    }
    if (kind.isEmpty()) {
      reading.log.error(
          "missing-argument", "redirect expects location, prefix or scheme", line.span(from));
      return Optional.empty();
    }
    Optional<LogFormat> format =
        new LogFormatParser(reading, proxy, false).parse(target, span, place);
    if (format.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Taken(
            new Redirect(
                kind.get(),
                format.get(),
                code,
                flags.contains("drop-query"),
                flags.contains("append-slash"),
                flags.contains("ignore-empty"),
                cookie),
            at));
  }
}
