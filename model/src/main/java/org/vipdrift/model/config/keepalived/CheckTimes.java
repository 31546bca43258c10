package org.vipdrift.model.config.keepalived;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The times of checks, which a real server inherits from its virtual server and hands on. */
final class CheckTimes {
  private static final long MOST_RETRIES = 4_294_967_295L;
  private static final String LONGEST = "18446744073709.551614";
  private static final Duration LONGEST_KEPT = Duration.ofSeconds(1_000_000_000);

  private final Values values;
  Optional<Duration> connectTimeout = Optional.empty();
  Optional<Duration> delayLoop = Optional.empty();
  Optional<Duration> retryDelay = Optional.empty();
  Optional<Duration> warmUp = Optional.empty();
  OptionalLong retries = OptionalLong.empty();
  Optional<Boolean> alpha = Optional.empty();

  CheckTimes(Values values) {
    this.values = values;
  }

  static boolean knows(String keyword) {
    return switch (keyword) {
      case "connect_timeout", "delay_loop", "delay_before_retry", "warmup", "retry" -> true;
      default -> false;
    };
  }

  /**
   * @param fewestRetries 1 outside of checkers, 0 in them
   */
  void read(Statement s, long fewestRetries) {
    switch (s.keyword()) {
      case "connect_timeout" ->
          connectTimeout = values.seconds(s, "0.000001", "4294.967295").or(() -> connectTimeout);
      case "delay_loop" -> delayLoop = time(s, "0.000001").or(() -> delayLoop);
      case "delay_before_retry" -> retryDelay = time(s, "0").or(() -> retryDelay);
      case "warmup" -> warmUp = time(s, "0").or(() -> warmUp);
      case "retry" -> {
        OptionalLong read = retries(s, fewestRetries);
        retries = read.isPresent() ? read : retries;
      }
      default -> throw new IllegalArgumentException(s.keyword());
    }
  }

  /** Longer than a simulation can last is as long as it can. */
  private Optional<Duration> time(Statement s, String low) {
    return values
        .seconds(s, low, LONGEST)
        .map(t -> t.compareTo(LONGEST_KEPT) > 0 ? LONGEST_KEPT : t);
  }

  private OptionalLong retries(Statement s, long fewest) {
    Optional<Word> word = Values.word(s, 1);
    OptionalLong value = word.map(w -> Numbers.whole(w.text())).orElseGet(OptionalLong::empty);
    if (value.isPresent() && value.getAsLong() >= fewest && value.getAsLong() <= MOST_RETRIES) {
      return value;
    }
    values.number(s, fewest, MOST_RETRIES);
    return OptionalLong.empty();
  }

  /** What is not set here is taken from there. */
  CheckTimes inherit(CheckTimes from) {
    CheckTimes all = new CheckTimes(values);
    all.connectTimeout = connectTimeout.or(() -> from.connectTimeout);
    all.delayLoop = delayLoop.or(() -> from.delayLoop);
    all.retryDelay = retryDelay.or(() -> from.retryDelay);
    all.warmUp = warmUp.or(() -> from.warmUp);
    all.retries = retries.isPresent() ? retries : from.retries;
    all.alpha = alpha.or(() -> from.alpha);
    return all;
  }
}
