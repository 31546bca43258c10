package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.Optional;

/**
 * A decimal number of seconds as keepalived reads it: an optional sign, digits with or without a
 * point, at most 40 characters.
 *
 * <p>Not a {@code BigDecimal}: the first of those has powers of five computed which no
 * configuration needs, for longer than the rest of a small configuration takes to read.
 *
 * @param negative below zero
 * @param micros the whole microseconds of its magnitude, unsigned; 2^64-1 if they are that many or
 *     more
 * @param beyond whether there is more behind the microseconds
 */
record Decimal(boolean negative, long micros, boolean beyond) {
  private static final int MOST_CHARACTERS = 40;
  private static final int PLACES = 6;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MOST = -1L;

  static Optional<Decimal> parse(String text) {
    int start = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    int point = text.indexOf('.');
    int end = point < 0 ? text.length() : point;
    long micros = 0;
    boolean beyond = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (i != point && (c < '0' || c > '9')) {
        return Optional.empty();
      }
      if (i > end + PLACES) {
        beyond |= c != '0';
      } else if (i != point) {
        micros = append(micros, c - '0');
      }
    }
    int digits = text.length() - start - (point < 0 ? 0 : 1);
    if (digits == 0 || text.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    for (int places = Math.max(0, text.length() - 1 - end); places < PLACES; places++) {
      micros = append(micros, 0);
    }
    return Optional.of(
        new Decimal(text.startsWith("-") && (micros != 0 || beyond), micros, beyond));
  }

  private static long append(long number, int digit) {
    boolean fits = Long.compareUnsigned(number, Long.divideUnsigned(MOST - digit, 10)) <= 0;
    return fits ? number * 10 + digit : MOST;
  }

  /**
   * @param low not negative, of six decimal places at most
   * @param high as {@code low}
   */
  boolean isBetween(String low, String high) {
    return !negative && compareTo(bound(low)) >= 0 && compareTo(bound(high)) <= 0;
  }

  private int compareTo(Decimal bound) {
    int whole = Long.compareUnsigned(micros, bound.micros);
    return whole == 0 && beyond ? 1 : whole;
  }

  private static Decimal bound(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  /** Of its magnitude, down to a microsecond. */
  Duration toDuration() {
    long seconds = Long.divideUnsigned(micros, MICROS_PER_SECOND);
    return Duration.ofSeconds(seconds, Long.remainderUnsigned(micros, MICROS_PER_SECOND) * 1_000);
  }
}
