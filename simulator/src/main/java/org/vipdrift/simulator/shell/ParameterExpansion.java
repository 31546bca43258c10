package org.vipdrift.simulator.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import org.vipdrift.simulator.shell.Expander.Segment;
import org.vipdrift.simulator.shell.syntax.Word;
import org.vipdrift.simulator.shell.syntax.Word.Operator;
import org.vipdrift.simulator.shell.syntax.Word.Parameter;

/** Expands {@code $name} and all forms of <code>${...}</code>. */
final class ParameterExpansion {
  private final Expander expander;

  ParameterExpansion(Expander expander) {
    this.expander = expander;
  }

  Task<List<Segment>> expand(Parameter parameter, Frame frame) {
    Optional<String> index = parameter.index().flatMap(Word::literal);
    boolean all = index.filter(text -> text.equals("@") || text.equals("*")).isPresent();
    String name = parameter.name();
    if (all || name.equals("@") || name.equals("*")) {
      List<String> values = all ? frame.state().elements(name) : frame.state().arguments;
      boolean star = all ? index.get().equals("*") : name.equals("*");
      return list(parameter, values, star, frame);
    }
    return value(parameter, frame).then(value -> operate(parameter, value, frame));
  }

  private Task<List<Segment>> list(
      Parameter parameter, List<String> values, boolean star, Frame frame) {
    boolean quoted = parameter.quoted();
    if (parameter.operator() == Operator.LENGTH) {
      return Task.of(List.of(Segment.expanded(Integer.toString(values.size()), quoted)));
    }
    if (parameter.operator() == Operator.SUBSTRING) {
      return slice(parameter, values, frame).map(part -> segments(part, star, quoted, frame));
    }
    if (parameter.operator() != Operator.VALUE) {
      String joined = String.join(" ", values);
      return operate(parameter, values.isEmpty() ? Optional.empty() : Optional.of(joined), frame);
    }
    return Task.of(segments(values, star, quoted, frame));
  }

  private Task<List<String>> slice(Parameter parameter, List<String> values, Frame frame) {
    List<String> counted = new ArrayList<>();
    if (parameter.name().equals("@") || parameter.name().equals("*")) {
      counted.add(frame.state().scriptName);
    }
    counted.addAll(values);
    return Task.each(parameter.operands(), operand -> expander.arithmetic(operand, frame))
        .map(
            bounds -> {
              int from = Math.clamp(bounds.getFirst(), 0, counted.size());
              long count = bounds.size() > 1 ? Math.max(0, bounds.get(1)) : counted.size();
              return counted.subList(from, (int) Math.min(counted.size(), from + count));
            });
  }

  private static List<Segment> segments(
      List<String> values, boolean star, boolean quoted, Frame frame) {
    if (star && quoted) {
      String separators = frame.state().get("IFS").orElse(" ");
      return List.of(
          Segment.of(
              String.join(separators.isEmpty() ? "" : separators.substring(0, 1), values), true));
    }
    List<Segment> segments = new ArrayList<>();
    for (String value : values) {
      segments.add(
          segments.isEmpty() ? Segment.expanded(value, quoted) : Segment.next(value, quoted));
    }
    return segments;
  }

  /** The value before its operator. */
  private Task<Optional<String>> value(Parameter parameter, Frame frame) {
    ShellState state = frame.state();
    String name = parameter.name();
    if (parameter.index().isPresent()) {
      return expander
          .arithmetic(parameter.index().get(), frame)
          .map(
              i ->
                  Optional.ofNullable(state.variables.get(name))
                      .map(
                          v ->
                              v.elements()
                                  .get(
                                      i < 0 && !v.elements().isEmpty()
                                          ? (int) (v.elements().lastKey() + 1 + i)
                                          : i.intValue())));
    }
    return Task.of(simpleValue(name, state, parameter));
  }

