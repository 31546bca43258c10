package org.vipdrift.simulator.shell;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.PatternSyntaxException;
import org.vipdrift.simulator.shell.syntax.Command.Condition;

/** Decides the conditions of {@code [[ ]]} and the primaries that it shares with {@code test}. */
final class Conditions {
  private final Expander expander;

  Conditions(Expander expander) {
    this.expander = expander;
  }

  Task<Boolean> test(Condition condition, Frame frame) {
    return switch (condition) {
      case Condition.Unary(String operator, var operand) ->
          expander
              .text(operand, frame)
              .then(
                  text ->
                      unary(operator, text, frame)
                          .map(Task::of)
                          .orElseGet(() -> wrong(operator, frame)));
      case Condition.Binary binary -> binary(binary, frame);
      case Condition.Not(Condition inner) -> test(inner, frame).map(holds -> !holds);
      case Condition.Both(Condition left, Condition right) ->
          test(left, frame).then(holds -> holds ? test(right, frame) : Task.of(false));
      case Condition.Either(Condition left, Condition right) ->
          test(left, frame).then(holds -> holds ? Task.of(true) : test(right, frame));
    };
  }

  private static Task<Boolean> wrong(String operator, Frame frame) {
    frame.complain("conditional operator " + operator + " is not simulated");
    return Task.raise(new Task.Leaving.Aborted(2));
  }

  private Task<Boolean> binary(Condition.Binary binary, Frame frame) {
    return expander
        .text(binary.left(), frame)
        .then(
            left ->
                switch (binary.operator()) {
                  case "=", "==" ->
                      expander.pattern(binary.right(), frame).map(p -> p.matches(left));
                  case "!=" -> expander.pattern(binary.right(), frame).map(p -> !p.matches(left));
                  case "=~" ->
                      expander
                          .regularExpression(binary.right(), frame)
                          .then(expression -> matches(left, expression, frame));
                  case "<", ">" ->
                      expander
                          .text(binary.right(), frame)
                          .map(
                              right ->
                                  binary.operator().equals("<")
                                      ? left.compareTo(right) < 0
                                      : left.compareTo(right) > 0);
                  case "-nt", "-ot", "-ef" ->
                      expander
                          .text(binary.right(), frame)
                          .map(right -> files(left, binary.operator(), right, frame.state().host));
                  default ->
                      Expander.arithmetic(left, frame)
                          .then(
                              a ->
                                  expander
                                      .arithmetic(binary.right(), frame)
                                      .map(b -> compare(a, binary.operator(), b)));
                });
  }

  private static Task<Boolean> matches(String text, String expression, Frame frame) {
    try {
      Matcher matcher = RegularExpressions.extended(expression, false).matcher(text);
      boolean found = matcher.find();
      if (found) {
        java.util.List<String> groups = new java.util.ArrayList<>();
        for (int i = 0; i <= matcher.groupCount(); i++) {
          groups.add(Optional.ofNullable(matcher.group(i)).orElse(""));
        }
        frame.state().setArray("BASH_REMATCH", groups, false);
      }
      return Task.of(found);
    } catch (PatternSyntaxException malformed) {
      return Task.raise(new Task.Leaving.Aborted(2));
    }
  }

  static boolean compare(long a, String operator, long b) {
    return switch (operator) {
      case "-eq" -> a == b;
      case "-ne" -> a != b;
      case "-lt" -> a < b;
      case "-le" -> a <= b;
      case "-gt" -> a > b;
      default -> a >= b;
    };
  }

  static boolean files(String left, String operator, String right, ShellHost host) {
    Optional<ShellHost.HostFile> a = host.file(left);
    Optional<ShellHost.HostFile> b = host.file(right);
    return switch (operator) {
      case "-nt" -> a.isPresent() && (b.isEmpty() || a.get().modified() > b.get().modified());
      case "-ot" -> b.isPresent() && (a.isEmpty() || a.get().modified() < b.get().modified());
      default -> a.isPresent() && left.equals(right);
    };
  }

  /** Empty if the operator is unknown. */
  static Optional<Boolean> unary(String operator, String text, Frame frame) {
    ShellHost host = frame.state().host;
    return switch (operator) {
      case "-n" -> Optional.of(!text.isEmpty());
      case "-z" -> Optional.of(text.isEmpty());
      case "-e", "-a", "-r", "-w" ->
          Optional.of(text.equals("/dev/null") || host.file(text).isPresent());
      case "-f" -> Optional.of(host.file(text).map(file -> !file.directory()).orElse(false));
      case "-d" -> Optional.of(host.file(text).map(ShellHost.HostFile::directory).orElse(false));
      case "-x" ->
          Optional.of(
              host.file(text).map(file -> file.executable() || file.directory()).orElse(false));
      case "-s" -> Optional.of(host.file(text).map(file -> !file.text().isEmpty()).orElse(false));
      case "-L", "-h", "-p", "-S", "-b", "-c", "-t" -> Optional.of(false);
      case "-v" -> Optional.of(frame.state().variables.containsKey(text));
      default -> Optional.empty();
    };
  }

  /** A decimal integer as {@code test} accepts it. */
  static OptionalLong integer(String text) {
    String stripped = text.strip();
    return stripped.matches("[+-]?[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(stripped))
        : OptionalLong.empty();
  }
}
