package org.vipdrift.model.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.Interval;
import org.vipdrift.model.scenario.Expectation.Moment;
import org.vipdrift.model.scenario.text.ExpectationText;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.verdict.HoldingHistory.HolderChange;
import org.vipdrift.model.verdict.HoldingHistory.Standing;
import org.vipdrift.model.verdict.HoldingHistory.Stretch;

/** Judges expectations, one evaluator for each sort. */
final class ExpectationJudge {
  private final Evidence evidence;
  private final TrafficJudge traffic;

  ExpectationJudge(Evidence evidence) {
    this.evidence = evidence;
    this.traffic = new TrafficJudge(evidence);
  }

  Judgement judge(Expectation expectation) {
    Finding finding =
        switch (expectation) {
          case Expectation.Holder e -> holder(e);
          case Expectation.NoSplitBrain e -> noSplitBrain(e);
          case Expectation.SplitBrain e ->
              claimed(history(e.vip()).splitBrain(evidence.run()), e.from(), e.to(), "two holders");
          case Expectation.Unheld e ->
              claimed(history(e.vip()).unheld(evidence.run()), e.from(), e.to(), "no holder");
          case Expectation.UnheldAtMost e -> unheldAtMost(e);
          case Expectation.FailoverWithin e -> failover(e);
          case Expectation.Flaps e -> flaps(e);
          case Expectation.Outage e -> traffic.outage(e);
          case Expectation.AnsweredBy e -> traffic.answeredBy(e);
          case Expectation.ServedBy e -> evidence.requests().finding(e);
          case Expectation.Errors e -> evidence.requests().finding(e);
          case Expectation.Latency e -> evidence.requests().finding(e);
          case Expectation.Sticky e -> evidence.requests().finding(e);
          case Expectation.ServerState e -> traffic.serverState(e);
          case Expectation.ReachesOne e -> evidence.requests().finding(e);
          case Expectation.InState e -> inState(e);
          case Expectation.Logged e -> logged(e);
        };
    if (finding.outcome() == Outcome.HOLDS && evidence.endNanos() < neededNanos(expectation)) {
      finding =
          new Finding(
              Outcome.UNKNOWN,
              "the run ended at "
                  + Prose.at(evidence.endNanos())
                  + "; until then "
                  + finding.text(),
              OptionalLong.empty(),
              0);
    }
    List<Link> chain =
        finding.outcome() == Outcome.BROKEN && finding.eventId() > 0
            ? evidence.causes().chain(finding.eventId())
            : List.of();
    return new Judgement(
        expectation.keyword(),
        ExpectationText.of(expectation),
        ExpectationProse.of(expectation),
        finding.outcome(),
        finding.text(),
        finding.atNanos(),
        chain,
        List.of());
  }

  /** Until when a run must last for a positive judgement. */
  private long neededNanos(Expectation expectation) {
    Optional<Interval> interval =
        switch (expectation) {
          case Expectation.Holder e -> Optional.of(e.interval());
          case Expectation.NoSplitBrain e -> e.interval();
          case Expectation.SplitBrain e -> Optional.empty();
          case Expectation.Unheld e -> Optional.empty();
          case Expectation.UnheldAtMost e -> e.interval();
          case Expectation.FailoverWithin e -> Optional.of(new Interval(e.after(), e.after()));
          case Expectation.Flaps e -> e.interval();
          case Expectation.Outage e -> e.interval();
          case Expectation.AnsweredBy e -> Optional.of(e.interval());
          case Expectation.ServedBy e -> e.interval();
          case Expectation.Errors e -> e.interval();
          case Expectation.Latency e -> e.interval();
          case Expectation.Sticky e -> e.interval();
          case Expectation.ServerState e -> Optional.of(e.interval());
          case Expectation.ReachesOne e -> Optional.of(e.interval());
          case Expectation.InState e -> Optional.of(e.interval());
          case Expectation.Logged e ->
              e.absent() ? e.interval() : Optional.of(new Interval(Duration.ZERO, Duration.ZERO));
        };
    long scenarioEnd = evidence.scenario().until().toNanos();
    return interval.map(i -> Math.min(i.to().toNanos(), scenarioEnd)).orElse(scenarioEnd);
  }

  private HoldingHistory history(IpAddress vip) {
    return evidence.holdings().history(vip);
  }

