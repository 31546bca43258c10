package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.haproxy.settings.LogFormat;

/** Reads texts with {@code %} variables and {@code %[...]} expressions. */
final class LogFormatParser {
  /** Variables, those only HTTP proxies may use marked with a star. */
  private static final List<String> VARIABLES =
      List.of(
          "o", "B", "CC*", "CS*", "H", "ID", "ST", "T", "Ta", "Tc", "Td", "Th", "Ti", "Tl", "TR",
          "Tq", "Tr", "Ts", "Tt", "Tu", "Tw", "U", "ac", "b", "bc", "bi", "bp", "bq", "ci", "cp",
          "f", "fc", "fi", "fp", "ft", "hr*", "hrl*", "hs*", "hsl*", "HM*", "HP*", "HPO*", "HQ*",
          "HU*", "HV*", "lc", "ms", "pid", "r*", "rc", "rt", "s", "sc", "si", "sp", "sq", "sslc",
          "sslv", "t", "tr*", "trg*", "trl*", "ts", "tsc*");

  private final Reading reading;
  private final ProxyDraft proxy;
  private final boolean isLog;

  /**
   * @param isLog whether empty values print as a dash
   */
  LogFormatParser(Reading reading, ProxyDraft proxy, boolean isLog) {
    this.reading = reading;
    this.proxy = proxy;
    this.isLog = isLog;
  }

  /** The format, empty if it is wrong, which is reported. */
  Optional<LogFormat> parse(String text, SourceSpan span, Place place) {
    List<LogFormat.Item> items = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    LogFormat.Options global = new LogFormat.Options(false, false, false, isLog, false);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '%') {
        literal.append(c);
        at++;
        continue;
      }
      if (at + 1 >= text.length()) {
        return fail("truncated-format", "the text ends after \"%\"", span, "write %% for a %");
      }
      at++;
      if (text.charAt(at) == '%') {
        literal.append('%');
        at++;
        continue;
      }
      LogFormat.Options options = global;
      if (text.charAt(at) == '{') {
        int close = text.indexOf('}', at);
        if (close < 0 || close + 1 >= text.length()) {
          return fail("truncated-format", "the text ends within \"%{\"", span, "close the brace");
        }
        options = options(text.substring(at + 1, close), global);
        at = close + 1;
      }
      if (text.charAt(at) == '[') {
        Optional<SampleParser.Parsed> parsed =
            new SampleParser(reading, proxy).embedded(text, at + 1, span);
        if (parsed.isEmpty()) {
          return Optional.empty();
        }
        if (parsed.get().end() >= text.length() || text.charAt(parsed.get().end()) != ']') {
          return fail("missing-bracket", "\"]\" is missing after an expression", span, "add it");
        }
        new SampleParser(reading, proxy).checkPlace(parsed.get(), place, span);
        flush(items, literal);
        items.add(new LogFormat.Expression(parsed.get().expression(), options));
        at = parsed.get().end() + 1;
        continue;
      }
      int end = at;
      while (end < text.length() && isVariableCharacter(text.charAt(end))) {
        end++;
      }
      String name = longestVariable(text.substring(at, end));
      if (name.isEmpty()) {
        return fail(
            "unknown-variable",
            "no such format variable \"" + text.substring(at, end) + "\"",
            span,
            "write %% for a %");
      }
      at += name.length();
      if (name.equals("o")) {
        global = options;
        continue;
      }
      if (VARIABLES.contains(name + "*")) {
        reading.afterwards(() -> needsHttp(name, span));
      }
      flush(items, literal);
      items.add(new LogFormat.Variable(name, options));
    }
    flush(items, literal);
    return Optional.of(new LogFormat(items));
  }

  private void needsHttp(String name, SourceSpan span) {
    if (proxy.kind != ProxyDraft.Kind.DEFAULTS && !proxy.isHttp()) {
      reading.log.warning(
          "format-needs-http",
          "the format variable \"" + name + "\" is reserved for mode http",
          span);
    }
  }

  private static boolean isVariableCharacter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static String longestVariable(String name) {
    return VARIABLES.contains(name) || VARIABLES.contains(name + "*") ? name : "";
  }

  private Optional<LogFormat> fail(
      String code, String message, SourceSpan span, String suggestion) {
    reading.log.error(code, message + " in a format", span, Optional.of(suggestion));
    return Optional.empty();
  }

  private static void flush(List<LogFormat.Item> items, StringBuilder literal) {
    if (!literal.isEmpty()) {
      items.add(new LogFormat.Text(literal.toString()));
      literal.setLength(0);
    }
  }

  private static LogFormat.Options options(String text, LogFormat.Options base) {
    boolean quoted = base.quoted();
    boolean escaped = base.escaped();
    boolean hexadecimal = base.hexadecimal();
    boolean mandatory = base.mandatory();
    boolean http = base.http();
    for (String part : text.split(",")) {
      boolean on = !part.startsWith("-");
      switch (part.replaceFirst("^[+-]", "")) {
        case "Q" -> quoted = on;
        case "E" -> escaped = on;
        case "X" -> hexadecimal = on;
        case "M" -> mandatory = on;
        case "H" -> http = on;
        default -> {
          // Unknown flags are ignored.
        }
      }
    }
    return new LogFormat.Options(quoted, escaped, hexadecimal, mandatory, http);
  }
}
