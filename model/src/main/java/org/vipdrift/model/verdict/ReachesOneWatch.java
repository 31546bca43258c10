package org.vipdrift.model.verdict;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceEvent;

/** Whether each request reached the one holder of its address and a healthy server. */
final class ReachesOneWatch extends RequestWatch {
  private final Holdings holdings;
  private final IpAddress target;
  private Optional<TraceEvent> first = Optional.empty();
  private String firstTold = "";
  private long firstCause;
  private long all;
  private long wrong;

  ReachesOneWatch(Expectation.ReachesOne expectation, Holdings holdings, IpAddress target) {
    super(expectation.client(), Optional.of(expectation.interval()));
    this.holdings = holdings;
    this.target = target;
  }

  @Override
  boolean take(TraceEvent event, Request request, long sentNanos) {
    all++;
    Optional<Stray> stray = Stray.in(event, request, sentNanos, holdings.history(target));
    if (stray.isEmpty()) {
      return false;
    }
    wrong++;
    if (first.isPresent()) {
      return false;
    }
    first = Optional.of(event);
    firstTold = stray.get().told();
    firstCause = stray.get().causeId();
    return true;
  }

  @Override
  Finding finding() {
    if (all == 0) {
      return nothing();
    }
    if (first.isEmpty()) {
      return Finding.holds(Prose.count(all, "request") + " did");
    }
    return Finding.broken(
        wrong + " of " + Prose.count(all, "request") + " did not; the first " + firstTold,
        first.get().atNanos(),
        firstCause);
  }
}
