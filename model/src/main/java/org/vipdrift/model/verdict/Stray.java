package org.vipdrift.model.verdict;

import java.util.Optional;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.verdict.HoldingHistory.Standing;

/**
 * A request that did not reach the one live holder of its address and a healthy server.
 *
 * @param told when and how, as a sentence
 * @param causeId the event that made it so, as far as one is known
 */
record Stray(String told, long causeId) {
  /** The request as a stray; empty if it is none. */
  static Optional<Stray> in(
      TraceEvent event, Request request, long sentNanos, HoldingHistory history) {
    Optional<Standing> shared =
        history.first(sentNanos, event.atNanos(), standing -> standing.holders().size() > 1);
    return problem(event, request, sentNanos, history, shared)
        .map(
            problem ->
                new Stray(
                    RequestWatch.told(event, request) + problem,
                    shared.map(Standing::eventId).orElse(event.id())));
  }

  /** What is wrong with it, as the end of a sentence. */
  private static Optional<String> problem(
      TraceEvent event,
      Request request,
      long sentNanos,
      HoldingHistory history,
      Optional<Standing> shared) {
    if (!RequestWatch.succeeded(request)) {
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
}
