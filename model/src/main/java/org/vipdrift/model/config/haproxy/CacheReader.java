package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.haproxy.settings.CacheSettings;

/** Reads a {@code cache} section. */
final class CacheReader implements SmallSection {
  private static final List<String> WORDS =
      List.of(
          "total-max-size", "max-age", "max-object-size", "process-vary", "max-secondary-entries");

  private final Reading reading;
  private final Line first;
  private int total;
  private long object;
  private Duration age = Duration.ofSeconds(60);

  CacheReader(Reading reading, Line line) {
    this.reading = reading;
    this.first = line;
  }

  @Override
  public void line(Line line) {
    if (!WORDS.contains(line.text(0))) {
      SmallSection.unknown(reading, line, "cache", WORDS);
      return;
    }
    if (!reading.atMost(line, 1)) {
      return;
    }
    if (line.is(0, "process-vary")) {
      if (!List.of("on", "off").contains(line.text(1))) {
        reading.log.warning("bad-choice", "process-vary is on or off", line.span(1));
      }
      return;
    }
    if (line.is(0, "max-age")) {
      age = Duration.ofSeconds(Math.max(0, Numbers.intPrefix(line.text(1))));
      return;
    }
    int most = line.is(0, "total-max-size") ? 4095 : Integer.MAX_VALUE;
    Optional<Integer> number = reading.number(line, 1, line.text(0), 0, most);
    if (number.isEmpty()) {
      return;
    }
    switch (line.text(0)) {
      case "total-max-size" -> total = number.get();
      case "max-object-size" -> object = number.get();
      default -> {
        // Secondary entries are not kept.
      }
    }
  }

  @Override
  public void end() {
    if (total == 0) {
      reading.log.error("missing-size", "the cache needs total-max-size", first.span());
    }
    long most = total * 1024L * 1024L / 2;
    if (object > most) {
      reading.log.error("bad-size", "max-object-size is above half of the cache", first.span());
    }
    reading.sections.caches.putIfAbsent(
        first.text(1),
        new CacheSettings(first.text(1), total, object == 0 ? most / 128 : object, age));
  }
}
