package org.vipdrift.model.config.nginx;

import java.time.Duration;
import java.util.Optional;

/** The values that directives take. */
final class Values {
  private static final long MOST = Integer.MAX_VALUE;

  private Values() {}

  /** {@code 1h 30m}, {@code 500ms}, {@code 75}: seconds if without unit; largest unit first. */
  static Optional<Duration> time(String text) {
    return time(text, "wdhms", true);
  }

  /** The same in whole seconds, with years and months. */
  static Optional<Duration> seconds(String text) {
    return time(text, "yMwdhms", false);
  }

  private static Optional<Duration> time(String text, String units, boolean milliseconds) {
    long total = 0;
    int reached = -1;
    int at = 0;
    boolean any = false;
    while (at < text.length()) {
      int start = at;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
      if (at == start || at - start > 9) {
        return Optional.empty();
      }
      long number = Long.parseLong(text.substring(start, at));
      boolean inMilliseconds = milliseconds && text.startsWith("ms", at);
      int unit;
      if (inMilliseconds) {
        unit = units.length();
        at += 2;
      } else if (at == text.length()) {
        unit = units.indexOf('s');
      } else {
        unit = units.indexOf(text.charAt(at++));
      }
      if (unit <= reached) {
        return Optional.empty();
      }
      reached = unit;
      total += number * (inMilliseconds ? 1 : millis(units.charAt(unit)));
      any = true;
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }
    return any && total / 1_000 <= MOST ? Optional.of(Duration.ofMillis(total)) : Optional.empty();
  }

  private static long millis(char unit) {
    return 1_000L
        * switch (unit) {
          case 'y' -> 365 * 86_400;
          case 'M' -> 30 * 86_400;
          case 'w' -> 7 * 86_400;
          case 'd' -> 86_400;
          case 'h' -> 3_600;
          case 'm' -> 60;
          default -> 1;
        };
  }

  /** Octets: {@code 8k}, {@code 1m}, and {@code 2g} where allowed. */
  static Optional<Long> size(String text, boolean giga) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    long factor =
        switch (text.charAt(text.length() - 1)) {
          case 'k', 'K' -> 1L << 10;
          case 'm', 'M' -> 1L << 20;
          case 'g', 'G' -> giga ? 1L << 30 : 1;
          default -> 1;
        };
    return number(factor == 1 ? text : text.substring(0, text.length() - 1))
        .map(number -> number * factor);
  }

  static Optional<Integer> integer(String text) {
    return number(text).map(Long::intValue);
  }

  /** Digits alone, at most 2147483647. */
  static Optional<Long> number(String text) {
    if (text.isEmpty() || text.length() > 10) {
      return Optional.empty();
    }
    for (int at = 0; at < text.length(); at++) {
      if (!isDigit(text.charAt(at))) {
        return Optional.empty();
      }
    }
    return Optional.of(Long.parseLong(text)).filter(number -> number <= MOST);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
