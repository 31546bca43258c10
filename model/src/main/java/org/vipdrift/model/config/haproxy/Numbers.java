package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.Optional;

/** Numbers as HAProxy writes them. */
final class Numbers {
  private Numbers() {}

  /** What {@code atol} takes from a text: leading blanks, a sign and digits, else 0. */
  static long prefix(String text) {
    int i = 0;
    while (i < text.length() && LineSplitter.isBlank(text.charAt(i))) {
      i++;
    }
    boolean negative = i < text.length() && text.charAt(i) == '-';
    if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
      i++;
    }
    long value = 0;
    while (i < text.length() && isDigit(text.charAt(i))) {
      int digit = text.charAt(i++) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  /** As {@link #prefix}, cut to 32 bits as a C int is. */
  static int intPrefix(String text) {
    return (int) prefix(text);
  }

  /** A whole number and nothing else. */
  static Optional<Long> whole(String text) {
    String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (digits.isEmpty()
        || digits.length() > 19
        || !digits.chars().allMatch(c -> isDigit((char) c))) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Optional<Integer> whole(String text, int least, int most) {
    return whole(text).filter(v -> v >= least && v <= most).map(Long::intValue);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** What a time can be. */
  sealed interface Time {
    record Value(Duration duration) implements Time {}

    record BadCharacter(char character) implements Time {}

    record Over() implements Time {}
  }

  /**
   * A number with an optional unit.
   *
   * @param unit nanoseconds a number without a unit counts
   */
  static Time time(String text, Duration unit) {
    int i = 0;
    java.math.BigInteger value = java.math.BigInteger.ZERO;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    if (i > 0) {
      value = new java.math.BigInteger(text.substring(0, Math.min(i, 40)));
    }
    if (i == 0) {
      return new Time.BadCharacter(text.isEmpty() ? '\0' : text.charAt(0));
    }
    int unitLength = unitLength(text, i);
    if (unitLength < 0) {
      char bad = text.charAt(i);
      return new Time.BadCharacter(bad == 'u' && i + 1 < text.length() ? text.charAt(i + 1) : bad);
    }
    long nanos = nanos(text.substring(i, i + unitLength), unit);
    java.math.BigInteger total = value.multiply(java.math.BigInteger.valueOf(nanos));
    java.math.BigInteger[] parts =
        total.divideAndRemainder(java.math.BigInteger.valueOf(unit.toNanos()));
    java.math.BigInteger rounded =
        parts[1].signum() > 0 ? parts[0].add(java.math.BigInteger.ONE) : parts[0];
    if (rounded.compareTo(java.math.BigInteger.valueOf(Integer.MAX_VALUE)) > 0) {
      return new Time.Over();
    }
    return new Time.Value(unit.multipliedBy(rounded.longValue()));
  }

  /** The length of the unit at an index; negative if there is none there. */
  private static int unitLength(String text, int at) {
    if (at == text.length()) {
      return 0;
    }
    if (text.startsWith("us", at) || text.startsWith("ms", at)) {
      return 2;
    }
    return "smhd".indexOf(text.charAt(at)) >= 0 ? 1 : -1;
  }

  private static long nanos(String suffix, Duration unit) {
    return switch (suffix) {
      case "" -> unit.toNanos();
      case "us" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> 86_400_000_000_000L;
    };
  }

  /** Whether something follows a time's unit: HAProxy 2.6 only warns of it. */
  static boolean isTrailed(String text) {
    int i = 0;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    int length = unitLength(text, i);
    return i > 0 && length > 0 && i + length < text.length();
  }

  /** A size with an optional {@code k}, {@code m} or {@code g}; negative for a bad character. */
  static long size(String text) {
    int i = 0;
    long value = 0;
    while (i < text.length() && isDigit(text.charAt(i))) {
      value = value * 10 + (text.charAt(i++) - '0');
      if (value > 0xFFFF_FFFFL) {
        return -1;
      }
    }
    int shift =
        switch (text.substring(i)) {
          case "" -> 0;
          case "k", "K" -> 10;
          case "m", "M" -> 20;
          case "g", "G" -> 30;
          default -> -1;
        };
    return shift < 0 || value << shift > 0xFFFF_FFFFL ? -1 : value << shift;
  }
}
