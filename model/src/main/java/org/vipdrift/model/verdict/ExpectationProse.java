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
      case Expectation.ServedBy e -> e.client() + " is served " + served(e) + during(e.interval());
      case Expectation.Errors e -> errors(e) + during(e.interval());
      case Expectation.Latency e ->
          (e.percentile() == 100
                  ? "every answer"
                  : Prose.number(e.percentile()) + " % of the answers")
              + " to "
              + e.client()
              + (e.percentile() == 100 ? " comes" : " come")
              + " within "
              + length(e.atMost())
              + during(e.interval());
      case Expectation.Sticky e ->
          "each address of " + e.client() + " stays with one server" + during(e.interval());
      case Expectation.ServerState e ->
          e.process().orElse("the proxy")
              + " on "
              + e.host()
              + " regards "
              + e.proxy()
              + "/"
              + e.server()
              + " as "
              + condition(e.state())
              + during(Optional.of(e.interval()));
      case Expectation.ReachesOne e ->
          "every request of "
              + e.client()
              + " reaches exactly one live holder and a healthy server"
              + during(Optional.of(e.interval()));
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

  private static String served(Expectation.ServedBy e) {
    List<String> claims = new ArrayList<>();
    if (!e.servers().isEmpty()) {
      claims.add("by " + Prose.and(e.servers()));
    }
    if (e.alternating()) {
      claims.add("in turn");
    }
    if (!e.sequence().isEmpty()) {
      claims.add("in the order " + String.join(", ", e.sequence()));
    }
    if (!e.shares().isEmpty()) {
      List<String> shares = new ArrayList<>();
      e.shares().forEach((server, share) -> shares.add(Prose.number(share) + " % by " + server));
      claims.add(Prose.and(shares) + " (give or take " + Prose.number(e.tolerance()) + ")");
    }
    return claims.isEmpty() ? "by somebody" : String.join(", ", claims);
  }

  private static String errors(Expectation.Errors e) {
    List<String> bounds = new ArrayList<>();
    if (e.atLeast() > 0) {
      bounds.add("at least " + e.atLeast());
    }
    e.atMost().ifPresent(most -> bounds.add(most == 0 ? "no" : "at most " + most));
    e.atMostPercent().ifPresent(most -> bounds.add("at most " + Prose.number(most) + " %"));
    String which =
        e.outcomes().isEmpty()
            ? ""
            : " ("
                + String.join(", ", e.outcomes().stream().map(RequestProse::outcome).toList())
                + ")";
    String all = bounds.equals(List.of("no")) ? " request of " : " of the requests of ";
    return Prose.and(bounds)
        + all
        + e.client()
        + (bounds.equals(List.of("no")) ? " fails" : " fail")
        + which;
  }

  private static String condition(Expectation.ServerCondition condition) {
    return switch (condition) {
      case UP -> "up";
      case DOWN -> "down";
      case DRAIN -> "draining";
      case MAINT -> "in maintenance";
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
