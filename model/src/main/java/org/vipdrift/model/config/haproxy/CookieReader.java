package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.CookieSettings;

/** Reads the {@code cookie} line. */
final class CookieReader {
  private static final List<String> WORDS =
      List.of(
          "rewrite",
          "insert",
          "prefix",
          "indirect",
          "nocache",
          "postonly",
          "preserve",
          "httponly",
          "secure",
          "domain",
          "maxidle",
          "maxlife",
          "dynamic",
          "attr");

  private final Reading reading;
  private final ProxyDraft proxy;
  private final List<String> domains = new ArrayList<>();
  private final List<String> attributes = new ArrayList<>();
  private final Set<String> flags = new TreeSet<>();
  private Optional<Duration> maxIdle = Optional.empty();
  private Optional<Duration> maxLife = Optional.empty();

  CookieReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  void read(Line line) {
    if (!line.has(1)) {
      reading.missing(line, 1, "the cookie's name");
      return;
    }
    for (int i = 2; line.has(i); i++) {
      String word = line.text(i);
      if (!WORDS.contains(word)) {
        reading.log.error(
            "unknown-keyword",
            "cookie does not know \"" + word + "\"",
            line.span(i),
            Suggestions.didYouMean(word, WORDS));
        return;
      }
      if (List.of("domain", "maxidle", "maxlife", "attr").contains(word)) {
        if (!value(line, word, ++i)) {
          return;
        }
      } else {
        flags.add(word);
      }
    }
    long kinds = Stream.of("rewrite", "insert", "prefix").filter(flags::contains).count();
    if (kinds > 1) {
      reading.log.error(
          "cookie-modes", "rewrite, insert and prefix exclude each other", line.span());
      return;
    }
    if (flags.contains("preserve") && !flags.contains("insert") && !flags.contains("indirect")) {
      reading.log.error("cookie-modes", "preserve needs insert or indirect", line.span());
      return;
    }
    proxy.cookie = Optional.of(settings(line.text(1)));
    SourceSpan span = line.span();
    reading.afterwards(
        () -> {
          if (proxy.kind != ProxyDraft.Kind.DEFAULTS && !proxy.isHttp()) {
            reading.log.warning(
                "needs-http", "the cookie is ignored, because this is not mode http", span);
          }
        });
  }

  private boolean value(Line line, String word, int index) {
    if (!line.has(index)) {
      reading.missing(line, index, "a value after \"" + word + "\"");
      return false;
    }
    String value = line.text(index);
    switch (word) {
      case "domain" -> {
        if (value.indexOf('.', 1) < 0) {
          reading.log.warning(
              "cookie-domain", "the domain \"" + value + "\" has no dot within", line.span(index));
        }
        domains.add(value);
      }
      case "attr" -> attributes.add(value);
      case "maxidle" -> {
        maxIdle = reading.seconds(line, index, "maxidle");
        return maxIdle.isPresent();
      }
      default -> {
        maxLife = reading.seconds(line, index, "maxlife");
        return maxLife.isPresent();
      }
    }
    return true;
  }

  private CookieSettings settings(String name) {
    CookieSettings.Kind kind =
        flags.contains("insert")
            ? CookieSettings.Kind.INSERT
            : flags.contains("prefix")
                ? CookieSettings.Kind.PREFIX
                : flags.contains("rewrite")
                    ? CookieSettings.Kind.REWRITE
                    : CookieSettings.Kind.PASSIVE;
    return new CookieSettings(
        name,
        kind,
        flags.contains("indirect"),
        flags.contains("nocache"),
        flags.contains("postonly"),
        flags.contains("preserve"),
        flags.contains("httponly"),
        flags.contains("secure"),
        domains,
        maxIdle,
        maxLife,
        attributes,
        flags.contains("dynamic"),
        Optional.empty());
  }
}
