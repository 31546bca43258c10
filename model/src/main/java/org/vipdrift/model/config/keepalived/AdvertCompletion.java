package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.Optional;

/** When an instance sends adverts and gratuitous ARPs, and how long it waits for others. */
final class AdvertCompletion {
  private static final Duration LONGEST_V3_INTERVAL = Duration.ofMillis(40_950);

  private final InstanceFacts facts;
  private final InstanceDraft draft;

  AdvertCompletion(InstanceFacts facts) {
    this.facts = facts;
    this.draft = facts.draft();
  }

  Duration advertInterval() {
    Duration interval = draft.advertInterval;
    if (facts.version() == 2) {
      if (interval.getNano() == 0) {
        return interval;
      }
      facts.warn(
          "advert-interval-rounded",
          "advert_int",
          "version 2 counts whole seconds; the interval is rounded");
      return Duration.ofSeconds(Math.max(1, interval.plusMillis(500).toSeconds()));
    }
    if (interval.compareTo(LONGEST_V3_INTERVAL) > 0) {
      facts.warn(
          "advert-interval-rounded",
          "advert_int",
          "version 3 has at most 40.95 s between adverts; that is used");
      return LONGEST_V3_INTERVAL;
    }
    long micros = interval.toNanos() / 1_000;
    if (micros % 10_000 != 0) {
      facts.warn(
          "advert-interval-rounded",
          "advert_int",
          "version 3 counts steps of 10 ms; the interval is rounded");
      return Duration.ofMillis(Math.max(1, (micros + 5_000) / 10_000) * 10);
    }
    return interval;
  }

  boolean lowerNoAdvert() {
    if (facts.strict() && draft.lowerNoAdvert.equals(Optional.of(false))) {
      facts.warn("strict-reset", "lower_prio_no_advert", "strict mode sets lower_prio_no_advert");
    }
    return facts.strict() || draft.lowerNoAdvert.orElse(facts.global().lowerNoAdvert);
  }

  boolean higherSend() {
    if (facts.strict() && draft.higherSend.equals(Optional.of(true))) {
      facts.warn(
          "strict-reset", "higher_prio_send_advert", "strict mode clears higher_prio_send_advert");
    }
    return !facts.strict() && draft.higherSend.orElse(facts.global().higherSend);
  }

  int downTimerAdverts() {
    if (facts.strict() && draft.downTimerAdverts.orElse(3) != 3) {
      facts.warn("strict-reset", "down_timer_adverts", "strict mode wants 3 down_timer_adverts");
    }
    return facts.strict() ? 3 : draft.downTimerAdverts.orElse(facts.global().downTimerAdverts);
  }

  ConfiguredGarp garp() {
    ConfiguredGarp garp = draft.garp.finish(facts.global().garp);
    if (!facts.strict()) {
      return garp;
    }
    if (draft.garp.lowerRepeat.orElse(0) > 0) {
      facts.warn(
          "strict-reset",
          "garp_lower_prio_repeat",
          "strict mode sends no GARPs after a lower-priority advert");
    }
    if (!draft.garp.lowerDelay.orElse(Duration.ZERO).isZero()) {
      facts.warn(
          "strict-reset",
          "garp_lower_prio_delay",
          "strict mode sends no GARPs after a lower-priority advert");
    }
    return new ConfiguredGarp(
        garp.masterDelay(),
        garp.masterRepeat(),
        Duration.ZERO,
        0,
        garp.masterRefresh(),
        garp.masterRefreshRepeat(),
        garp.interval(),
        garp.neighborInterval());
  }
}
