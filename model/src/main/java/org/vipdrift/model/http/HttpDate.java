package org.vipdrift.model.http;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Dates as HTTP writes them, in wall-clock nanoseconds since 1970. */
public final class HttpDate {
  private static final long BILLION = 1_000_000_000L;

  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private HttpDate() {}

  /** IMF-fixdate (RFC 9110 section 5.6.7): {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  public static String format(long wallNanos) {
    LocalDateTime t =
        LocalDateTime.ofEpochSecond(Math.floorDiv(wallNanos, BILLION), 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(29);
    text.append(DAYS.get(t.getDayOfWeek().ordinal())).append(", ");
    two(text, t.getDayOfMonth()).append(' ').append(MONTHS.get(t.getMonthValue() - 1)).append(' ');
    two(text, t.getYear() / 100);
    two(text, t.getYear() % 100).append(' ');
    two(text, t.getHour()).append(':');
    two(text, t.getMinute()).append(':');
    return two(text, t.getSecond()).append(" GMT").toString();
  }

  private static StringBuilder two(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /**
   * Reads any of the formats that are about, as RFC 6265 section 5.1.1 tells clients to; seconds
   * since 1970, empty if it is no date.
   */
  public static OptionalLong parseSeconds(String text) {
    int[] time = null;
    int day = -1;
    int month = -1;
    int year = -1;
    for (String token : text.split("[\\t \\x21-\\x2f\\x3b-\\x40\\x5b-\\x60\\x7b-\\x7e]+")) {
      int[] maybeTime = time == null ? time(token) : null;
      if (maybeTime != null) {
        time = maybeTime;
      } else if (day < 0 && digits(token) >= 1 && digits(token) <= 2) {
        day = Integer.parseInt(token.substring(0, digits(token)));
      } else if (month < 0 && month(token) > 0) {
        month = month(token);
      } else if (year < 0 && digits(token) >= 2 && digits(token) <= 4) {
        year = Integer.parseInt(token.substring(0, digits(token)));
      }
    }
    if (time == null || day < 0 || month < 0 || year < 0) {
      return OptionalLong.empty();
    }
    int fullYear = year >= 70 && year <= 99 ? year + 1900 : year < 70 ? year + 2000 : year;
    if (fullYear < 1601) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(
          LocalDateTime.of(fullYear, month, day, time[0], time[1], time[2])
              .toEpochSecond(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  private static int @org.jspecify.annotations.Nullable [] time(String token) {
    String[] parts = token.split(":", -1);
    if (parts.length != 3) {
      return null;
    }
    int[] time = new int[3];
    for (int at = 0; at < 3; at++) {
      int digits = digits(parts[at]);
      if (digits < 1 || digits > 2 || at < 2 && digits != parts[at].length()) {
        return null;
      }
      time[at] = Integer.parseInt(parts[at].substring(0, digits));
    }
    return time;
  }

  private static int month(String token) {
    return token.length() < 3
        ? 0
        : 1
            + MONTHS.indexOf(
                token.substring(0, 1).toUpperCase(Locale.ROOT)
                    + token.substring(1, 3).toLowerCase(Locale.ROOT));
  }

  /** How many digits it begins with. */
  private static int digits(String token) {
    int count = 0;
    while (count < token.length() && token.charAt(count) >= '0' && token.charAt(count) <= '9') {
      count++;
    }
    return count;
  }
}
