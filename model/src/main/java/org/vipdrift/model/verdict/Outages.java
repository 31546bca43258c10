package org.vipdrift.model.verdict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.trace.TraceDetail.Ping;
import org.vipdrift.model.trace.TraceDetail.PingOutcome;
import org.vipdrift.model.trace.TraceDetail.Request;
import org.vipdrift.model.trace.TraceDetail.RequestOutcome;
import org.vipdrift.model.verdict.Figures.Answers;
import org.vipdrift.model.verdict.Figures.ClientFigures;

/**
 * Which requests of which client went unanswered, folded into windows.
 *
 * <p>A window reaches from the last answered request to the next answered one, both by the time
 * they were sent; before the first answer it begins with the first request, after the last it ends
 * with the run. A request that times out is reported later than the answers of those sent after it,
 * so the answered requests of the last timeout are remembered.
 */
public final class Outages {
  private final Map<String, Log> logs = new LinkedHashMap<>();

  public Outages(List<Client> clients) {
    for (Client client : clients) {
      logs.put(
          client.name(),
          new Log(
              client.name(),
              client.target(),
              client.timeout().toNanos(),
              client.fetches() ? Optional.of(new RequestTally()) : Optional.empty()));
    }
  }

  public void accept(long atNanos, Ping ping) {
    Log log = logs.get(ping.client());
    if (log == null) {
      log =
          new Log(ping.client(), ping.target(), Client.DEFAULT_TIMEOUT.toNanos(), Optional.empty());
      logs.put(ping.client(), log);
    }
    boolean ok = ping.outcome() == PingOutcome.OK;
    log.accept(atNanos, ping.latency().toNanos(), ok, ping.holder());
  }

  /** A request that is not answered well counts as unanswered; unknown clients are passed over. */
  public void accept(long atNanos, Request request) {
    Log log = logs.get(request.client());
    if (log != null) {
      boolean ok = request.outcome() == RequestOutcome.OK;
      log.accept(atNanos, request.latency().toNanos(), ok, request.holder());
      log.requests.ifPresent(tally -> tally.accept(request));
    }
  }

  /** The figures of a run that ended then. */
  public List<ClientFigures> figures(long endNanos) {
    Collection<Log> values = logs.values();
    return values.stream().map(log -> log.figures(endNanos)).toList();
  }

  private static final class Log {
    private static final long OPEN = Long.MAX_VALUE;

    private final String client;
    private final IpAddress target;
    private final TreeSet<Long> answeredNanos = new TreeSet<>();
    private final Optional<RequestTally> requests;
    private final List<Span> windows = new ArrayList<>();
    private final List<Answers> answers = new ArrayList<>();
    private long patienceNanos;
    private long firstNanos = OPEN;
    private long answered;
    private long lost;

    Log(String client, IpAddress target, long patienceNanos, Optional<RequestTally> requests) {
      this.client = client;
      this.target = target;
      this.patienceNanos = patienceNanos;
      this.requests = requests;
    }

    void accept(long atNanos, long latencyNanos, boolean ok, Optional<String> holder) {
      long sentNanos = atNanos - latencyNanos;
      firstNanos = Math.min(firstNanos, sentNanos);
      patienceNanos = Math.max(patienceNanos, atNanos - sentNanos);
      if (ok) {
        answered++;
        answered(sentNanos, atNanos, holder);
      } else {
        lost++;
        lost(sentNanos);
      }
      forget(atNanos - patienceNanos);
    }

    private void answered(long sentNanos, long atNanos, Optional<String> holder) {
      if (!windows.isEmpty() && windows.getLast().toNanos() == OPEN) {
        Span open = windows.removeLast();
        windows.add(new Span(open.fromNanos(), Math.max(open.fromNanos(), sentNanos)));
      }
      answeredNanos.add(sentNanos);
      if (!answers.isEmpty() && answers.getLast().host().equals(holder)) {
        Answers last = answers.removeLast();
        long to = Math.max(last.span().toNanos(), sentNanos);
        Span span = new Span(last.span().fromNanos(), to);
        answers.add(new Answers(holder, span, last.firstAnswerNanos(), last.count() + 1));
      } else {
        answers.add(new Answers(holder, new Span(sentNanos, sentNanos), atNanos, 1));
      }
    }

    private void lost(long sentNanos) {
      Long before = answeredNanos.floor(sentNanos);
      Long after = answeredNanos.higher(sentNanos);
      long from = before == null ? -1 : before;
      long to = after == null ? OPEN : after;
      Span window = new Span(from < 0 ? Math.min(firstNanos, sentNanos) : from, to);
      if (windows.isEmpty() || windows.getLast().fromNanos() < window.fromNanos()) {
        windows.add(window);
      }
    }

    /** Keeps the answered requests since then, and the last before. */
    private void forget(long beforeNanos) {
      Long last = answeredNanos.floor(beforeNanos);
      if (last != null) {
        answeredNanos.headSet(last).clear();
      }
    }

    ClientFigures figures(long endNanos) {
      List<Span> closed = new ArrayList<>();
      for (Span window : windows) {
        long to = window.toNanos() == OPEN ? endNanos : window.toNanos();
        closed.add(new Span(window.fromNanos(), Math.max(window.fromNanos(), to)));
      }
      return new ClientFigures(
          client, target, answered, lost, closed, answers, requests.map(RequestTally::figures));
    }
  }
}
