package org.vipdrift.model.verdict;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.Moment;

/** What a scenario's positive expectations claim, so that no invariant breaks on it. */
final class Claims {
  private final List<Expectation> expectations;
  private final long endNanos;

  Claims(List<Expectation> expectations, long endNanos) {
    this.expectations = expectations;
    this.endNanos = endNanos;
  }

  /** The expectation that claims this split-brain. */
  Optional<Expectation> splitBrain(IpAddress vip, Span span) {
    return expectations.stream()
        .filter(
            e ->
                e instanceof Expectation.SplitBrain claim
                    && claim.vip().equals(vip)
                    && claimed(claim.from(), claim.to()).covers(span))
        .findFirst();
  }

  /** The expectation that claims that nobody holds the address then. */
  Optional<Expectation> unheld(IpAddress vip, Span span) {
    return expectations.stream()
        .filter(
            e ->
                e instanceof Expectation.Unheld claim
                    && claim.vip().equals(vip)
                    && claimed(claim.from(), claim.to()).covers(span))
        .findFirst();
  }

  /** The expectation that claims that the address changes its holder again and again then. */
  Optional<Expectation> flaps(IpAddress vip, Span span) {
    return expectations.stream()
        .filter(
            e ->
                e instanceof Expectation.Flaps claim
                    && claim.vip().equals(vip)
                    && claim.atLeast() > 0
                    && claim.interval().map(i -> Span.of(i).covers(span)).orElse(true))
        .findFirst();
  }

  private Span claimed(Moment from, Optional<Moment> to) {
    long earliest = from.earliest().toNanos();
    long latest = to.map(moment -> moment.latest().toNanos()).orElse(endNanos);
    return new Span(earliest, Math.max(earliest, latest));
  }
}