  private Finding holder(Expectation.Holder e) {
    Span window = evidence.within(Optional.of(e.interval()));
    List<Stretch> wrong =
        history(e.vip()).stretches(window, s -> !s.holders().equals(List.of(e.host())));
    if (wrong.isEmpty()) {
      return Finding.holds(e.host() + " held it throughout");
    }
    Stretch first = wrong.getFirst();
    Standing standing = first.beginning();
    String who =
        standing.dormant().contains(e.host())
            ? e.host() + " had it but was paused"
            : Prose.and(standing.holders()) + " held it";
    long total = wrong.stream().mapToLong(s -> s.span().lengthNanos()).sum();
    String rest =
        wrong.size() == 1
            ? ""
            : ", and "
                + Prose.count(wrong.size() - 1, "more time")
                + ", "
                + Prose.length(Duration.ofNanos(total))
                + " in all";
    return Finding.broken(
        "from " + Prose.span(first.span()) + " " + who + rest,
        first.span().fromNanos(),
        standing.eventId());
  }

  private Finding noSplitBrain(Expectation.NoSplitBrain e) {
    Optional<HoldingHistory> worst = Optional.empty();
    Optional<Stretch> longest = Optional.empty();
    for (HoldingHistory history : evidence.holdings().histories()) {
      if (e.vip().map(history.vip()::equals).orElse(true)) {
        Optional<Stretch> own = longest(history.splitBrain(evidence.within(e.interval())));
        if (longer(own, longest)) {
          longest = own;
          worst = Optional.of(history);
        }
      }
    }
    if (longest.isEmpty() || worst.isEmpty()) {
      return Finding.holds("never were there two holders");
    }
    Stretch stretch = longest.get();
    if (stretch.span().length().compareTo(e.longerThan()) <= 0) {
      return Finding.holds("two holders for " + Prose.length(stretch.span().length()) + " at most");
    }
    return Finding.broken(
        Prose.and(stretch.beginning().holders())
            + " both held "
            + worst.get().vip()
            + " from "
            + Prose.span(stretch.span()),
        stretch.span().fromNanos(),
        stretch.beginning().eventId());
  }

  private Finding claimed(List<Stretch> stretches, Moment from, Optional<Moment> to, String what) {
    long endNanos = evidence.endNanos();
    for (Stretch stretch : stretches) {
      boolean ends =
          to.map(moment -> includes(moment, stretch.span().toNanos()))
              .orElse(stretch.span().toNanos() == endNanos);
      if (includes(from, stretch.span().fromNanos()) && ends) {
        return Finding.holds("there were " + what + " from " + Prose.span(stretch.span()));
      }
    }
    if (stretches.isEmpty()) {
      return Finding.broken("there never were " + what);
    }
    List<String> found = new ArrayList<>();
    for (Stretch stretch : stretches.subList(0, Math.min(3, stretches.size()))) {
      found.add("from " + Prose.span(stretch.span()));
    }
    Stretch nearest = stretches.getFirst();
    for (Stretch stretch : stretches) {
      if (distance(stretch, from) < distance(nearest, from)) {
        nearest = stretch;
      }
    }
    String more = stretches.size() > 3 ? " and " + (stretches.size() - 3) + " more times" : "";
    return Finding.broken(
        "there were " + what + " " + String.join(", ", found) + more,
        nearest.span().fromNanos(),
        nearest.beginning().eventId());
  }

  private static long distance(Stretch stretch, Moment from) {
    return Math.abs(stretch.span().fromNanos() - from.earliest().toNanos());
  }

  private static boolean includes(Moment moment, long atNanos) {
    return moment.earliest().toNanos() <= atNanos && atNanos <= moment.latest().toNanos();
  }

  private Finding unheldAtMost(Expectation.UnheldAtMost e) {
    Optional<Stretch> longest = longest(history(e.vip()).unheld(evidence.within(e.interval())));
    if (longest.isEmpty()) {
      return Finding.holds("somebody held it throughout");
    }
    Stretch stretch = longest.get();
    if (stretch.span().length().compareTo(e.longest()) <= 0) {
      return Finding.holds("unheld for " + Prose.length(stretch.span().length()) + " at most");
    }
    return Finding.broken(
        "nobody held it from " + Prose.span(stretch.span()),
        stretch.span().fromNanos(),
        stretch.beginning().eventId());
  }

