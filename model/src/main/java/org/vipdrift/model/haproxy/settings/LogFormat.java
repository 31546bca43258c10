package org.vipdrift.model.haproxy.settings;

import java.util.List;
import java.util.Optional;

/** A text with variables and expressions in it, as logs, header rules and names use it. */
public record LogFormat(List<Item> items) {
  /** A piece of the text. */
  public sealed interface Item {}

  public record Text(String text) implements Item {}

  /** {@code %ci}, {@code %[...]}'s elder relative; separators stand as a text of one blank. */
  public record Variable(String name, Options options) implements Item {}

  public record Expression(SampleExpression sample, Options options) implements Item {}

  /**
   * How a value is printed.
   *
   * @param quoted {@code Q}
   * @param escaped {@code E}
   * @param hexadecimal {@code X}
   * @param mandatory {@code M}: a dash stands for nothing; the default in log lines
   * @param http {@code H}: header-safe
   */
  public record Options(
      boolean quoted, boolean escaped, boolean hexadecimal, boolean mandatory, boolean http) {
    public static final Options NONE = new Options(false, false, false, false, false);
  }

  public LogFormat {
    items = List.copyOf(items);
  }

  public static LogFormat text(String text) {
    return new LogFormat(text.isEmpty() ? List.of() : List.of(new Text(text)));
  }

  /** The text, if nothing in it is evaluated. */
  public Optional<String> literal() {
    return switch (items.size()) {
      case 0 -> Optional.of("");
      case 1 ->
          items.getFirst() instanceof Text(String text) ? Optional.of(text) : Optional.empty();
      default -> Optional.empty();
    };
  }
}
