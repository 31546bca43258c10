package org.vipdrift.simulator.shell;

import java.util.regex.Pattern;

/** POSIX regular expressions in Java's syntax. */
public final class RegularExpressions {
  private RegularExpressions() {}

  /**
   * As {@code grep -E} reads it.
   *
   * @throws java.util.regex.PatternSyntaxException if it is malformed
   */
  public static Pattern extended(String expression, boolean ignoreCase) {
    return compile(translate(expression, true), ignoreCase);
  }

  /**
   * As plain {@code grep} and {@code sed} read it, with GNU's {@code \| \+ \?}.
   *
   * @throws java.util.regex.PatternSyntaxException if it is malformed
   */
  public static Pattern basic(String expression, boolean ignoreCase) {
    return compile(translate(expression, false), ignoreCase);
  }

  private static Pattern compile(String expression, boolean ignoreCase) {
    return Pattern.compile(expression, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
  }

  private static String translate(String expression, boolean extended) {
    StringBuilder java = new StringBuilder();
    int i = 0;
    while (i < expression.length()) {
      char c = expression.charAt(i);
      boolean atStart =
          java.isEmpty() || java.toString().endsWith("(") || java.toString().endsWith("|");
      if (c == '[') {
        int close = closing(expression, i);
        if (close < 0) {
          java.append("\\[");
        } else {
          String content = expression.substring(i + 1, close);
          boolean negated = content.startsWith("^");
          java.append(negated ? "[^" : "[")
              .append(
                  org.vipdrift.simulator.shell.Pattern.set(
                      negated ? content.substring(1) : content))
              .append(']');
          i = close;
        }
      } else if (c == '\\' && i + 1 < expression.length()) {
        java.append(escaped(expression.charAt(++i), extended));
      } else if (!extended && "+?(){}|".indexOf(c) >= 0) {
        java.append('\\').append(c);
      } else if (c == '*' && atStart || c == '\\') {
        java.append('\\').append(c);
      } else if (!extended && c == '^' && !atStart) {
        java.append("\\^");
      } else if (!extended
          && c == '$'
          && i + 1 < expression.length()
          && !expression.startsWith("\\)", i + 1)) {
        java.append("\\$");
      } else if (extended
          && c == '{'
          && !expression.substring(i).matches("(?s)\\{[0-9]+(,[0-9]*)?\\}.*")) {
        java.append("\\{");
      } else {
        java.append(c);
      }
      i++;
    }
    return java.toString();
  }

  private static String escaped(char c, boolean extended) {
    return switch (c) {
      case '<', '>' -> "\\b";
      case 'b', 'B', 'w', 'W', 's', 'S' -> "\\" + c;
      case '(', ')', '{', '}', '|', '+', '?' -> extended ? "\\" + c : String.valueOf(c);
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "\\" + c;
      case 'n' -> "\n";
      case 't' -> "\t";
      default -> Character.isLetterOrDigit(c) ? String.valueOf(c) : "\\" + c;
    };
  }

  private static int closing(String expression, int open) {
    int i = open + 1;
    if (expression.startsWith("^", i)) {
      i++;
    }
    if (expression.startsWith("]", i)) {
      i++;
    }
    while (i < expression.length()) {
      if (expression.startsWith("[:", i)) {
        int end = expression.indexOf(":]", i);
        i = end < 0 ? i + 1 : end + 2;
      } else if (expression.charAt(i) == ']') {
        return i;
      } else {
        i++;
      }
    }
    return -1;
  }
}
