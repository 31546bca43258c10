package org.vipdrift.model.scenario.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of durations: {@code 200ms}, {@code 1m30s}, {@code 50us}, {@code 2h}, {@code 0}. */
public final class DurationText {
  /** Longer ones are refused: simulated nanoseconds must fit a long with room to add. */
  public static final Duration LONGEST = Duration.ofDays(3650);

  private static final Map<String, Long> UNITS = units();
  private static final Pattern PART =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?)(h|ms|m|s|us|ns)");

  private DurationText() {}

  private static Map<String, Long> units() {
    Map<String, Long> units = new LinkedHashMap<>();
    units.put("h", 3_600_000_000_000L);
    units.put("m", 60_000_000_000L);
    units.put("s", 1_000_000_000L);
    units.put("ms", 1_000_000L);
    units.put("us", 1_000L);
    units.put("ns", 1L);
    return units;
  }

  /** Reads parts in falling order of unit, each unit once, after an optional minus sign. */
  public static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    boolean negative = text.startsWith("-");
    Matcher matcher = PART.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    long lastUnit = Long.MAX_VALUE;
    int at = negative ? 1 : 0;
    if (at == text.length()) {
      return Optional.empty();
    }
    while (at < text.length()) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt()) {
        return Optional.empty();
      }
      long unit = UNITS.get(matcher.group(2));
      if (unit >= lastUnit) {
        return Optional.empty();
      }
      sum = sum.add(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)));
      lastUnit = unit;
      at = matcher.end();
    }
    if (sum.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) > 0) {
      return Optional.empty();
    }
    long nanos = sum.longValue();
    return Optional.of(Duration.ofNanos(negative ? -nanos : nanos));
  }

  /** The shortest text that {@link #parse} reads back. */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
    long rest = duration.abs().toNanos();
    for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
      long count = rest / unit.getValue();
      if (count > 0) {
        text.append(count).append(unit.getKey());
        rest %= unit.getValue();
      }
    }
    return text.toString();
  }
}
