package org.vipdrift.model.config.keepalived;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads numbers as keepalived does: decimal, an optional sign, nothing else around them. */
final class Numbers {
  private Numbers() {}

  static OptionalLong whole(String text) {
    return text.matches("[+-]?[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** Whether a text is a whole number, however large. */
  static boolean isWhole(String text) {
    return text.matches("[+-]?[0-9]+");
  }

  /** A number with an optional fraction. */
  static Optional<BigDecimal> decimal(String text) {
    return text.length() <= 40 && text.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }
}
