package org.vipdrift.model.haproxy.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vipdrift.model.haproxy.settings.LogFormat;
import org.vipdrift.model.haproxy.settings.LogFormat.Options;

/** A text with variables and expressions, ready to be printed. */
public final class CompiledFormat {
  private final List<Piece> pieces;
  private final boolean dashes;

  private record Piece(String text, @org.jspecify.annotations.Nullable Value value) {}

  private record Value(ValueSource source, Options options) {}

  @FunctionalInterface
  private interface ValueSource {
    Optional<String> get(SampleContext context);
  }

  private CompiledFormat(List<Piece> pieces, boolean dashes) {
    this.pieces = pieces;
    this.dashes = dashes;
  }

  /** For headers, locations and names: what has no value is left out. */
  public static CompiledFormat of(LogFormat format) {
    return compile(format, false);
  }

  /** For log lines: a dash stands for what has no value. */
  public static CompiledFormat ofLog(LogFormat format) {
    return compile(format, true);
  }

  private static CompiledFormat compile(LogFormat format, boolean dashes) {
    List<Piece> pieces = new ArrayList<>(format.items().size());
    for (LogFormat.Item item : format.items()) {
      pieces.add(
          switch (item) {
            case LogFormat.Text(String text) -> new Piece(text, null);
            case LogFormat.Variable(String name, Options options) ->
                new Piece("", new Value(context -> context.logVariable(name), options));
            case LogFormat.Expression(var expression, Options options) -> {
              CompiledSample sample = SampleCompiler.compile(expression);
              yield new Piece(
                  "", new Value(context -> sample.value(context).map(Sample::text), options));
            }
          });
    }
    return new CompiledFormat(pieces, dashes);
  }

  /** The text for this session. */
  public String print(SampleContext context) {
    if (pieces.size() == 1 && pieces.getFirst().value == null) {
      return pieces.getFirst().text;
    }
    StringBuilder text = new StringBuilder(64);
    for (int at = 0; at < pieces.size(); at++) {
      Piece piece = pieces.get(at);
      if (piece.value == null) {
        text.append(piece.text);
      } else {
        Options options = piece.value.options;
        append(
            text,
            piece.value.source.get(context).filter(v -> !v.isEmpty()),
            options,
            dashes || options.mandatory());
      }
    }
    return text.toString();
  }

  private static void append(
      StringBuilder text, Optional<String> value, Options options, boolean dash) {
    if (options.quoted()) {
      text.append('"');
    }
    if (value.isPresent()) {
      text.append(options.escaped() ? escaped(value.get()) : printable(value.get(), options));
    } else if (dash && !options.quoted()) {
      text.append('-');
    }
    if (options.quoted()) {
      text.append('"');
    }
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("]", "\\]");
  }

  /** Control characters and, in quotes, the quote itself are written as # and two digits. */
  private static String printable(String value, Options options) {
    StringBuilder safe = null;
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      boolean plain = c >= ' ' && c < 127 && !(options.quoted() && c == '"');
      if (!plain && safe == null) {
        safe = new StringBuilder(value.length() + 8).append(value, 0, at);
      }
      if (safe != null) {
        if (plain) {
          safe.append(c);
        } else {
          safe.append(String.format(Locale.ROOT, "#%02X", (int) c));
        }
      }
    }
    return safe == null ? value : safe.toString();
  }
}
