package org.vipdrift.simulator.shell.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Command-line options in the manner of getopt. */
final class Options {
  private final TreeMap<String, List<String>> given = new TreeMap<>();
  private final List<String> operands = new ArrayList<>();
  private Optional<String> unknown = Optional.empty();

  /**
   * Sorts arguments.
   *
   * @param letters the one-letter options, each followed by a colon if it takes a value
   * @param words the long options, each ending in {@code =} if it takes a value
   */
  static Options parse(List<String> arguments, String letters, String... words) {
    return parse(arguments, letters, false, words);
  }

  /** As {@link #parse(List, String, String...)}, but all from the first operand on is operands. */
  static Options parseFirst(List<String> arguments, String letters, String... words) {
    return parse(arguments, letters, true, words);
  }

  private static Options parse(
      List<String> arguments, String letters, boolean stopAtOperand, String... words) {
    Options options = new Options();
    List<String> longOptions = List.of(words);
    int i = 0;
    while (i < arguments.size()) {
      String argument = arguments.get(i);
      if (argument.equals("--")) {
        options.operands.addAll(arguments.subList(i + 1, arguments.size()));
        break;
      }
      if (argument.startsWith("--")) {
        i = options.longOption(arguments, i, longOptions);
      } else if (argument.startsWith("-") && argument.length() > 1) {
        i = options.shortOptions(arguments, i, letters);
      } else {
        if (stopAtOperand) {
          options.operands.addAll(arguments.subList(i, arguments.size()));
          break;
        }
        options.operands.add(argument);
      }
      i++;
    }
    return options;
  }

  private int longOption(List<String> arguments, int i, List<String> longOptions) {
    String argument = arguments.get(i);
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    if (longOptions.contains(name + "=")) {
      if (equals >= 0) {
        put(name, argument.substring(equals + 1));
        return i;
      }
      if (i + 1 < arguments.size()) {
        put(name, arguments.get(i + 1));
        return i + 1;
      }
      unknown = Optional.of(name);
    } else if (longOptions.contains(name)) {
      put(name, equals < 0 ? "" : argument.substring(equals + 1));
    } else {
      unknown = Optional.of(argument);
    }
    return i;
  }

  private int shortOptions(List<String> arguments, int i, String letters) {
    String argument = arguments.get(i);
    for (int c = 1; c < argument.length(); c++) {
      int known = letters.indexOf(argument.charAt(c));
      if (known < 0 || argument.charAt(c) == ':') {
        unknown = Optional.of(argument);
        return i;
      }
      String name = "-" + argument.charAt(c);
      if (known + 1 < letters.length() && letters.charAt(known + 1) == ':') {
        if (c + 1 < argument.length()) {
          put(name, argument.substring(c + 1));
          return i;
        }
        if (i + 1 < arguments.size()) {
          put(name, arguments.get(i + 1));
          return i + 1;
        }
        unknown = Optional.of(argument);
        return i;
      }
      put(name, "");
    }
    return i;
  }

  private void put(String name, String value) {
    given.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  boolean has(String... names) {
    for (String name : names) {
      if (given.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  /** The last value given under one of the names. */
  Optional<String> value(String... names) {
    for (String name : names) {
      if (given.containsKey(name)) {
        return Optional.of(given.get(name).getLast());
      }
    }
    return Optional.empty();
  }

  List<String> values(String name) {
    return given.getOrDefault(name, List.of());
  }

  int number(String name, int otherwise) {
    return value(name)
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(Integer::parseInt)
        .orElse(otherwise);
  }

  /** Seconds with a fraction; the other duration if the option is missing or is no number. */
  Duration seconds(String name, Duration otherwise) {
    return value(name).flatMap(Options::duration).orElse(otherwise);
  }

  /** A number with an optional s, m, h or d, as {@code sleep} and {@code timeout} take it. */
  static Optional<Duration> duration(String text) {
    if (!text.matches("[0-9]{0,9}(\\.[0-9]{0,9})?[smhd]?") || !text.matches(".*[0-9].*")) {
      return Optional.empty();
    }
    char last = text.charAt(text.length() - 1);
    long scale =
        switch (last) {
          case 'm' -> 60;
          case 'h' -> 3_600;
          case 'd' -> 86_400;
          default -> 1;
        };
    String digits = Character.isLetter(last) ? text.substring(0, text.length() - 1) : text;
    java.math.BigDecimal nanos =
        new java.math.BigDecimal("0" + (digits.endsWith(".") ? digits + "0" : digits))
            .multiply(java.math.BigDecimal.valueOf(scale * 1_000_000_000L));
    return Optional.of(Duration.ofNanos(Math.min(nanos.longValue(), 30_000_000_000_000_000L)));
  }

  List<String> operands() {
    return operands;
  }

  /** An option that is not in the lists. */
  Optional<String> unknown() {
    return unknown;
  }
}
