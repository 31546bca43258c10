package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.model.config.SourceFiles;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;

/** What every reader of a section shares. */
final class Reading {
  final ProblemLog log = new ProblemLog();
  final SourceFiles files;
  final ParseOptions options;
  final String mainFile;
  final Map<String, String> environment;
  final KeywordCatalogue keywords = KeywordCatalogue.instance();
  final GlobalDraft global = new GlobalDraft();
  final List<ProxyDraft> proxies = new ArrayList<>();
  boolean listens;
  final NamedSections sections = new NamedSections();
  private final List<Runnable> completions = new ArrayList<>();

  Reading(SourceFiles files, ParseOptions options, String mainFile) {
    this.files = files;
    this.options = options;
    this.mainFile = mainFile;
    this.environment = new TreeMap<>(options.environment());
    environment.putIfAbsent("HAPROXY_LOCALPEER", options.hostName());
    environment.put("HAPROXY_CFGFILES", mainFile);
    environment.put("HAPROXY_STARTUP_VERSION", "2.6.12");
  }

  /** Runs once every section is read. */
  void afterwards(Runnable completion) {
    completions.add(completion);
  }

  void complete() {
    for (int i = 0; i < completions.size(); i++) {
      completions.get(i).run();
    }
  }

  /** Reports words beyond the most a keyword takes; true if there are none. */
  boolean atMost(Line line, int most) {
    if (!line.has(most + 1)) {
      return true;
    }
    log.error(
        "unexpected-word",
        "\""
            + line.text(0)
            + "\" cannot handle the unexpected argument \""
            + line.text(most + 1)
            + "\"",
        line.span(most + 1));
    return false;
  }

  /** A time that must be right; reported otherwise. */
  Optional<Duration> time(Line line, int index, String what) {
    return time(line.text(index), line.span(index), what, Duration.ofMillis(1));
  }

  Optional<Duration> seconds(Line line, int index, String what) {
    return time(line.text(index), line.span(index), what, Duration.ofSeconds(1));
  }

  Optional<Duration> time(String text, SourceSpan span, String what, Duration unit) {
    if (Numbers.isTrailed(text)) {
      log.warning(
          "trailed-time",
          "something follows the unit in \"" + text + "\"",
          span,
          "use us, ms, s, m, h or d");
    }
    return switch (Numbers.time(text, unit)) {
      case Numbers.Time.Value(Duration duration) -> Optional.of(duration);
      case Numbers.Time.BadCharacter(char c) -> {
        log.error("bad-time", "unexpected character '" + c + "' in \"" + what + "\"", span);
        yield Optional.empty();
      }
      case Numbers.Time.Over() -> {
        log.error(
            "time-overflow",
            "timer overflow in argument \""
                + text
                + "\" to \""
                + what
                + "\" (the most is about 24.8 days)",
            span);
        yield Optional.empty();
      }
    };
  }

  /** A whole number within bounds; reported otherwise. */
  Optional<Integer> number(Line line, int index, String what, int least, int most) {
    Optional<Integer> value = Numbers.whole(line.text(index), least, most);
    if (value.isEmpty()) {
      log.error(
          "bad-number",
          "\""
              + what
              + "\" expects a whole number from "
              + least
              + " to "
              + most
              + ", not \""
              + line.text(index)
              + "\"",
          line.span(index));
    }
    return value;
  }

  void missing(Line line, int index, String what) {
    log.error("missing-argument", "\"" + line.text(0) + "\" expects " + what, line.span(index));
  }

  /** Says what HAProxy accepts and the model leaves out. */
  void notModelled(String what, SourceSpan span) {
    log.note(
        "accepted-not-modelled",
        "\"" + what + "\" is accepted, but not modelled: it has no effect" + " here",
        span);
  }

  /** Says so if the catalogue does. */
  void noteUnlessModelled(String place, String keyword, SourceSpan span) {
    if (!keywords.isModelled(place, keyword)) {
      notModelled(keyword, span);
    }
  }

  void unknown(String place, String kind, Line line, int index) {
    log.error(
        "unknown-keyword",
        "unknown " + kind + " \"" + line.text(index) + "\"",
        line.span(index),
        Suggestions.didYouMean(line.text(index), keywords.of(place)));
  }
}
