package org.vipdrift.model.verdict;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceEvent;

/**
 * Who served the requests, in the order in which they were sent.
 *
 * <p>Requests are told when they end; so each waits until none that was sent before it can still be
 * under way. A round begins anew after a request that failed, and when another holder answers: a
 * proxy that takes over does not know whose turn it was.
 */
final class ServedByWatch extends RequestWatch {
  private static final String UNTOLD = "an unknown page";

  private record Sent(long sentNanos, TraceEvent event, Request request)
      implements Comparable<Sent> {
    @Override
    public int compareTo(Sent other) {
      int bySending = Long.compare(sentNanos, other.sentNanos);
      return bySending != 0 ? bySending : Long.compare(event.id(), other.event.id());
    }
  }

  private final Expectation.ServedBy expectation;
  private final long patienceNanos;
  private final PriorityQueue<Sent> waiting = new PriorityQueue<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private final Deque<String> round = new ArrayDeque<>();
  private Optional<String> holder = Optional.empty();
  private Optional<TraceEvent> first = Optional.empty();
  private String firstTold = "";
  private long all;

  /**
   * @param patienceNanos how long a request can be under way
   */
  ServedByWatch(Expectation.ServedBy expectation, long patienceNanos) {
    super(expectation.client(), expectation.interval());
    this.expectation = expectation;
    this.patienceNanos = patienceNanos;
  }

  @Override
  boolean take(TraceEvent event, Request request, long sentNanos) {
    waiting.add(new Sent(sentNanos, event, request));
    return release(event.atNanos() - patienceNanos);
  }

  private boolean release(long beforeNanos) {
    boolean broke = false;
    while (!waiting.isEmpty() && waiting.peek().sentNanos() < beforeNanos) {
      Sent next = waiting.remove();
      Optional<String> problem = judge(next.request());
      if (problem.isPresent() && first.isEmpty()) {
        first = Optional.of(next.event());
        firstTold = told(next.event(), next.request()) + problem.get();
        broke = true;
      }
    }
    return broke;
  }

  /** What is wrong with it, as the end of a sentence. */
  private Optional<String> judge(Request request) {
    if (!succeeded(request)) {
      round.clear();
      return Optional.empty();
    }
    if (!request.holder().equals(holder)) {
      holder = request.holder();
      round.clear();
    }
    String server = request.server().orElse(UNTOLD);
    counts.merge(server, 1L, Long::sum);
    all++;
    Optional<String> problem = stranger(server).or(() -> outOfOrder(server));
    return problem.or(() -> outOfTurn(server));
  }

  private Optional<String> stranger(String server) {
    return expectation.servers().isEmpty() || expectation.servers().contains(server)
        ? Optional.empty()
        : Optional.of(", which is not among them");
  }

  private Optional<String> outOfOrder(String server) {
    List<String> sequence = expectation.sequence();
    if (sequence.isEmpty()) {
      return Optional.empty();
    }
    if (all > sequence.size()) {
      return Optional.of(", which is one more than the sequence has");
    }
    String due = sequence.get((int) all - 1);
    return due.equals(server)
        ? Optional.empty()
        : Optional.of(", but answer " + all + " was due from " + due);
  }

  private Optional<String> outOfTurn(String server) {
    if (!expectation.alternating()) {
      return Optional.empty();
    }
    boolean again = round.contains(server);
    round.addLast(server);
    int others = Math.max(1, expectation.servers().size() - 1);
    while (round.size() > others) {
      round.removeFirst();
    }
    return again ? Optional.of(" out of turn") : Optional.empty();
  }

  @Override
  Finding finding() {
    release(Long.MAX_VALUE);
    String text = "served were " + Prose.count(all, "request") + counted();
    if (all == 0) {
      return Finding.broken("no request of " + client() + " succeeded");
    }
    if (first.isPresent()) {
      return broken(firstTold + "; " + text, first.get());
    }
    List<String> idle = new ArrayList<>(expectation.servers());
    idle.removeAll(counts.keySet());
    if (!idle.isEmpty()) {
      return Finding.broken(Prose.and(idle) + " served none; " + text);
    }
    if (all < expectation.sequence().size()) {
      return Finding.broken(
          "the sequence has " + expectation.sequence().size() + " answers; " + text);
    }
    for (Map.Entry<String, Double> share : expectation.shares().entrySet()) {
      double percent = counts.getOrDefault(share.getKey(), 0L) * 100.0 / all;
      if (Math.abs(percent - share.getValue()) > expectation.tolerance() + 1e-9) {
        return Finding.broken(text);
      }
    }
    return Finding.holds(text);
  }

  private String counted() {
    List<String> parts = new ArrayList<>();
    counts.forEach(
        (server, count) -> parts.add(Prose.percent(count, all) + " (" + count + ") by " + server));
    return parts.isEmpty() ? "" : ", " + Prose.and(parts);
  }
}
