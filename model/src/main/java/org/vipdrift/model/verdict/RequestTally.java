package org.vipdrift.model.verdict;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;
import org.vipdrift.model.verdict.Figures.OutcomeCount;
import org.vipdrift.model.verdict.Figures.RequestFigures;
import org.vipdrift.model.verdict.Figures.ServerCount;

/** Counts the requests of one client. */
final class RequestTally {
  private final Map<RequestOutcome, Long> outcomes = new EnumMap<>(RequestOutcome.class);
  private final Map<String, Long> servers = new TreeMap<>();
  private final LatencyHistogram latencies = new LatencyHistogram();
  private long withoutServer;

  void accept(Request request) {
    outcomes.merge(request.outcome(), 1L, Long::sum);
    if (request.outcome() == RequestOutcome.OK) {
      latencies.add(request.latency());
      if (request.server().isPresent()) {
        servers.merge(request.server().get(), 1L, Long::sum);
      } else {
        withoutServer++;
      }
    }
  }

  RequestFigures figures() {
    List<OutcomeCount> failures = new ArrayList<>();
    outcomes.forEach(
        (outcome, count) -> {
          if (outcome != RequestOutcome.OK) {
            failures.add(new OutcomeCount(outcome, count));
          }
        });
    List<ServerCount> served = new ArrayList<>();
    servers.forEach((server, count) -> served.add(new ServerCount(Optional.of(server), count)));
    if (withoutServer > 0) {
      served.add(new ServerCount(Optional.empty(), withoutServer));
    }
    return new RequestFigures(
        outcomes.getOrDefault(RequestOutcome.OK, 0L),
        failures,
        served,
        latencies.percentile(50),
        latencies.percentile(90),
        latencies.percentile(99),
        latencies.greatest());
  }
}
