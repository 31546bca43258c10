package org.vipdrift.model.verdict;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;
import org.vipdrift.model.trace.TraceEvent;

/** How many requests failed, and the first that did. */
final class ErrorsWatch extends RequestWatch {
  private final Expectation.Errors expectation;
  private final Map<RequestOutcome, Long> failures = new EnumMap<>(RequestOutcome.class);
  private Optional<TraceEvent> first = Optional.empty();
  private String firstTold = "";
  private long all;
  private long failed;

  ErrorsWatch(Expectation.Errors expectation) {
    super(expectation.client(), expectation.interval());
    this.expectation = expectation;
  }

  @Override
  boolean take(TraceEvent event, Request request, long sentNanos) {
    all++;
    boolean counts =
        !succeeded(request)
            && (expectation.outcomes().isEmpty()
                || expectation.outcomes().contains(request.outcome()));
    if (!counts) {
      return false;
    }
    failed++;
    failures.merge(request.outcome(), 1L, Long::sum);
    if (first.isPresent()) {
      return false;
    }
    first = Optional.of(event);
    firstTold = told(event, request);
    return true;
  }

  @Override
  Finding finding() {
    if (all == 0) {
      return nothing();
    }
    if (failed == 0) {
      String text = "none of " + Prose.count(all, "request") + " failed so";
      return expectation.atLeast() > 0 ? Finding.broken(text) : Finding.holds(text);
    }
    List<String> sorts = new ArrayList<>();
    failures.forEach((outcome, count) -> sorts.add(RequestProse.count(outcome, count)));
    String text =
        failed
            + " of "
            + Prose.count(all, "request")
            + " failed: "
            + Prose.and(sorts)
            + "; the first "
            + firstTold;
    boolean tooMany =
        expectation.atMost().map(most -> failed > most).orElse(false)
            || expectation.atMostPercent().map(most -> failed * 100.0 > most * all).orElse(false);
    if (tooMany) {
      return broken(text, first.orElseThrow());
    }
    return failed < expectation.atLeast() ? Finding.broken(text) : Finding.holds(text);
  }
}
