package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.HttpReply;

/** Reads {@code errorfile} and its kin. */
final class ErrorFileReader {
  private static final List<Integer> STATUSES =
      List.of(
          200, 400, 401, 403, 404, 405, 407, 408, 410, 413, 421, 422, 425, 429, 500, 501, 502, 503,
          504);

  private final Reading reading;
  private final ProxyDraft proxy;

  ErrorFileReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  void read(Line line) {
    switch (line.text(0)) {
      case "errorfiles" -> sections(line);
      case "http-error" -> httpError(line);
      default -> single(line);
    }
  }

  private boolean status(Line line, int index) {
    if (STATUSES.contains(Numbers.intPrefix(line.text(index)))) {
      return true;
    }
    reading.log.error(
        "unknown-status",
        "the status \"" + line.text(index) + "\" is not handled",
        line.span(index),
        Optional.of("one of " + STATUSES.toString().replaceAll("[\\[\\]]", "")));
    return false;
  }

  private void single(Line line) {
    if (!line.has(1) || !line.has(2)) {
      reading.missing(line, 1, "a status and a " + (line.is(0, "errorfile") ? "file" : "URL"));
      return;
    }
    if (!status(line, 1)) {
      return;
    }
    int status = Numbers.intPrefix(line.text(1));
    if (!line.is(0, "errorfile")) {
      int code = line.is(0, "errorloc303") ? 303 : 302;
      proxy.errorFiles.put(
          status,
          new HttpReply(
              status, Optional.empty(), new HttpReply.Location(code, line.text(2)), List.of()));
      return;
    }
    message(reading, line.text(2), line.span(2))
        .ifPresent(
            text ->
                proxy.errorFiles.put(
                    status,
                    new HttpReply(
                        status, Optional.empty(), new HttpReply.RawMessage(text), List.of())));
  }

  /** The text of a file with a whole HTTP message. */
  static Optional<String> message(Reading reading, String path, SourceSpan span) {
    Optional<String> text = reading.files.read(path);
    if (text.isEmpty()) {
      reading.log.error("unreadable-file", "cannot read " + path, span);
      return Optional.empty();
    }
    if (!text.get().isEmpty() && !text.get().startsWith("HTTP/")) {
      reading.log.error(
          "bad-message",
          path + " is not a whole HTTP message",
          span,
          Optional.of("begin the file with a status line and headers"));
      return Optional.empty();
    }
    return text;
  }

  private void sections(Line line) {
    if (!line.has(1)) {
      reading.missing(line, 1, "the name of an http-errors section");
      return;
    }
    for (int i = 2; line.has(i); i++) {
      if (!status(line, i)) {
        return;
      }
    }
    proxy.errorSections.add(line);
  }

  /** Looks up the sections a proxy or its defaults name; what the proxy says itself goes first. */
  static void complete(Reading reading, ProxyDraft proxy) {
    for (Line line : proxy.errorSections.reversed()) {
      List<Integer> only = line.texts(2).stream().map(Numbers::intPrefix).toList();
      SortedMap<Integer, HttpReply> found = reading.sections.httpErrors.get(line.text(1));
      if (found == null) {
        reading.log.error(
            "unknown-section",
            "there is no http-errors section \"" + line.text(1) + "\"",
            line.span(1),
            Suggestions.didYouMean(line.text(1), reading.sections.of("http-errors")));
        continue;
      }
      only.stream()
          .filter(status -> !found.containsKey(status))
          .forEach(
              status ->
                  reading.log.warning(
                      "missing-status",
                      "the section \"" + line.text(1) + "\" has nothing for " + status,
                      line.span()));
      found.forEach(
          (status, reply) -> {
            if (only.isEmpty() || only.contains(status)) {
              proxy.errorFiles.putIfAbsent(status, reply);
            }
          });
    }
  }

  private void httpError(Line line) {
    if (!line.is(1, "status")) {
      reading.log.error("bad-argument", "http-error expects \"status CODE\"", line.span(1));
      return;
    }
    if (!line.has(2)) {
      reading.missing(line, 2, "a status");
      return;
    }
    if (!status(line, 2)) {
      return;
    }
    Optional<ReplyReader.Taken> taken =
        new ReplyReader(reading, proxy).read(line, 3, Numbers.intPrefix(line.text(2)), Place.LOG);
    if (taken.isPresent()) {
      if (line.has(taken.get().next())) {
        reading.log.error(
            "unexpected-word",
            "unexpected word \"" + line.text(taken.get().next()) + "\"",
            line.span(taken.get().next()));
        return;
      }
      proxy.errorFiles.put(Numbers.intPrefix(line.text(2)), taken.get().reply());
    }
  }
}
