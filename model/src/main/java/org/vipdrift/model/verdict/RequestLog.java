package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceEvent;

/** Watches requests for every expectation that concerns them. */
final class RequestLog {
  private record Watched(Expectation expectation, RequestWatch watch) {}

  private final List<Watched> watches = new ArrayList<>();

  RequestLog(Scenario scenario, Holdings holdings) {
    for (Expectation expectation : scenario.expectations()) {
      watch(expectation, scenario, holdings)
          .ifPresent(watch -> watches.add(new Watched(expectation, watch)));
    }
  }

  private static Optional<RequestWatch> watch(
      Expectation expectation, Scenario scenario, Holdings holdings) {
    return switch (expectation) {
      case Expectation.ServedBy e ->
          Optional.of(
              new ServedByWatch(
                  e,
                  client(scenario, e.client())
                      .map(Client::timeout)
                      .orElse(Duration.ZERO)
                      .toNanos()));
      case Expectation.Errors e -> Optional.of(new ErrorsWatch(e));
      case Expectation.Latency e -> Optional.of(new LatencyWatch(e));
      case Expectation.Sticky e -> Optional.of(new StickyWatch(e));
      case Expectation.ReachesOne e ->
          Optional.of(
              new ReachesOneWatch(
                  e,
                  holdings,
                  client(scenario, e.client())
                      .map(Client::target)
                      .orElse(IpAddress.v4(0, 0, 0, 0))));
      case Expectation.Holder _,
          Expectation.NoSplitBrain _,
          Expectation.SplitBrain _,
          Expectation.Unheld _,
          Expectation.UnheldAtMost _,
          Expectation.FailoverWithin _,
          Expectation.Flaps _,
          Expectation.Outage _,
          Expectation.AnsweredBy _,
          Expectation.ServerState _,
          Expectation.InState _,
          Expectation.Logged _ ->
          Optional.empty();
    };
  }

  private static Optional<Client> client(Scenario scenario, String name) {
    return scenario.clients().stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /**
   * Takes the next request.
   *
   * @return whether it is the first to break something, so that its causes are worth keeping
   */
  boolean accept(TraceEvent event, Request request) {
    boolean broke = false;
    for (Watched each : watches) {
      broke |= each.watch.accept(event, request);
    }
    return broke;
  }

  /** What came of an expectation about requests. */
  Finding finding(Expectation expectation) {
    for (Watched each : watches) {
      if (each.expectation.equals(expectation)) {
        return each.watch.finding();
      }
    }
    throw new IllegalArgumentException("not about requests: " + expectation);
  }
}
