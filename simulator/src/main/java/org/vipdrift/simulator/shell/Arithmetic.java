package org.vipdrift.simulator.shell;

import java.util.List;

/** Evaluates the arithmetic of {@code $((...))}, {@code ((...))}, {@code let} and subscripts. */
final class Arithmetic {
  private static final int MAX_DEPTH = 100;

  /** Binary operators by precedence, loosest first. */
  private static final List<List<String>> LEVELS =
      List.of(
          List.of("||"),
          List.of("&&"),
          List.of("|"),
          List.of("^"),
          List.of("&"),
          List.of("==", "!="),
          List.of("<=", ">=", "<", ">"),
          List.of("<<", ">>"),
          List.of("+", "-"),
          List.of("*", "/", "%"));

  private static final List<String> ASSIGNMENTS =
      List.of("=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^=");

  private final String text;
  private final ShellState state;
  private final int depth;
  private int at;
  private int nesting;
  private int skipping;

  private Arithmetic(String text, ShellState state, int depth) {
    this.text = text;
    this.state = state;
    this.depth = depth;
  }

  /** What an expression comes to. */
  sealed interface Outcome {
    record Value(long value) implements Outcome {}

    record Wrong(String message) implements Outcome {}
  }

  static Outcome evaluate(String text, ShellState state) {
    try {
      return new Outcome.Value(evaluate(text, state, 0));
    } catch (ArithmeticException wrong) {
      return new Outcome.Wrong(text.strip() + ": " + wrong.getMessage());
    }
  }

  private static long evaluate(String text, ShellState state, int depth) {
    if (depth > MAX_DEPTH) {
      throw new ArithmeticException("expression recursion level exceeded");
    }
    Arithmetic arithmetic = new Arithmetic(text, state, depth);
    arithmetic.blanks();
    if (arithmetic.at == text.length()) {
      return 0;
    }
    long value = arithmetic.comma();
    arithmetic.blanks();
    if (arithmetic.at < text.length()) {
      throw new ArithmeticException("syntax error in expression");
    }
    return value;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean skip(String expected) {
    blanks();
    if (text.startsWith(expected, at)) {
      at += expected.length();
      return true;
    }
    return false;
  }

  private long comma() {
    long value = assignment();
    while (skip(",")) {
      value = assignment();
    }
    return value;
  }

  private long assignment() {
    if (++nesting > MAX_DEPTH) {
      throw new ArithmeticException("expression recursion level exceeded");
    }
    try {
      blanks();
      int mark = at;
      String name = name();
      if (!name.isEmpty()) {
        blanks();
        for (String operator : ASSIGNMENTS) {
          if (text.startsWith(operator, at) && !text.startsWith("==", at)) {
            at += operator.length();
            long right = assignment();
            String binary = operator.substring(0, operator.length() - 1);
            return store(name, binary.isEmpty() ? right : apply(binary, variable(name), right));
          }
        }
        at = mark;
      }
      return ternary();
    } finally {
      nesting--;
    }
  }

  private long ternary() {
    long condition = binary(0);
    if (!skip("?")) {
      return condition;
    }
    long yes = unless(condition == 0, this::assignment);
    if (!skip(":")) {
      throw new ArithmeticException("`:' expected for conditional expression");
    }
    long no = unless(condition != 0, this::assignment);
    return condition != 0 ? yes : no;
  }

  private long unless(boolean skipped, java.util.function.LongSupplier part) {
    skipping += skipped ? 1 : 0;
    try {
      return part.getAsLong();
    } finally {
      skipping -= skipped ? 1 : 0;
    }
  }

  private long binary(int level) {
    if (level == LEVELS.size()) {
      return power();
    }
    long left = binary(level + 1);
    while (true) {
      String operator = operator(level);
      if (operator.isEmpty()) {
        return left;
      }
      boolean decided = operator.equals("&&") && left == 0 || operator.equals("||") && left != 0;
      long right = unless(decided, () -> binary(level + 1));
      left = skipping > 0 ? 0 : apply(operator, left, right);
    }
  }

  private String operator(int level) {
    blanks();
    for (String operator : LEVELS.get(level)) {
      if (!text.startsWith(operator, at)) {
        continue;
      }
      char next =
          at + operator.length() < text.length() ? text.charAt(at + operator.length()) : ' ';
      boolean longer =
          operator.length() == 1
                  && ("|&<>".contains(operator) && next == operator.charAt(0)
                      || operator.equals("*") && next == '*')
              || next == '=' && !List.of("==", "!=", "<=", ">=", "&&", "||").contains(operator);
      if (!longer) {
        at += operator.length();
        return operator;
      }
    }
    return "";
  }

  private static long apply(String operator, long left, long right) {
    return switch (operator) {
      case "||" -> left != 0 || right != 0 ? 1 : 0;
      case "&&" -> left != 0 && right != 0 ? 1 : 0;
      case "|" -> left | right;
      case "^" -> left ^ right;
      case "&" -> left & right;
      case "==" -> left == right ? 1 : 0;
      case "!=" -> left != right ? 1 : 0;
      case "<=" -> left <= right ? 1 : 0;
      case ">=" -> left >= right ? 1 : 0;
      case "<" -> left < right ? 1 : 0;
      case ">" -> left > right ? 1 : 0;
      case "<<" -> left << right;
      case ">>" -> left >> right;
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/", "%" -> {
        if (right == 0) {
          throw new ArithmeticException("division by 0");
        }
        yield operator.equals("/") ? left / right : left % right;
      }
      default -> throw new ArithmeticException("syntax error in expression");
    };
  }

