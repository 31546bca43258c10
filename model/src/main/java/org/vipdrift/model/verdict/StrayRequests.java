package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceEvent;

/**
 * The requests that strayed although the cluster had had its time to recover, folded while they
 * come.
 *
 * <p>Its time is {@link Invariant#CALM_FOR_CLIENTS} or, if that is longer, the slowest takeover; it
 * begins again with everything that is done to the cluster and with every change of the address's
 * holders.
 */
final class StrayRequests {
  /**
   * Strays of one client that one expectation claims, or none.
   *
   * @param told the first one, as a sentence
   */
  record Group(
      String client,
      Optional<Expectation> claim,
      String told,
      long atNanos,
      long causeId,
      long count) {
    private Group oneMore() {
      return new Group(client, claim, told, atNanos, causeId, count + 1);
    }
  }

  private record Key(String client, Optional<Expectation> claim) {}

  private final Map<String, Client> clients = new LinkedHashMap<>();
  private final Map<Key, Group> groups = new LinkedHashMap<>();
  private final Holdings holdings;
  private final Causes causes;
  private final Claims claims;
  private final Duration recovery;

  StrayRequests(Scenario scenario, Holdings holdings, Causes causes, Duration slowestTakeover) {
    for (Client client : scenario.clients()) {
      if (client.fetches()) {
        clients.put(client.name(), client);
      }
    }
    this.holdings = holdings;
    this.causes = causes;
    this.claims = new Claims(scenario.expectations(), scenario.until().toNanos());
    this.recovery = recovery(slowestTakeover);
  }

  /** How long the cluster may take until clients are served again. */
  static Duration recovery(Duration slowestTakeover) {
    return slowestTakeover.compareTo(Invariant.CALM_FOR_CLIENTS) > 0
        ? slowestTakeover
        : Invariant.CALM_FOR_CLIENTS;
  }

  /**
   * Takes the next request of any client.
   *
   * @return whether it is the first of its sort, so that its causes are worth keeping
   */
  boolean accept(TraceEvent event, Request request) {
    Client client = clients.get(request.client());
    if (client == null) {
      return false;
    }
    HoldingHistory history = holdings.history(client.target());
    long sentNanos = event.atNanos() - request.latency().toNanos();
    Optional<Stray> stray = Stray.in(event, request, sentNanos, history);
    if (stray.isEmpty() || recovers(sentNanos, event.atNanos(), history)) {
      return false;
    }
    Optional<Expectation> claim =
        claims.stray(client, request, new Span(sentNanos, event.atNanos()));
    Group one =
        new Group(
            client.name(), claim, stray.get().told(), event.atNanos(), stray.get().causeId(), 1);
    return groups.merge(new Key(client.name(), claim), one, (known, _) -> known.oneMore()) == one;
  }

  private boolean recovers(long sentNanos, long atNanos, HoldingHistory history) {
    long calmNanos = sentNanos - recovery.toNanos();
    return calmNanos < 0
        || history.at(atNanos).atNanos() > calmNanos
        || causes.lastIntervention(calmNanos, atNanos).isPresent();
  }

  /** Whether there is a client whose requests could stray. */
  boolean concerned() {
    return !clients.isEmpty();
  }

  List<Group> groups() {
    return new ArrayList<>(groups.values());
  }
}
