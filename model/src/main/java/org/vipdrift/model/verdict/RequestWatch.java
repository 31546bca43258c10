package org.vipdrift.model.verdict;

import java.util.Optional;
import org.vipdrift.model.scenario.Expectation.Interval;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;
import org.vipdrift.model.trace.TraceEvent;

/**
 * What one expectation needs to know of a client's requests, folded while they come.
 *
 * <p>A request belongs to an interval by the moment at which it was sent.
 */
abstract class RequestWatch {
  private final String client;
  private final Optional<Span> span;

  RequestWatch(String client, Optional<Interval> interval) {
    this.client = client;
    this.span = interval.map(Span::of);
  }

  /**
   * Takes the next request of any client.
   *
   * @return whether this is the first one that breaks the expectation
   */
  final boolean accept(TraceEvent event, Request request) {
    long sentNanos = event.atNanos() - request.latency().toNanos();
    return request.client().equals(client)
        && (span.isEmpty() || span.get().contains(sentNanos))
        && take(event, request, sentNanos);
  }

  abstract boolean take(TraceEvent event, Request request, long sentNanos);

  /** What came, when no more will. */
  abstract Finding finding();

  String client() {
    return client;
  }

  static boolean succeeded(Request request) {
    return request.outcome() == RequestOutcome.OK;
  }

  Finding nothing() {
    return Finding.broken(client + " sent no request");
  }

  static Finding broken(String text, TraceEvent first) {
    return Finding.broken(text, first.atNanos(), first.id());
  }

  /** {@code at 10.2 s test1 was refused by test2}. */
  static String told(TraceEvent event, Request request) {
    return "at "
        + Prose.at(event.atNanos())
        + " "
        + request.client()
        + " "
        + RequestProse.predicate(request);
  }
}