  private long power() {
    long base = unary();
    if (!skip("**")) {
      return base;
    }
    long exponent = power();
    if (exponent < 0) {
      throw new ArithmeticException("exponent less than 0");
    }
    long value = 1;
    for (long bit = Long.highestOneBit(exponent); bit != 0; bit >>>= 1) {
      value *= value;
      if ((exponent & bit) != 0) {
        value *= base;
      }
    }
    return value;
  }

  private long unary() {
    if (++nesting > MAX_DEPTH) {
      throw new ArithmeticException("expression recursion level exceeded");
    }
    try {
      blanks();
      for (String step : List.of("++", "--")) {
        if (text.startsWith(step, at)) {
          int mark = at;
          at += 2;
          blanks();
          String name = name();
          if (!name.isEmpty()) {
            return store(name, variable(name) + (step.equals("++") ? 1 : -1));
          }
          at = mark;
        }
      }
      char c = peek();
      switch (c) {
        case '!' -> {
          at++;
          return unary() == 0 ? 1 : 0;
        }
        case '~' -> {
          at++;
          return ~unary();
        }
        case '-' -> {
          at++;
          return -unary();
        }
        case '+' -> {
          at++;
          return unary();
        }
        default -> {
          return primary(c);
        }
      }
    } finally {
      nesting--;
    }
  }

  private long primary(char c) {
    if (c == '(') {
      at++;
      long value = comma();
      if (!skip(")")) {
        throw new ArithmeticException("missing `)'");
      }
      return value;
    }
    if (c >= '0' && c <= '9') {
      return number();
    }
    String name = name();
    if (name.isEmpty()) {
      throw new ArithmeticException("syntax error: operand expected");
    }
    long value = variable(name);
    if (text.startsWith("++", at) || text.startsWith("--", at)) {
      store(name, value + (text.charAt(at) == '+' ? 1 : -1));
      at += 2;
    }
    return value;
  }

  private long number() {
    int mark = at;
    while (Character.isLetterOrDigit(peek()) || peek() == '#') {
      at++;
    }
    String digits = text.substring(mark, at);
    try {
      int hash = digits.indexOf('#');
      if (hash > 0) {
        return Long.parseLong(
            digits.substring(hash + 1), Integer.parseInt(digits.substring(0, hash)));
      }
      if (digits.startsWith("0x") || digits.startsWith("0X")) {
        return Long.parseUnsignedLong(digits.substring(2), 16);
      }
      return digits.length() > 1 && digits.startsWith("0")
          ? Long.parseLong(digits, 8)
          : Long.parseLong(digits);
    } catch (NumberFormatException malformed) {
      throw new ArithmeticException("value too great for base");
    }
  }

  /** A variable's name with its subscript, if one stands here. */
  private String name() {
    int mark = at;
    while (Character.isLetterOrDigit(peek()) && peek() < 128 || peek() == '_') {
      if (at == mark && Character.isDigit(peek())) {
        return "";
      }
      at++;
    }
    if (at > mark && peek() == '[') {
      int close = text.indexOf(']', at);
      if (close > 0) {
        at = close + 1;
      }
    }
    return text.substring(mark, at);
  }

  private long variable(String name) {
    int bracket = name.indexOf('[');
    String value;
    if (bracket > 0) {
      int index = index(name, bracket);
      ShellState.Variable array = state.variables.get(name.substring(0, bracket));
      value = array == null ? "" : array.elements().getOrDefault(index, "");
    } else {
      value = state.get(name).orElse("");
    }
    return value.matches("0|-?[1-9][0-9]{0,17}")
        ? Long.parseLong(value)
        : evaluate(value, state, depth + 1);
  }

  private int index(String name, int bracket) {
    return (int) evaluate(name.substring(bracket + 1, name.length() - 1), state, depth + 1);
  }

  private long store(String name, long value) {
    if (skipping == 0) {
      int bracket = name.indexOf('[');
      if (bracket > 0) {
        state.setElement(name.substring(0, bracket), index(name, bracket), Long.toString(value));
      } else {
        state.set(name, Long.toString(value));
      }
    }
    return value;
  }
}
