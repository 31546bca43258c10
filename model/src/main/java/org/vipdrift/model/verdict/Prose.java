package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.List;

/** How times and lists are written for people. */
public final class Prose {
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private Prose() {}

  /** A moment of the run, to the millisecond: {@code 10.000 s}. */
  public static String at(long nanos) {
    return decimal(nanos, SECOND, 3) + " s";
  }

  /** A length of time with three digits or so: {@code 0.4 ms}, {@code 612 ms}, {@code 3.61 s}. */
  public static String length(Duration duration) {
    long nanos = duration.toNanos();
    long size = Math.abs(nanos);
    if (size == 0) {
      return "0 s";
    }
    if (size < MILLISECOND) {
      return trimmed(decimal(nanos, 1_000, 1)) + " us";
    }
    if (size < 10 * MILLISECOND) {
      return trimmed(decimal(nanos, MILLISECOND, 1)) + " ms";
    }
    if (size < 995 * MILLISECOND) {
      return decimal(nanos, MILLISECOND, 0) + " ms";
    }
    return trimmed(decimal(nanos, SECOND, size < 100 * SECOND ? 2 : 1)) + " s";
  }

  /** {@code 10.000 s to 13.612 s (3.61 s)}. */
  static String span(Span span) {
    return at(span.fromNanos()) + " to " + at(span.toNanos()) + " (" + length(span.length()) + ")";
  }

  /** The words with commas and an {@code and}; {@code nobody} if there are none. */
  public static String and(List<String> words) {
    return switch (words.size()) {
      case 0 -> "nobody";
      case 1 -> words.getFirst();
      default -> String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    };
  }

  /** The number with its noun: {@code 1 request}, {@code 2 requests}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 66.7 %}, rounded to a tenth. */
  public static String percent(long part, long whole) {
    long tenths = whole == 0 ? 0 : (part * 2_000 + whole) / (2 * whole);
    return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " %";
  }

  /** Without a fraction where there is none: {@code 99}, {@code 99.9}. */
  static String number(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static String trimmed(String decimal) {
    if (decimal.indexOf('.') < 0) {
      return decimal;
    }
    int end = decimal.length();
    while (decimal.charAt(end - 1) == '0') {
      end--;
    }
    return decimal.substring(0, decimal.charAt(end - 1) == '.' ? end - 1 : end);
  }

  private static String decimal(long nanos, long unit, int digits) {
    long step = unit;
    for (int i = 0; i < digits; i++) {
      step /= 10;
    }
    long rounded = (Math.abs(nanos) + step / 2) / step;
    long scale = unit / step;
    StringBuilder text = new StringBuilder();
    if (nanos < 0 && rounded > 0) {
      text.append('-');
    }
    text.append(rounded / scale);
    if (digits > 0) {
      String fraction = Long.toString(rounded % scale);
      text.append('.').repeat('0', digits - fraction.length()).append(fraction);
    }
    return text.toString();
  }
}
