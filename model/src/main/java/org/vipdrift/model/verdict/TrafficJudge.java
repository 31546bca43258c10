package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.text.ExpectationText;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.verdict.Figures.ClientFigures;

/** Judges what expectations say of clients and servers, as far as no watch does. */
final class TrafficJudge {
  private final Evidence evidence;

  TrafficJudge(Evidence evidence) {
    this.evidence = evidence;
  }

  Finding outage(Expectation.Outage e) {
    Optional<ClientFigures> figures =
        evidence.figures().clients().stream()
            .filter(c -> c.client().equals(e.client()))
            .findFirst();
    if (figures.isEmpty() || figures.get().answered() + figures.get().lost() == 0) {
      return new Finding(
          Outcome.UNKNOWN, e.client() + " sent no requests", OptionalLong.empty(), 0);
    }
    Span window = evidence.within(e.interval());
    List<Span> outages =
        figures.get().outages().stream()
            .flatMap(span -> span.intersection(window).stream())
            .toList();
    Span longest = new Span(0, 0);
    for (Span span : outages) {
      longest = span.lengthNanos() > longest.lengthNanos() ? span : longest;
    }
    Duration total = Figures.total(outages);
    String text =
        outages.isEmpty()
            ? "every request was answered"
            : "the longest outage was "
                + Prose.length(longest.length())
                + ", from "
                + Prose.span(longest)
                + (outages.size() > 1 ? "; " + Prose.length(total) + " in all" : "");
    Duration length = longest.length();
    boolean tooLong =
        e.longest().map(bound -> length.compareTo(bound) > 0).orElse(false)
            || e.total().map(bound -> total.compareTo(bound) > 0).orElse(false);
    if (tooLong) {
      long at = longest.fromNanos();
      long eventId =
          evidence
              .causes()
              .firstLoss(figures.get().target(), at, longest.toNanos())
              .map(TraceEvent::id)
              .orElse(0L);
      return Finding.broken(text, at, eventId);
    }
    return length.compareTo(e.atLeast()) < 0 ? Finding.broken(text) : Finding.holds(text);
  }

  Finding answeredBy(Expectation.AnsweredBy e) {
    Logbook.AnswerWatch watch = evidence.logbook().watch(e);
    if (watch.firstWrong().isPresent()) {
      TraceEvent first = watch.firstWrong().get();
      String text =
          "at "
              + Prose.at(first.atNanos())
              + " "
              + evidence.causes().describe(first)
              + ", "
              + Prose.count(watch.wrong(), "time")
              + " of "
              + (watch.wrong() + watch.right());
      long eventId = evidence.holdings().history(target(e.client())).at(first.atNanos()).eventId();
      return Finding.broken(text, first.atNanos(), eventId);
    }
    return watch.right() == 0
        ? Finding.broken("nobody answered it")
        : Finding.holds(e.host() + " answered " + Prose.count(watch.right(), "request"));
  }

  Finding serverState(Expectation.ServerState e) {
    List<ServerStates.Entry> entries =
        evidence.servers().of(e.host(), e.process(), e.proxy(), e.server());
    if (entries.isEmpty()) {
      return e.state() == Expectation.ServerCondition.UP
          ? Finding.holds("nothing was said of it")
          : Finding.broken("nothing was said of it: it counts as up");
    }
    String wanted = ExpectationText.word(e.state());
    Span window = evidence.within(Optional.of(e.interval()));
    for (int i = 0; i < entries.size(); i++) {
      ServerStates.Entry entry = entries.get(i);
      long to = i + 1 < entries.size() ? entries.get(i + 1).atNanos() : Long.MAX_VALUE;
      Optional<Span> common = new Span(i == 0 ? 0 : entry.atNanos(), to).intersection(window);
      if (common.isPresent() && !entry.state().equals(wanted)) {
        return Finding.broken(
            "from " + Prose.span(common.get()) + " it was " + entry.state(),
            common.get().fromNanos(),
            entry.eventId());
      }
    }
    return Finding.holds("it was " + wanted + " throughout");
  }

  private IpAddress target(String client) {
    return evidence.figures().clients().stream()
        .filter(c -> c.client().equals(client))
        .map(ClientFigures::target)
        .findFirst()
        .orElseThrow();
  }
}