  private Finding failover(Expectation.FailoverWithin e) {
    HoldingHistory history = history(e.vip());
    long after = e.after().toNanos();
    Optional<String> before = after == 0 ? Optional.empty() : history.at(after - 1).foremost();
    List<String> known = new ArrayList<>(after == 0 ? List.of() : history.at(after - 1).holders());
    for (Standing standing : history.standings()) {
      if (standing.atNanos() < after) {
        continue;
      }
      for (String holder : standing.holders()) {
        boolean taken = !known.contains(holder);
        boolean awaited = e.to().map(holder::equals).orElse(false);
        if (taken && (awaited || !before.equals(Optional.of(holder)))) {
          return taken(e, holder, standing);
        }
      }
      known = standing.holders();
    }
    long waited = evidence.endNanos() - after;
    if (waited < e.within().toNanos()) {
      return new Finding(
          Outcome.UNKNOWN,
          "no other host had taken it when the run ended",
          OptionalLong.empty(),
          0);
    }
    return Finding.broken("no other host took it");
  }

  private static Finding taken(Expectation.FailoverWithin e, String holder, Standing standing) {
    Duration elapsed = Duration.ofNanos(standing.atNanos()).minus(e.after());
    String text = holder + " took it after " + Prose.length(elapsed);
    boolean right = e.to().map(holder::equals).orElse(true);
    return right && elapsed.compareTo(e.within()) <= 0
        ? Finding.holds(text)
        : Finding.broken(text, standing.atNanos(), standing.eventId());
  }

  private Finding flaps(Expectation.Flaps e) {
    Span window = evidence.within(e.interval());
    List<HolderChange> changes =
        history(e.vip()).changes(evidence.endNanos()).stream()
            .filter(change -> window.contains(change.atNanos()))
            .toList();
    String text = "it changed its holder " + Prose.count(changes.size(), "time");
    if (changes.size() > e.atMost()) {
      HolderChange first = changes.get(e.atMost());
      return Finding.broken(text, first.atNanos(), first.standing().eventId());
    }
    return changes.size() < e.atLeast() ? Finding.broken(text) : Finding.holds(text);
  }

  private Finding inState(Expectation.InState e) {
    List<InstanceStates.Entry> entries = evidence.states().of(e.host(), e.instance());
    if (entries.isEmpty()) {
      return Finding.broken("it never reported a state");
    }
    Span window = evidence.within(Optional.of(e.interval()));
    for (int i = 0; i < entries.size(); i++) {
      InstanceStates.Entry entry = entries.get(i);
      long to = i + 1 < entries.size() ? entries.get(i + 1).atNanos() : Long.MAX_VALUE;
      Optional<Span> common = new Span(entry.atNanos(), to).intersection(window);
      if (common.isPresent() && !entry.state().equalsIgnoreCase(e.state())) {
        return Finding.broken(
            "from " + Prose.span(common.get()) + " its state was " + entry.state(),
            common.get().fromNanos(),
            entry.eventId());
      }
    }
    return Finding.holds("it was " + e.state() + " throughout");
  }

  private Finding logged(Expectation.Logged e) {
    Logbook.LineWatch watch = evidence.logbook().watch(e);
    if (watch.first().isEmpty()) {
      return e.absent() ? Finding.holds("no such line came") : Finding.broken("no such line came");
    }
    TraceEvent first = watch.first().get();
    String text =
        "at "
            + Prose.at(first.atNanos())
            + " "
            + evidence.causes().describe(first)
            + (watch.count() > 1 ? ", " + watch.count() + " times in all" : "");
    return e.absent() ? Finding.broken(text, first.atNanos(), first.id()) : Finding.holds(text);
  }

  private static Optional<Stretch> longest(List<Stretch> stretches) {
    Optional<Stretch> longest = Optional.empty();
    for (Stretch stretch : stretches) {
      if (longer(Optional.of(stretch), longest)) {
        longest = Optional.of(stretch);
      }
    }
    return longest;
  }

  private static boolean longer(Optional<Stretch> one, Optional<Stretch> other) {
    return one.map(s -> s.span().lengthNanos()).orElse(-1L)
        > other.map(s -> s.span().lengthNanos()).orElse(-1L);
  }
}
