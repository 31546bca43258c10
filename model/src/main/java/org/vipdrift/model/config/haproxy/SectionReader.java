package org.vipdrift.model.config.haproxy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.vipdrift.model.config.Suggestions;

/** Finds sections and hands their lines to the right reader. */
final class SectionReader {
  private final Reading reading;
  private final LineReader lines;
  private final Map<String, ProxyDraft> namedDefaults = new LinkedHashMap<>();
  private Optional<ProxyDraft> lastDefaults = Optional.empty();
  private Consumer<Line> current;
  private Runnable atEnd = () -> {};
  private boolean started;

  SectionReader(Reading reading, LineReader lines) {
    this.reading = reading;
    this.lines = lines;
    this.current = this::stray;
  }

  private void stray(Line line) {
    reading.log.error(
        "keyword-outside-section",
        "unknown keyword \"" + line.text(0) + "\" out of section",
        line.span(0),
        Suggestions.didYouMean(line.text(0), reading.keywords.of("section")));
  }

  void end() {
    atEnd.run();
    atEnd = () -> {};
  }

  void line(Line line) {
    if (reading.keywords.find("section", line.text(0)).isEmpty()) {
      current.accept(line);
      return;
    }
    end();
    started = true;
    lines.enterSection(line.has(1) ? line.text(1) : line.text(0));
    reading.noteUnlessModelled("section", line.text(0), line.span(0));
    switch (line.text(0)) {
      case "global" -> {
        if (line.has(1)) {
          reading.atMost(line, 0);
        }
        current = new GlobalReader(reading)::line;
      }
      case "defaults" -> defaults(line);
      case "frontend" -> proxy(line, ProxyDraft.Kind.FRONTEND);
      case "backend" -> proxy(line, ProxyDraft.Kind.BACKEND);
      case "listen" -> proxy(line, ProxyDraft.Kind.LISTEN);
      default -> {
        SmallSection section = SmallSection.open(reading, line);
        current = section::line;
        atEnd = section::end;
      }
    }
  }

  private Optional<ProxyDraft> from(Line line, int index) {
    if (!line.is(index, "from") || !line.has(index + 1)) {
      return lastDefaults;
    }
    Optional<ProxyDraft> wanted = Optional.ofNullable(namedDefaults.get(line.text(index + 1)));
    if (wanted.isEmpty()) {
      reading.log.error(
          "unknown-defaults",
          "there is no defaults section \"" + line.text(index + 1) + "\"",
          line.span(index + 1),
          Suggestions.didYouMean(line.text(index + 1), namedDefaults.keySet()));
    }
    return wanted;
  }

  private void defaults(Line line) {
    boolean named = line.has(1) && !line.is(1, "from");
    String name = named ? line.text(1) : "";
    ProxyDraft draft = new ProxyDraft(ProxyDraft.Kind.DEFAULTS, name, line.span());
    int index = named ? 2 : 1;
    if (line.is(index, "from") && !line.has(index + 1)) {
      reading.missing(line, index + 1, "the name of a defaults section after \"from\"");
    } else if (line.is(index, "from")) {
      from(line, index).ifPresent(draft::inherit);
    }
    draft.defaults = Optional.empty();
    if (named) {
      namedDefaults.put(name, draft);
    }
    lastDefaults = Optional.of(draft);
    current = new ProxyReader(reading, draft)::line;
  }

  private void proxy(Line line, ProxyDraft.Kind kind) {
    if (!line.has(1)) {
      reading.missing(line, 1, "a name");
    }
    Names.check(reading, line, 1, "proxy");
    ProxyDraft draft = new ProxyDraft(kind, line.text(1), line.span());
    boolean from = line.is(2, "from") && line.has(3);
    if (line.has(2) && !from && kind == ProxyDraft.Kind.BACKEND) {
      // HAProxy says nothing, and refuses the lines of the section.
      current = this::stray;
      return;
    }
    if (line.has(2) && !from) {
      reading.log.warning(
          "unexpected-word",
          "\"" + line.text(2) + "\" is not possible here, so this section is not read",
          line.span(2),
          "use a bind line for addresses");
      current = this::stray;
      return;
    }
    from(line, 2).ifPresent(draft::inherit);
    duplicate(draft, line);
    reading.proxies.add(draft);
    current = new ProxyReader(reading, draft)::line;
  }

  private void duplicate(ProxyDraft draft, Line line) {
    for (ProxyDraft other : reading.proxies) {
      boolean sameSide =
          other.isFrontend() && draft.isFrontend() || other.isBackend() && draft.isBackend();
      if (other.name.equals(draft.name) && sameSide) {
        reading.log.error(
            "duplicate-proxy",
            "there is a proxy \"" + draft.name + "\" at " + other.span + " already",
            line.span(1));
        return;
      }
    }
  }

  boolean isStarted() {
    return started;
  }
}
