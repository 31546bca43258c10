package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** GARP settings while they are being read; empty where nothing was written. */
final class GarpDraft {
  Optional<Duration> masterDelay = Optional.empty();
  OptionalInt masterRepeat = OptionalInt.empty();
  Optional<Duration> lowerDelay = Optional.empty();
  OptionalInt lowerRepeat = OptionalInt.empty();
  Optional<Duration> refresh = Optional.empty();
  OptionalInt refreshRepeat = OptionalInt.empty();
  Optional<Duration> interval = Optional.empty();
  Optional<Duration> neighborInterval = Optional.empty();

  /** Reads a statement whose keyword, a global one's {@code vrrp_} taken off, is one of these. */
  void read(Statement s, String keyword, Values values) {
    switch (keyword) {
      case "garp_master_delay" -> masterDelay = values.wholeSeconds(s).or(() -> masterDelay);
      case "garp_master_repeat" -> masterRepeat = atLeastOne(s, values, masterRepeat);
      case "garp_lower_prio_delay" -> lowerDelay = values.wholeSeconds(s).or(() -> lowerDelay);
      case "garp_lower_prio_repeat" -> {
        OptionalInt value = values.number(s, 0, Integer.MAX_VALUE);
        lowerRepeat = value.isPresent() ? value : lowerRepeat;
      }
      case "garp_master_refresh" -> refresh = values.wholeSeconds(s).or(() -> refresh);
      case "garp_master_refresh_repeat" -> refreshRepeat = atLeastOne(s, values, refreshRepeat);
      case "garp_interval" -> interval = values.seconds(s, "0", "4294").or(() -> interval);
      case "gna_interval" ->
          neighborInterval = values.seconds(s, "0", "4294").or(() -> neighborInterval);
      default -> throw new IllegalArgumentException(keyword);
    }
  }

  private static OptionalInt atLeastOne(Statement s, Values values, OptionalInt before) {
    OptionalInt value = values.number(s, 0, Integer.MAX_VALUE);
    if (value.isEmpty()) {
      return before;
    }
    if (value.getAsInt() == 0) {
      values
          .log()
          .warning(
              "value-out-of-range",
              s.keyword() + " must be greater than 0; 1 is used",
              s.word(1).span());
    }
    return OptionalInt.of(Math.max(1, value.getAsInt()));
  }

  /** One message and no second set, as {@code vrrp_min_garp} asks, where nothing else is said. */
  void minimal() {
    masterRepeat = OptionalInt.of(masterRepeat.orElse(1));
    masterDelay = masterDelay.or(() -> Optional.of(Duration.ZERO));
    lowerRepeat = OptionalInt.of(lowerRepeat.orElse(1));
    lowerDelay = lowerDelay.or(() -> Optional.of(Duration.ZERO));
  }

  /** Fills up from the global settings, then from keepalived's own. */
  ConfiguredGarp finish(GarpDraft global) {
    Duration delay = masterDelay.or(() -> global.masterDelay).orElse(Duration.ofSeconds(5));
    int repeat = masterRepeat.orElse(global.masterRepeat.orElse(5));
    return new ConfiguredGarp(
        delay,
        repeat,
        lowerDelay.or(() -> global.lowerDelay).orElse(delay),
        lowerRepeat.orElse(global.lowerRepeat.orElse(repeat)),
        refresh.or(() -> global.refresh).orElse(Duration.ZERO),
        refreshRepeat.orElse(global.refreshRepeat.orElse(1)),
        interval.or(() -> global.interval).orElse(Duration.ZERO),
        neighborInterval.or(() -> global.neighborInterval).orElse(Duration.ZERO));
  }
}
