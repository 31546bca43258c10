package org.vipdrift.model.verdict;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.verdict.HoldingHistory.Standing;

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
    HoldingHistory history = holdings.history(target);
    Optional<Standing> shared =
        history.first(sentNanos, event.atNanos(), standing -> standing.holders().size() > 1);
    Optional<String> problem = problem(event, request, sentNanos, history, shared);
    if (problem.isEmpty()) {
      return false;
    }
    wrong++;
    if (first.isPresent()) {
      return false;
    }
    first = Optional.of(event);
    firstTold = told(event, request) + problem.get();
    firstCause = shared.map(Standing::eventId).orElse(event.id());
    return true;
  }

  /** What is wrong with it, as the end of a sentence. */
  private static Optional<String> problem(
      TraceEvent event,
      Request request,
      long sentNanos,
      HoldingHistory history,
      Optional<Standing> shared) {
    if (!succeeded(request)) {
      return Optional.of("");
    }
    if (!history.wasHeld()) {
      return Optional.empty();
    }
    if (shared.isPresent()) {
      return Optional.of(" while " + Prose.and(shared.get().holders()) + " both held the address");
    }
    if (request.holder().isEmpty()) {
      return Optional.of("; who answered for the address is not known");
    }
    String by = request.holder().get();
    return history
            .first(sentNanos, event.atNanos(), standing -> standing.holders().contains(by))
            .isPresent()
        ? Optional.empty()
        : Optional.of(", which did not hold the address");
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
