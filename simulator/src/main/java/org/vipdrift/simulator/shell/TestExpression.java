package org.vipdrift.simulator.shell;

import java.util.List;
import java.util.OptionalLong;

/** The expression of {@code test} and {@code [ ]}, decided by the number of words as POSIX says. */
final class TestExpression {
  private final List<String> words;
  private final Frame frame;
  private int at;

  private TestExpression(List<String> words, Frame frame) {
    this.words = words;
    this.frame = frame;
  }

  /** 0 if it holds, 1 if not, 2 if it is malformed. */
  static int status(List<String> words, Frame frame) {
    if (words.size() > 1_000) {
      frame.complain("test: too many arguments");
      return 2;
    }
    try {
      return new TestExpression(words, frame).whole() ? 0 : 1;
    } catch (IllegalArgumentException malformed) {
      frame.complain("test: " + malformed.getMessage());
      return 2;
    }
  }

  private boolean whole() {
    switch (words.size()) {
      case 0 -> {
        return false;
      }
      case 1 -> {
        return !words.getFirst().isEmpty();
      }
      case 2 -> {
        if (words.getFirst().equals("!")) {
          return words.get(1).isEmpty();
        }
        return unary(words.getFirst(), words.get(1));
      }
      case 3 -> {
        if (isBinary(words.get(1))) {
          return binary(words.getFirst(), words.get(1), words.get(2));
        }
      }
      default -> {}
    }
    boolean holds = either();
    if (at < words.size()) {
      throw new IllegalArgumentException("too many arguments");
    }
    return holds;
  }

  private boolean either() {
    boolean holds = both();
    while (at < words.size() && words.get(at).equals("-o")) {
      at++;
      holds |= both();
    }
    return holds;
  }

  private boolean both() {
    boolean holds = primary();
    while (at < words.size() && words.get(at).equals("-a")) {
      at++;
      holds &= primary();
    }
    return holds;
  }

  private boolean primary() {
    if (at >= words.size()) {
      throw new IllegalArgumentException("argument expected");
    }
    String word = words.get(at);
    if (at + 2 < words.size() && isBinary(words.get(at + 1))) {
      at += 3;
      return binary(word, words.get(at - 2), words.get(at - 1));
    }
    if (word.equals("!")) {
      at++;
      return !primary();
    }
    if (word.equals("(")) {
      at++;
      boolean holds = either();
      if (at >= words.size() || !words.get(at).equals(")")) {
        throw new IllegalArgumentException("`)' expected");
      }
      at++;
      return holds;
    }
    if (word.matches("-[a-zA-Z]") && at + 1 < words.size()) {
      at += 2;
      return unary(word, words.get(at - 1));
    }
    at++;
    return !word.isEmpty();
  }

  private static boolean isBinary(String word) {
    return word.matches("==?|!=|<|>|-(eq|ne|lt|le|gt|ge|nt|ot|ef)");
  }

  private boolean unary(String operator, String operand) {
    return Conditions.unary(operator, operand, frame)
        .orElseThrow(() -> new IllegalArgumentException(operator + ": unary operator expected"));
  }

  private boolean binary(String left, String operator, String right) {
    return switch (operator) {
      case "=", "==" -> left.equals(right);
      case "!=" -> !left.equals(right);
      case "<" -> left.compareTo(right) < 0;
      case ">" -> left.compareTo(right) > 0;
      case "-nt", "-ot", "-ef" -> Conditions.files(left, operator, right, frame.state().host);
      default -> Conditions.compare(integer(left), operator, integer(right));
    };
  }

  private static long integer(String text) {
    OptionalLong value = Conditions.integer(text);
    return value.orElseThrow(
        () -> new IllegalArgumentException(text + ": integer expression expected"));
  }
}
