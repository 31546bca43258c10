package org.vipdrift.model.config.keepalived;

import java.util.OptionalLong;

/** Reads whole numbers as keepalived does: decimal, an optional sign, nothing else around them. */
final class Numbers {
  private static final int MOST_DIGITS = 18;

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
}
