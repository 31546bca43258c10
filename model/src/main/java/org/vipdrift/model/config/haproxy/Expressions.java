package org.vipdrift.model.config.haproxy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions as PCRE reads them, as far as Java's engine agrees. */
final class Expressions {
  private Expressions() {}

  /** What is wrong with a regular expression, if anything. */
  static Optional<String> problem(String regex) {
    try {
      Pattern.compile(toJava(regex));
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "the regular expression \""
              + regex
              + "\" is not valid: "
              + e.getDescription().toLowerCase(Locale.ROOT));
    } catch (StackOverflowError e) {
      return Optional.of("the regular expression is nested too deeply");
    }
  }

  /** PCRE takes a lone closing or opening brace and bracket classes more freely than Java. */
  static String toJava(String regex) {
    StringBuilder out = new StringBuilder();
    boolean inClass = false;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '\\' && i + 1 < regex.length()) {
        char next = regex.charAt(++i);
        boolean plain = "yYjJmMNoOqTULlueEiIgKCXC_".indexOf(next) >= 0;
        out.append(plain ? "" : "\\").append(next);
      } else if (inClass) {
        inClass = c != ']';
        if (c == '[' && !regex.startsWith("[:", i) || c == '&' && regex.startsWith("&&", i)) {
          out.append('\\');
        } else if (regex.startsWith("[:", i) && regex.indexOf(":]", i) > 0) {
          int end = regex.indexOf(":]", i);
          out.append("\\p{").append(posix(regex.substring(i + 2, end))).append('}');
          i = end + 1;
          continue;
        }
        out.append(c);
      } else if (c == '[') {
        inClass = true;
        out.append(c);
        if (i + 1 < regex.length() && regex.charAt(i + 1) == '^') {
          out.append('^');
          i++;
        }
        if (i + 1 < regex.length() && regex.charAt(i + 1) == ']') {
          out.append("\\]");
          i++;
        }
      } else if (c == '{' && !regex.substring(i).matches("(?s)\\{[0-9]+(,[0-9]*)?\\}.*")) {
        out.append("\\{");
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String posix(String name) {
    return switch (name) {
      case "alpha" -> "Alpha";
      case "digit" -> "Digit";
      case "alnum" -> "Alnum";
      case "upper" -> "Upper";
      case "lower" -> "Lower";
      case "punct" -> "Punct";
      case "space" -> "Space";
      case "xdigit" -> "XDigit";
      case "print" -> "Print";
      case "graph" -> "Graph";
      case "cntrl" -> "Cntrl";
      case "blank" -> "Blank";
      default -> name;
    };
  }
}
