package org.vipdrift.simulator.shell;

import java.util.regex.PatternSyntaxException;

/** A shell pattern ({@code * ? [...]}) as a regular expression. */
final class Pattern {
  private final StringBuilder expression = new StringBuilder();
  private boolean special;

  /** Adds text that stands for itself. */
  void literal(String text) {
    text.codePoints().forEach(this::literal);
  }

  private void literal(int codePoint) {
    if (codePoint < 128 && !Character.isLetterOrDigit(codePoint) && codePoint > 32) {
      expression.append('\\');
    }
    expression.appendCodePoint(codePoint);
  }

  /** Adds text in which the pattern characters count. */
  void pattern(String text) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> {
          expression.append(".*");
          special = true;
        }
        case '?' -> {
          expression.append('.');
          special = true;
        }
        case '[' -> i = bracket(text, i);
        default -> literal(c);
      }
      i++;
    }
  }

  private int bracket(String text, int open) {
    int from = open + 1;
    boolean negated =
        from < text.length() && (text.charAt(from) == '!' || text.charAt(from) == '^');
    int start = negated ? from + 1 : from;
    int close = text.indexOf(']', start + 1);
    while (close > 0 && text.lastIndexOf("[:", close) > start && text.charAt(close - 1) == ':') {
      int next = text.indexOf(']', close + 1);
      if (next < 0 || text.substring(start, close + 1).endsWith(":]") && next < 0) {
        break;
      }
      close = next;
    }
    if (close < 0) {
      literal('[');
      return open;
    }
    expression.append(negated ? "[^" : "[").append(set(text.substring(start, close))).append(']');
    special = true;
    return close;
  }

  /** A bracket's content in Java's syntax. */
  static String set(String content) {
    StringBuilder set = new StringBuilder();
    int i = 0;
    while (i < content.length()) {
      if (content.startsWith("[:", i)) {
        int end = content.indexOf(":]", i);
        if (end > 0) {
          set.append(characterClass(content.substring(i + 2, end)));
          i = end + 2;
          continue;
        }
      }
      char c = content.charAt(i);
      if ("[]&^\\~".indexOf(c) >= 0 || c == '-' && (i == 0 || i == content.length() - 1)) {
        set.append('\\');
      }
      set.append(c);
      i++;
    }
    return set.toString();
  }

  private static String characterClass(String name) {
    return switch (name) {
      case "alpha" -> "a-zA-Z";
      case "digit" -> "0-9";
      case "alnum" -> "a-zA-Z0-9";
      case "space" -> " \\t\\n\\r\\f\\x0b";
      case "blank" -> " \\t";
      case "upper" -> "A-Z";
      case "lower" -> "a-z";
      case "xdigit" -> "0-9a-fA-F";
      case "punct" -> "\\p{Punct}";
      default -> "";
    };
  }

  /** Whether it has pattern characters at all. */
  boolean special() {
    return special;
  }

  /** Compiled; a text that is no pattern matches nothing but itself. */
  java.util.regex.Pattern compiled() {
    try {
      return java.util.regex.Pattern.compile(expression.toString(), java.util.regex.Pattern.DOTALL);
    } catch (PatternSyntaxException malformed) {
      return java.util.regex.Pattern.compile(
          java.util.regex.Pattern.quote(expression.toString().replace("\\", "")));
    }
  }

  boolean matches(String text) {
    return compiled().matcher(text).matches();
  }
}
