package org.vipdrift.model.config.keepalived;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads numbers as keepalived does: decimal, an optional sign, nothing else around them. */
final class Numbers {
  private static final int MOST_DIGITS = 18;
  private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)");

  private Numbers() {}

  static OptionalLong whole(String text) {
    return isWhole(text) && text.length() - digits(text) <= MOST_DIGITS
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** Whether a text is a whole number, however large. */
  static boolean isWhole(String text) {
    int from = digits(text);
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return from < text.length();
  }

  /** Where the digits start: after the sign, if there is one. */
  private static int digits(String text) {
    return text.startsWith("+") || text.startsWith("-") ? 1 : 0;
  }

  /** A number with an optional fraction. */
  static Optional<BigDecimal> decimal(String text) {
    return text.length() <= 40 && DECIMAL.matcher(text).matches()
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }
}
