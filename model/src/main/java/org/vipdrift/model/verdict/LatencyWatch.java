package org.vipdrift.model.verdict;

import java.util.Optional;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceEvent;

/** How long successful requests took, and the first that took longer than it may. */
final class LatencyWatch extends RequestWatch {
  private final Expectation.Latency expectation;
  private final LatencyHistogram latencies = new LatencyHistogram();
  private Optional<TraceEvent> first = Optional.empty();
  private long within;

  LatencyWatch(Expectation.Latency expectation) {
    super(expectation.client(), expectation.interval());
    this.expectation = expectation;
  }

  @Override
  boolean take(TraceEvent event, Request request, long sentNanos) {
    if (!succeeded(request)) {
      return false;
    }
    latencies.add(request.latency());
    if (request.latency().compareTo(expectation.atMost()) <= 0) {
      within++;
      return false;
    }
    if (first.isPresent()) {
      return false;
    }
    first = Optional.of(event);
    return true;
  }

  @Override
  Finding finding() {
    if (latencies.total() == 0) {
      return Finding.broken("no request of " + client() + " succeeded");
    }
    String text =
        (expectation.percentile() == 100
                ? "the slowest of " + Prose.count(latencies.total(), "answer") + " came within "
                : Prose.number(expectation.percentile())
                    + " % of "
                    + Prose.count(latencies.total(), "answer")
                    + " came within ")
            + Prose.length(latencies.percentile(expectation.percentile()));
    if (within >= LatencyHistogram.rank(latencies.total(), expectation.percentile())) {
      return Finding.holds(text);
    }
    TraceEvent slow = first.orElseThrow();
    return broken(text + "; the first late one came at " + Prose.at(slow.atNanos()), slow);
  }
}
