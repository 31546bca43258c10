package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.scenario.Expectation.Interval;

/** A stretch of the run, {@code [fromNanos, toNanos)}, in nanoseconds since its start. */
public record Span(long fromNanos, long toNanos) {
  public Span {
    if (toNanos < fromNanos) {
      throw new IllegalArgumentException("span ends at " + toNanos + " before " + fromNanos);
    }
  }

  static Span of(Interval interval) {
    return new Span(interval.from().toNanos(), interval.to().toNanos());
  }

  public Duration length() {
    return Duration.ofNanos(lengthNanos());
  }

  public long lengthNanos() {
    return toNanos - fromNanos;
  }

  public boolean contains(long atNanos) {
    return fromNanos <= atNanos && atNanos < toNanos;
  }

  /** Whether the other lies within this one, ends included. */
  public boolean covers(Span other) {
    return fromNanos <= other.fromNanos && other.toNanos <= toNanos;
  }

  /** What both have in common; empty if that has no length. */
  public Optional<Span> intersection(Span other) {
    long from = Math.max(fromNanos, other.fromNanos);
    long to = Math.min(toNanos, other.toNanos);
    return from < to ? Optional.of(new Span(from, to)) : Optional.empty();
  }
}
