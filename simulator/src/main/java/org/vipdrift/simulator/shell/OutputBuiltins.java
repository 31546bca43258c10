package org.vipdrift.simulator.shell;

import java.util.List;

/** {@code echo}, {@code printf} and {@code pwd}. */
final class OutputBuiltins {
  private OutputBuiltins() {}

  static int pwd(Frame frame) {
    frame.streams().output().write(frame.state().get("PWD").orElse("/") + "\n");
    return 0;
  }

  static int echo(List<String> words, Frame frame) {
    boolean newline = true;
    boolean escapes = false;
    int at = 0;
    while (at < words.size() && words.get(at).matches("-[neE]+")) {
      newline &= words.get(at).indexOf('n') < 0;
      escapes |= words.get(at).indexOf('e') >= 0;
      at++;
    }
    String text = String.join(" ", words.subList(at, words.size()));
    frame.streams().output().write((escapes ? unescape(text) : text) + (newline ? "\n" : ""));
    return 0;
  }

  static int printf(List<String> words, Frame frame) {
    List<String> rest =
        !words.isEmpty() && words.getFirst().equals("--") ? words.subList(1, words.size()) : words;
    if (rest.isEmpty()) {
      frame.complain("printf: usage: printf format [arguments]");
      return 2;
    }
    if (rest.getFirst().equals("-v") && rest.size() > 2 && WordNames.isName(rest.get(1))) {
      Formatting formatting = new Formatting(rest.get(2), rest.subList(3, rest.size()), frame);
      frame.state().set(rest.get(1), formatting.text());
      return formatting.failed ? 1 : 0;
    }
    Formatting formatting = new Formatting(rest.getFirst(), rest.subList(1, rest.size()), frame);
    frame.streams().output().write(formatting.text());
    return formatting.failed ? 1 : 0;
  }

