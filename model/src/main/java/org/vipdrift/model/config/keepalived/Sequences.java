package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The {@code ~SEQ(...)} and {@code ~LST(...)} prefixes of a line. */
final class Sequences {
  private static final int MOST = 65_536;

  private Sequences() {}

  /**
   * What a prefix says.
   *
   * @param names the parameters it sets
   * @param values for each round, one value per name
   * @param rest the line after it
   */
  record Rounds(List<String> names, List<List<String>> values, String rest) {}

  static boolean startsOne(String text) {
    return text.startsWith("~SEQ") || text.startsWith("~LST");
  }

  /** The rounds of the prefix, empty if it is malformed. */
  static Optional<Rounds> read(String text) {
    boolean hex = text.startsWith("~SEQx(");
    boolean list = text.startsWith("~LST(");
    int close = text.indexOf(')');
    if (close < 0 || !(hex || list || text.startsWith("~SEQ("))) {
      return Optional.empty();
    }
    List<String> arguments = split(text.substring(hex ? 6 : 5, close));
    String rest = text.substring(close + 1).strip();
    if (arguments.size() < 2) {
      return Optional.empty();
    }
    return list ? list(arguments, rest) : sequence(arguments, rest, hex);
  }

  /** Splits at commas outside braces. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == ',' && depth <= 0) {
        parts.add(text.substring(from, i).strip());
        from = i + 1;
      }
    }
    parts.add(text.substring(from).strip());
    return parts;
  }

  private static Optional<Rounds> sequence(List<String> arguments, String rest, boolean hex) {
    String name = arguments.getFirst();
    List<OptionalLong> numbers = arguments.stream().skip(1).map(Sequences::number).toList();
    if (!isName(name) || numbers.size() > 3 || numbers.stream().anyMatch(OptionalLong::isEmpty)) {
      return Optional.empty();
    }
    long end = numbers.getLast().orElseThrow();
    long start = numbers.size() > 1 ? numbers.getFirst().orElseThrow() : end < 0 ? -1 : 1;
    long step = numbers.size() > 2 ? numbers.get(1).orElseThrow() : end < start ? -1 : 1;
    boolean endless = step == 0 || step > 0 && end < start || step < 0 && end > start;
    if (endless || hex && (start < 0 || end < 0)) {
      return Optional.empty();
    }
    List<List<String>> values = new ArrayList<>();
    for (long i = start; (step > 0 ? i <= end : i >= end) && values.size() < MOST; i += step) {
      values.add(List.of(hex ? Long.toHexString(i) : Long.toString(i)));
    }
    return Optional.of(new Rounds(List.of(name), values, rest));
  }

  private static OptionalLong number(String text) {
    if (text.matches("0[xX][0-9a-fA-F]{1,8}")) {
      return OptionalLong.of(Long.parseLong(text.substring(2), 16));
    }
    return text.matches("[+-]?[0-9]{1,9}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private static Optional<Rounds> list(List<String> arguments, String rest) {
    List<String> names = group(arguments.getFirst());
    List<List<String>> values =
        arguments.stream().skip(1).map(a -> names.size() > 1 ? group(a) : List.of(a)).toList();
    boolean fits =
        names.stream().allMatch(Sequences::isName)
            && values.stream().allMatch(v -> v.size() == names.size());
    return fits ? Optional.of(new Rounds(names, values, rest)) : Optional.empty();
  }

  private static List<String> group(String text) {
    boolean braced = text.startsWith("{") && text.endsWith("}") && text.length() > 1;
    return braced ? split(text.substring(1, text.length() - 1)) : List.of(text);
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && !Character.isDigit(text.charAt(0))
        && text.chars().allMatch(c -> Definitions.isNamePart((char) c));
  }
}
