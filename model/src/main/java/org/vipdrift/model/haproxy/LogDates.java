package org.vipdrift.model.haproxy;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Dates as HAProxy's log lines show them, in UTC. */
final class LogDates {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final long SECOND = 1_000_000_000L;

  private LogDates() {}

  /** {@code 22/Nov/2026:18:55:23.926}. */
  static void withMilliseconds(StringBuilder text, long wallNanos) {
    toSeconds(text, wallNanos);
    int milliseconds = (int) (Math.floorMod(wallNanos, SECOND) / 1_000_000);
    text.append('.').append((char) ('0' + milliseconds / 100));
    two(text, milliseconds % 100);
  }

  /** {@code 22/Nov/2026:18:55:23 +0000}. */
  static String withZone(long wallNanos) {
    StringBuilder text = new StringBuilder(26);
    toSeconds(text, wallNanos);
    return text.append(" +0000").toString();
  }

  private static void toSeconds(StringBuilder text, long wallNanos) {
    LocalDateTime t =
        LocalDateTime.ofEpochSecond(Math.floorDiv(wallNanos, SECOND), 0, ZoneOffset.UTC);
    two(text, t.getDayOfMonth());
    int month = 3 * (t.getMonthValue() - 1);
    text.append('/').append(MONTHS, month, month + 3).append('/').append(t.getYear()).append(':');
    two(text, t.getHour());
    text.append(':');
    two(text, t.getMinute());
    text.append(':');
    two(text, t.getSecond());
  }

  private static void two(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
