package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.haproxy.settings.HeaderField;
import org.vipdrift.model.haproxy.settings.HttpReply;
import org.vipdrift.model.haproxy.settings.LogFormat;

/** Reads what follows {@code return}, {@code deny}, {@code tarpit} and {@code http-error}. */
final class ReplyReader {
  private static final List<String> BODIES =
      List.of(
          "default-errorfiles",
          "errorfile",
          "errorfiles",
          "file",
          "lf-file",
          "string",
          "lf-string");

  private final Reading reading;
  private final ProxyDraft proxy;

  /** A reply and the word after it. */
  record Taken(HttpReply reply, int next) {}

  ReplyReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  private Optional<Taken> fail(String code, String message, Line line, int index) {
    reading.log.error(code, message, line.span(index));
    return Optional.empty();
  }

  Optional<Taken> read(Line line, int from, int defaultStatus, Place place) {
    int status = defaultStatus;
    Optional<String> type = Optional.empty();
    Optional<HttpReply.Body> body = Optional.empty();
    List<HeaderField> headers = new ArrayList<>();
    int at = from;
    while (line.has(at)) {
      String word = line.text(at);
      boolean known =
          List.of("status", "deny_status", "content-type", "hdr").contains(word)
              || BODIES.contains(word);
      if (!known) {
        break;
      }
      if (word.equals("default-errorfiles")) {
        if (body.isPresent()) {
          return fail("repeated", "a body is given already", line, at);
        }
        body = Optional.of(new HttpReply.ErrorPage());
        at++;
        continue;
      }
      if (!line.has(at + 1)) {
        return fail("missing-argument", "\"" + word + "\" expects an argument", line, at);
      }
      switch (word) {
        case "status", "deny_status" -> {
          status = Numbers.intPrefix(line.text(at + 1));
          if (status < 200 || status > 599) {
            return fail(
                "bad-status", "unexpected status \"" + line.text(at + 1) + "\"", line, at + 1);
          }
        }
        case "content-type" -> type = Optional.of(line.text(at + 1));
        case "hdr" -> {
          if (!line.has(at + 2)) {
            return fail("missing-argument", "\"hdr\" expects a name and a value", line, at);
          }
          Optional<LogFormat> value =
              new LogFormatParser(reading, proxy, false)
                  .parse(line.text(at + 2), line.span(at + 2), place);
          if (value.isEmpty()) {
            return Optional.empty();
          }
          headers.add(new HeaderField(line.text(at + 1), value.get()));
          at++;
        }
        default -> {
          if (body.isPresent()) {
            return fail("repeated", "a body is given already", line, at);
          }
          body = body(line, at, status, place);
          if (body.isEmpty()) {
            return Optional.empty();
          }
        }
      }
      at += 2;
    }
    return finish(line, from, status, type, body, headers, at);
  }

  private Optional<Taken> finish(
      Line line,
      int from,
      int status,
      Optional<String> type,
      Optional<HttpReply.Body> body,
      List<HeaderField> headers,
      int next) {
    boolean payload =
        body.filter(
                b ->
                    b instanceof HttpReply.Text(String text) && !text.isEmpty()
                        || b instanceof HttpReply.Format)
            .isPresent();
    if (payload && type.isEmpty()) {
      return fail("missing-content-type", "a body needs a content-type", line, from);
    }
    if (body.isEmpty() && type.isPresent()) {
      reading.log.warning(
          "useless-content-type", "the content-type is ignored, for there is no body", line.span());
    }
    if (body.isEmpty() && !headers.isEmpty()) {
      reading.log.warning(
          "useless-headers", "the headers are ignored, for there is no body", line.span());
    }
    HttpReply.Body whole = body.orElseGet(HttpReply.ErrorPage::new);
    return Optional.of(new Taken(new HttpReply(status, type, whole, headers), next));
  }

  private Optional<HttpReply.Body> body(Line line, int at, int status, Place place) {
    String value = line.text(at + 1);
    SourceSpan span = line.span(at + 1);
    return switch (line.text(at)) {
      case "errorfile" ->
          ErrorFileReader.message(reading, value, span).map(HttpReply.RawMessage::new);
      case "errorfiles" -> {
        reading.afterwards(() -> section(value, span, status));
        yield Optional.of(new HttpReply.ErrorPage());
      }
      case "file" -> file(value, span).map(HttpReply.Text::new);
      case "lf-file" -> file(value, span).flatMap(text -> format(text, span, place));
      case "string" -> Optional.of(new HttpReply.Text(value));
      default -> format(value, span, place);
    };
  }

  private Optional<HttpReply.Body> format(String text, SourceSpan span, Place place) {
    return new LogFormatParser(reading, proxy, false)
        .parse(text, span, place)
        .map(HttpReply.Format::new);
  }

  private Optional<String> file(String path, SourceSpan span) {
    Optional<String> text = reading.files.read(path);
    if (text.isEmpty()) {
      reading.log.error("unreadable-file", "cannot read " + path, span);
    }
    return text;
  }

  private void section(String name, SourceSpan span, int status) {
    SortedMap<Integer, HttpReply> found = reading.sections.httpErrors.get(name);
    if (found == null) {
      reading.log.error(
          "unknown-section", "there is no http-errors section \"" + name + "\"", span);
    } else if (!found.containsKey(status)) {
      reading.log.warning(
          "missing-status",
          "the http-errors section \"" + name + "\" has nothing for " + status,
          span);
    }
  }
}
