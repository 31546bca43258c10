package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.Interval;
import org.vipdrift.model.scenario.Expectation.Moment;
import org.vipdrift.model.trace.TraceDetail.Request;

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

  /**
   * The expectation that claims what became of this request: it bounds the client's outages or
   * errors above zero, has another host answer, or claims the split-brain or the lack of a holder
   * that the request met.
   */
  Optional<Expectation> stray(Client client, Request request, Span sent) {
    return expectations.stream()
        .filter(e -> claimsStray(e, client.name(), request, sent.fromNanos()))
        .findFirst()
        .or(() -> splitBrain(client.target(), sent))
        .or(() -> unheld(client.target(), sent));
  }

  private static boolean claimsStray(
      Expectation expectation, String client, Request request, long sentNanos) {
    boolean failed = !RequestWatch.succeeded(request);
    return switch (expectation) {
      case Expectation.Outage e ->
          failed
              && e.client().equals(client)
              && isWithin(e.interval(), sentNanos)
              && e.longest().map(Duration::isPositive).orElse(true)
              && e.total().map(Duration::isPositive).orElse(true);
      case Expectation.Errors e ->
          failed
              && e.client().equals(client)
              && isWithin(e.interval(), sentNanos)
              && (e.outcomes().isEmpty() || e.outcomes().contains(request.outcome()))
              && e.atMost().map(bound -> bound > 0).orElse(true)
              && e.atMostPercent().map(bound -> bound > 0).orElse(true);
      case Expectation.AnsweredBy e ->
          !failed
              && e.client().equals(client)
              && isWithin(Optional.of(e.interval()), sentNanos)
              && request.holder().equals(Optional.of(e.host()));
      case Expectation.Holder _,
          Expectation.NoSplitBrain _,
          Expectation.SplitBrain _,
          Expectation.Unheld _,
          Expectation.UnheldAtMost _,
          Expectation.FailoverWithin _,
          Expectation.Flaps _,
          Expectation.ServedBy _,
          Expectation.Latency _,
          Expectation.Sticky _,
          Expectation.ServerState _,
          Expectation.ReachesOne _,
          Expectation.InState _,
          Expectation.Logged _ ->
          false;
    };
  }

  private static boolean isWithin(Optional<Interval> interval, long atNanos) {
    return interval.map(i -> Span.of(i).contains(atNanos)).orElse(true);
  }

  private Span claimed(Moment from, Optional<Moment> to) {
    long earliest = from.earliest().toNanos();
    long latest = to.map(moment -> moment.latest().toNanos()).orElse(endNanos);
    return new Span(earliest, Math.max(earliest, latest));
  }
}