  static String unescape(String text) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 >= text.length()) {
        result.append(c);
        continue;
      }
      char next = text.charAt(++i);
      switch (next) {
        case 'n' -> result.append('\n');
        case 't' -> result.append('\t');
        case 'r' -> result.append('\r');
        case 'a' -> result.append('\u0007');
        case 'b' -> result.append('\b');
        case 'e' -> result.append('\u001b');
        case '\\' -> result.append('\\');
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          int start = next == '0' ? i + 1 : i;
          int end = start;
          while (end < text.length()
              && end < start + 3
              && text.charAt(end) >= '0'
              && text.charAt(end) <= '7') {
            end++;
          }
          result.append(
              end > start ? (char) Integer.parseInt(text.substring(start, end), 8) : '\0');
          i = Math.max(i, end - 1);
        }
        default -> result.append('\\').append(next);
      }
    }
    return result.toString();
  }

  /** One printf: the format is used again until the arguments are used up. */
  private static final class Formatting {
    private static final int MAX_WIDTH = 1_000;

    private final String format;
    private final List<String> arguments;
    private final Frame frame;
    private int used;
    private boolean failed;

    Formatting(String format, List<String> arguments, Frame frame) {
      this.format = format;
      this.arguments = arguments;
      this.frame = frame;
    }

    String text() {
      StringBuilder result = new StringBuilder();
      do {
        int before = used;
        once(result);
        if (used == before || result.length() > frame.state().limits.maxOutput()) {
          break;
        }
      } while (used < arguments.size());
      return result.toString();
    }

    private String argument() {
      return used < arguments.size() ? arguments.get(used++) : "";
    }

    private void once(StringBuilder result) {
      int i = 0;
      while (i < format.length()) {
        int percent = format.indexOf('%', i);
        if (percent < 0) {
          result.append(unescape(format.substring(i)));
          return;
        }
        result.append(unescape(format.substring(i, percent)));
        int end = percent + 1;
        while (end < format.length() && "-+ 0#.123456789".indexOf(format.charAt(end)) >= 0) {
          end++;
        }
        if (end >= format.length()) {
          failed = true;
          return;
        }
        result.append(directive(format.substring(percent + 1, end), format.charAt(end)));
        i = end + 1;
      }
    }

    private String directive(String flags, char conversion) {
      return switch (conversion) {
        case '%' -> "%";
        case 's' -> padded(flags, cut(flags, argument()));
        case 'b' -> padded(flags, unescape(argument()));
        case 'c' -> {
          String text = argument();
          yield padded(flags, text.isEmpty() ? "" : text.substring(0, 1));
        }
        case 'd', 'i' -> number(flags, Long.toString(integer()));
        case 'u' -> number(flags, Long.toUnsignedString(integer()));
        case 'x' -> number(flags, Long.toHexString(integer()));
        case 'X' -> number(flags, Long.toHexString(integer()).toUpperCase(java.util.Locale.ROOT));
        case 'o' -> number(flags, Long.toOctalString(integer()));
        case 'f' -> {
          String text = argument();
          String digits = flags.contains(".") ? flags.replaceAll(".*\\.", "") : "6";
          int scale =
              digits.isEmpty()
                  ? 0
                  : (int)
                      Math.min(
                          40, Long.parseLong(digits.substring(0, Math.min(9, digits.length()))));
          yield number(
              flags.replaceAll("\\..*", ""),
              text.matches("-?[0-9]{1,18}(\\.[0-9]{0,18})?")
                  ? new java.math.BigDecimal(text.endsWith(".") ? text + "0" : text)
                      .setScale(scale, java.math.RoundingMode.HALF_EVEN)
                      .toPlainString()
                  : java.math.BigDecimal.ZERO.setScale(scale).toPlainString());
        }
        default -> {
          failed = true;
          frame.complain("printf: `" + conversion + "': invalid format character");
          yield "";
        }
      };
    }

    private long integer() {
      String text = argument().strip();
      if (text.isEmpty()) {
        return 0;
      }
      if (text.startsWith("'") && text.length() > 1) {
        return text.charAt(1);
      }
      return switch (Arithmetic.evaluate(
          text.matches("[+-]?[0-9a-fA-FxX]+") ? text : "0", frame.state())) {
        case Arithmetic.Outcome.Value(long value) when text.matches("[+-]?[0-9][0-9a-fA-FxX]*") ->
            value;
        case Arithmetic.Outcome.Value _, Arithmetic.Outcome.Wrong _ -> {
          failed = true;
          frame.complain("printf: " + text + ": invalid number");
          yield 0;
        }
      };
    }

    private static String cut(String flags, String text) {
      int dot = flags.indexOf('.');
      if (dot < 0) {
        return text;
      }
      String digits = flags.substring(dot + 1).replaceAll("[^0-9]", "");
      int length = digits.isEmpty() ? 0 : width(digits);
      return text.length() > length ? text.substring(0, length) : text;
    }

    private static int width(String digits) {
      return digits.length() > 4 ? MAX_WIDTH : Math.min(MAX_WIDTH, Integer.parseInt(digits));
    }

    private static String padded(String flags, String text) {
      String digits =
          flags.replaceAll("\\..*", "").replaceAll("^[-+ 0#]*", "").replaceAll("[^0-9]", "");
      int width = digits.isEmpty() ? 0 : width(digits);
      String padding = " ".repeat(Math.max(0, width - text.length()));
      return flags.indexOf('-') >= 0 ? text + padding : padding + text;
    }

    private static String number(String flags, String digits) {
      String text =
          flags.matches("[-0# ]*\\+.*") && !digits.startsWith("-") ? "+" + digits : digits;
      if (flags.matches("[+ #]*0[0-9]+")) {
        int width = width(flags.replaceAll("^[+ #0]*", ""));
        String sign = text.startsWith("-") || text.startsWith("+") ? text.substring(0, 1) : "";
        String rest = text.substring(sign.length());
        return sign + "0".repeat(Math.max(0, width - rest.length() - sign.length())) + rest;
      }
      return padded(flags, text);
    }
  }
}
