package org.vipdrift.model.verdict;

import java.util.Optional;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;
import org.vipdrift.model.trace.TraceDetail.ServerChange;

/** Requests and servers in words. */
public final class RequestProse {
  private RequestProse() {}

  /** How a request ended, as a noun: {@code timeout}, {@code HTTP error}. */
  public static String outcome(RequestOutcome outcome) {
    return switch (outcome) {
      case OK -> "success";
      case REFUSED -> "refusal";
      case RESET -> "reset";
      case TIMEOUT -> "timeout";
      case UNREACHABLE -> "unreachable";
      case HTTP_ERROR -> "HTTP error";
      case TLS_ERROR -> "TLS error";
      case CLOSED -> "early end";
    };
  }

  /** So many of one sort: {@code 3 timeouts}. */
  public static String count(RequestOutcome outcome, long number) {
    return switch (outcome) {
      case OK, RESET, TIMEOUT, HTTP_ERROR, TLS_ERROR -> Prose.count(number, outcome(outcome));
      case REFUSED -> number + (number == 1 ? " refusal" : " refusals");
      case UNREACHABLE -> number + " unreachable";
      case CLOSED -> number + (number == 1 ? " early end" : " early ends");
    };
  }

  /** What the client of a request met. */
  static String predicate(Request request) {
    String by = request.holder().map(holder -> " by " + holder).orElse("");
    return switch (request.outcome()) {
      case OK ->
          "was served"
              + request.server().map(server -> " by " + server).orElse("")
              + request
                  .holder()
                  .filter(holder -> !request.server().equals(Optional.of(holder)))
                  .map(holder -> " through " + holder)
                  .orElse("");
      case REFUSED -> "was refused" + by;
      case RESET -> "had its connection reset" + by;
      case TIMEOUT -> "got no answer in time";
      case UNREACHABLE -> "could not reach " + request.url();
      case HTTP_ERROR -> "got status " + request.status().map(String::valueOf).orElse("?") + by;
      case TLS_ERROR -> "could not agree on TLS" + by;
      case CLOSED -> "had its connection ended before the answer" + by;
    };
  }

  static String change(ServerChange change) {
    return switch (change) {
      case UP -> "came up";
      case DOWN -> "went down";
      case DRAIN -> "began to drain";
      case MAINT -> "went into maintenance";
      case READY -> "was made ready";
    };
  }
}
