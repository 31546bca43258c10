package org.vipdrift.model.verdict;

import static org.vipdrift.model.verdict.Prose.length;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.Interval;
import org.vipdrift.model.scenario.Expectation.Moment;

/** Writes expectations as sentences. */
final class ExpectationProse {
  private ExpectationProse() {}

  static String of(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Holder e ->
          e.vip() + " is held by " + e.host() + " alone" + during(Optional.of(e.interval()));
      case Expectation.NoSplitBrain e ->
          e.vip().map(IpAddress::toString).orElse("no address")
              + (e.vip().isPresent() ? " never has" : " has")
              + " two holders for longer than "
              + length(e.longerThan())
              + during(e.interval());
      case Expectation.SplitBrain e -> e.vip() + " has two holders, " + span(e.from(), e.to());
      case Expectation.Unheld e -> "nobody holds " + e.vip() + ", " + span(e.from(), e.to());
      case Expectation.UnheldAtMost e ->
          e.vip()
              + " is never without a holder for longer than "
              + length(e.longest())
              + during(e.interval());
      case Expectation.FailoverWithin e ->
          e.to().orElse("another host")
              + " takes "
              + e.vip()
              + " within "
              + length(e.within())
              + " after "
              + length(e.after());
      case Expectation.Flaps e ->
          e.vip()
              + " changes its holder "
              + (e.atLeast() == e.atMost()
                  ? Prose.count(e.atLeast(), "time")
                  : (e.atMost() == Integer.MAX_VALUE
                      ? "at least " + Prose.count(e.atLeast(), "time")
                      : e.atLeast() + " to " + Prose.count(e.atMost(), "time")))
              + during(e.interval());
      case Expectation.Outage e -> outage(e);
      case Expectation.AnsweredBy e ->
          e.client() + " is answered by " + e.host() + " alone" + during(Optional.of(e.interval()));
      case Expectation.InState e ->
          e.instance() + " on " + e.host() + " is " + e.state() + during(Optional.of(e.interval()));
      case Expectation.Logged e ->
          e.host().orElse("some host")
              + (e.absent() ? " never logs \"" : " logs \"")
              + e.text()
              + "\""
              + during(e.interval());
    };
  }

  private static String outage(Expectation.Outage e) {
    List<String> bounds = new ArrayList<>();
    e.longest()
        .ifPresent(longest -> bounds.add("no longer than " + length(longest) + " at a time"));
    e.total().ifPresent(total -> bounds.add("no longer than " + length(total) + " in all"));
    if (e.atLeast().isPositive()) {
      bounds.add("for at least " + length(e.atLeast()) + " once");
    }
    return e.client() + " is without answers " + Prose.and(bounds) + during(e.interval());
  }

  private static String during(Optional<Interval> interval) {
    return interval.map(i -> " from " + length(i.from()) + " to " + length(i.to())).orElse("");
  }

  private static String span(Moment from, Optional<Moment> to) {
    return "beginning "
        + spoken(from)
        + " and "
        + to.map(t -> "ending " + spoken(t)).orElse("lasting to the end");
  }

  private static String spoken(Moment moment) {
    return moment.earliest().equals(moment.latest())
        ? "at " + length(moment.earliest())
        : "between " + length(moment.earliest()) + " and " + length(moment.latest());
  }
}
