package org.vipdrift.model.scenario.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Builds YAML flow mappings in one line: {@code { vip: 20.0.0.100, from: 5s }}. */
public final class FlowText {
  private final List<String> parts = new ArrayList<>();

  /** A value that is written as its own text: a name, an address, a number, a word. */
  public FlowText put(String key, Object value) {
    return raw(key, quoted(value.toString()));
  }

  public FlowText put(String key, Duration value) {
    return raw(key, DurationText.format(value));
  }

  public FlowText put(String key, Optional<?> value) {
    value.ifPresent(
        v -> {
          if (v instanceof Duration duration) {
            put(key, duration);
          } else {
            put(key, v);
          }
        });
    return this;
  }

  /** Left out when there is none. */
  public FlowText list(String key, Collection<?> values) {
    return values.isEmpty() ? this : raw(key, list(values));
  }

  /** YAML text as it is. */
  public FlowText raw(String key, String yaml) {
    parts.add(quoted(key) + ": " + yaml);
    return this;
  }

  public boolean isEmpty() {
    return parts.isEmpty();
  }

  @Override
  public String toString() {
    return parts.isEmpty() ? "{}" : "{ " + String.join(", ", parts) + " }";
  }

  public static String list(Collection<?> values) {
    return "[" + String.join(", ", values.stream().map(v -> quoted(v.toString())).toList()) + "]";
  }

  /** Plain where every YAML reader takes it for this very text, else in double quotes. */
  public static String quoted(String text) {
    boolean plain =
        text.matches("[A-Za-z0-9_/.][A-Za-z0-9_/.@%+-]*( [A-Za-z0-9_/.@%+-]+)*")
            && !text.matches("(?i)null|true|false|yes|no|on|off|y|n");
    return plain ? text : escaped(text);
  }

  /** In double quotes. */
  public static String escaped(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (c < 0x20
                      || c >= 0x7f && c < 0xa0
                      || c == 0x2028
                      || c == 0x2029
                      || c == 0xfeff) {
                    quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
                  } else {
                    quoted.appendCodePoint(c);
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }
}