  static Optional<String> simpleValue(String name, ShellState state, Parameter parameter) {
    return switch (name) {
      case "#" -> Optional.of(Integer.toString(state.arguments.size()));
      case "?" -> Optional.of(Integer.toString(state.status));
      case "$" -> Optional.of(Integer.toString(state.mainPid));
      case "!" ->
          state.lastBackgroundPid == 0
              ? Optional.empty()
              : Optional.of(Integer.toString(state.lastBackgroundPid));
      case "-" -> Optional.of("hB");
      case "0" -> Optional.of(state.scriptName);
      case "LINENO" -> Optional.of(Integer.toString(parameter.place().line()));
      case "SECONDS" ->
          Optional.of(Long.toString((state.host.nowNanos() - state.startNanos) / 1_000_000_000L));
      case "PPID" -> Optional.of(Integer.toString(parent(state)));
      case "HOSTNAME" -> state.get(name).or(() -> Optional.of(state.host.hostName()));
      default -> {
        if (Character.isDigit(name.charAt(0))) {
          int number = name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name);
          yield number == 0
              ? Optional.of(state.scriptName)
              : number <= state.arguments.size()
                  ? Optional.of(state.arguments.get(number - 1))
                  : Optional.empty();
        }
        yield state.get(name);
      }
    };
  }

  private static int parent(ShellState state) {
    return state.host.processes().stream()
        .filter(process -> process.pid() == state.mainPid)
        .mapToInt(ShellHost.HostProcess::parentPid)
        .findFirst()
        .orElse(1);
  }

  private Task<List<Segment>> operate(Parameter parameter, Optional<String> value, Frame frame) {
    boolean quoted = parameter.quoted();
    String text = value.orElse("");
    return switch (parameter.operator()) {
      case VALUE -> {
        if (value.isEmpty() && frame.state().options.contains(ShellState.Option.UNSET_IS_ERROR)) {
          yield unset(parameter.name() + ": unbound variable", 127, frame);
        }
        yield result(text, quoted);
      }
      case LENGTH -> {
        if (value.isEmpty() && frame.state().options.contains(ShellState.Option.UNSET_IS_ERROR)) {
          yield unset(parameter.name() + ": unbound variable", 127, frame);
        }
        yield result(Integer.toString(text.codePointCount(0, text.length())), quoted);
      }
      case INDIRECT ->
          result(
              text.matches("[A-Za-z_][A-Za-z_0-9]*|[0-9]+")
                  ? simpleValue(text, frame.state(), parameter).orElse("")
                  : "",
              quoted);
      case DEFAULT_IF_UNSET -> value.isPresent() ? result(text, quoted) : operand(parameter, frame);
      case DEFAULT_IF_EMPTY -> !text.isEmpty() ? result(text, quoted) : operand(parameter, frame);
      case ALTERNATIVE_IF_SET -> value.isEmpty() ? none(quoted) : operand(parameter, frame);
      case ALTERNATIVE_IF_NOT_EMPTY -> text.isEmpty() ? none(quoted) : operand(parameter, frame);
      case ASSIGN_IF_UNSET -> value.isPresent() ? result(text, quoted) : assign(parameter, frame);
      case ASSIGN_IF_EMPTY -> !text.isEmpty() ? result(text, quoted) : assign(parameter, frame);
      case ERROR_IF_UNSET -> value.isPresent() ? result(text, quoted) : error(parameter, frame);
      case ERROR_IF_EMPTY -> !text.isEmpty() ? result(text, quoted) : error(parameter, frame);
      case REMOVE_SHORTEST_PREFIX,
          REMOVE_LONGEST_PREFIX,
          REMOVE_SHORTEST_SUFFIX,
          REMOVE_LONGEST_SUFFIX ->
          expander
              .pattern(parameter.operands().getFirst(), frame)
              .then(pattern -> result(trimmed(text, pattern, parameter.operator()), quoted));
      case REPLACE_FIRST, REPLACE_ALL, REPLACE_PREFIX, REPLACE_SUFFIX ->
          replaced(parameter, text, frame).then(changed -> result(changed, quoted));
      case SUBSTRING ->
          Task.each(parameter.operands(), operand -> expander.arithmetic(operand, frame))
              .then(bounds -> result(substring(text, bounds), quoted));
      case UPPER_ALL -> result(text.toUpperCase(Locale.ROOT), quoted);
      case LOWER_ALL -> result(text.toLowerCase(Locale.ROOT), quoted);
      case UPPER_FIRST -> result(first(text).toUpperCase(Locale.ROOT) + rest(text), quoted);
      case LOWER_FIRST -> result(first(text).toLowerCase(Locale.ROOT) + rest(text), quoted);
    };
  }

  private static String first(String text) {
    return text.isEmpty() ? "" : text.substring(0, 1);
  }

  private static String rest(String text) {
    return text.isEmpty() ? "" : text.substring(1);
  }

  private static Task<List<Segment>> result(String text, boolean quoted) {
    return Task.of(List.of(Segment.expanded(text, quoted)));
  }

  private static Task<List<Segment>> none(boolean quoted) {
    return result("", quoted);
  }

  private Task<List<Segment>> operand(Parameter parameter, Frame frame) {
    return expander
        .segments(parameter.operands().getFirst(), frame)
        .map(
            segments ->
                segments.stream()
                    .map(
                        s ->
                            new Segment(
                                s.text(),
                                s.quoted() || parameter.quoted(),
                                !s.quoted() && !parameter.quoted(),
                                s.boundary()))
                    .toList());
  }

  private Task<List<Segment>> assign(Parameter parameter, Frame frame) {
    return expander
        .text(parameter.operands().getFirst(), frame)
        .then(
            text -> {
              if (!WordNames.isName(parameter.name())) {
                return unset("$" + parameter.name() + ": cannot assign in this way", 1, frame);
              }
              frame.state().set(parameter.name(), text);
              return result(text, parameter.quoted());
            });
  }

  private Task<List<Segment>> error(Parameter parameter, Frame frame) {
    return expander
        .text(parameter.operands().getFirst(), frame)
        .then(
            text ->
                unset(
                    parameter.name() + ": " + (text.isEmpty() ? "parameter not set" : text),
                    127,
                    frame));
  }

  private static Task<List<Segment>> unset(String message, int code, Frame frame) {
    frame.complain(message);
    return Task.raise(new Task.Leaving.Exit(code));
  }

  private static String trimmed(String text, Pattern pattern, Operator operator) {
    java.util.regex.Pattern compiled = pattern.compiled();
    boolean prefix =
        operator == Operator.REMOVE_SHORTEST_PREFIX || operator == Operator.REMOVE_LONGEST_PREFIX;
    boolean shortest =
        operator == Operator.REMOVE_SHORTEST_PREFIX || operator == Operator.REMOVE_SHORTEST_SUFFIX;
    int length = text.length();
    for (int i = 0; i <= length; i++) {
      int size = shortest ? i : length - i;
      String part = prefix ? text.substring(0, size) : text.substring(length - size);
      if (compiled.matcher(part).matches()) {
        return prefix ? text.substring(size) : text.substring(0, length - size);
      }
    }
    return text;
  }

  private Task<String> replaced(Parameter parameter, String text, Frame frame) {
    Task<String> replacement =
        parameter.operands().size() > 1
            ? expander.text(parameter.operands().get(1), frame)
            : Task.of("");
    return expander
        .pattern(parameter.operands().getFirst(), frame)
        .then(
            pattern ->
                replacement.map(
                    with -> replace(text, pattern.compiled(), with, parameter.operator())));
  }

  private static String replace(
      String text, java.util.regex.Pattern pattern, String replacement, Operator operator) {
    if (pattern.pattern().isEmpty()) {
      return text;
    }
    String quoted = Matcher.quoteReplacement(replacement);
    return switch (operator) {
      case REPLACE_ALL -> pattern.matcher(text).replaceAll(quoted);
      case REPLACE_PREFIX -> {
        Matcher matcher = pattern.matcher(text);
        yield matcher.lookingAt() ? replacement + text.substring(matcher.end()) : text;
      }
      case REPLACE_SUFFIX -> {
        for (int from = 0; from <= text.length(); from++) {
          if (pattern.matcher(text.substring(from)).matches()) {
            yield text.substring(0, from) + replacement;
          }
        }
        yield text;
      }
      default -> pattern.matcher(text).replaceFirst(quoted);
    };
  }

  private static String substring(String text, List<Long> bounds) {
    long length = text.length();
    long from = bounds.getFirst() < 0 ? length + bounds.getFirst() : bounds.getFirst();
    if (from < 0 || from > length) {
      return "";
    }
    long to = length;
    if (bounds.size() > 1) {
      long count = bounds.get(1);
      to = count < 0 ? length + count : Math.min(length, from + count);
    }
    return to <= from ? "" : text.substring((int) from, (int) to);
  }
}
