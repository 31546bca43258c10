package org.vipdrift.model.verdict;

import static org.vipdrift.model.verdict.Prose.exact;
import static org.vipdrift.model.verdict.Prose.length;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.Interval;
import org.vipdrift.model.scenario.Expectation.Moment;

/** Writes expectations as scenario files do, and as sentences. */
public final class Expressions {
  private Expressions() {}

  /** One line of a scenario file: {@code holder: { vip: 20.0.0.100, host: a, ... }}. */
  public static String of(Expectation expectation) {
    List<String> fields = new ArrayList<>();
    switch (expectation) {
      case Expectation.Holder e -> {
        fields.add("vip: " + address(e.vip()));
        fields.add("host: " + e.host());
        interval(fields, Optional.of(e.interval()));
      }
      case Expectation.NoSplitBrain e -> {
        fields.add("longer-than: " + exact(e.longerThan()));
        e.vip().ifPresent(vip -> fields.add("vip: " + address(vip)));
        interval(fields, e.interval());
      }
      case Expectation.SplitBrain e -> moments(fields, e.vip(), e.from(), e.to());
      case Expectation.Unheld e -> moments(fields, e.vip(), e.from(), e.to());
      case Expectation.UnheldAtMost e -> {
        fields.add("vip: " + address(e.vip()));
        fields.add("longest: " + exact(e.longest()));
        interval(fields, e.interval());
      }
      case Expectation.FailoverWithin e -> {
        fields.add("vip: " + address(e.vip()));
        fields.add("after: " + exact(e.after()));
        e.to().ifPresent(host -> fields.add("to: " + host));
        fields.add("within: " + exact(e.within()));
      }
      case Expectation.Flaps e -> {
        fields.add("vip: " + address(e.vip()));
        fields.add("at-least: " + e.atLeast());
        if (e.atMost() != Integer.MAX_VALUE) {
          fields.add("at-most: " + e.atMost());
        }
        interval(fields, e.interval());
      }
      case Expectation.Outage e -> {
        fields.add("client: " + e.client());
        e.longest().ifPresent(longest -> fields.add("longest: " + exact(longest)));
        e.total().ifPresent(total -> fields.add("total: " + exact(total)));
        if (e.atLeast().isPositive() || e.longest().isEmpty() && e.total().isEmpty()) {
          fields.add("at-least: " + exact(e.atLeast()));
        }
        interval(fields, e.interval());
      }
      case Expectation.AnsweredBy e -> {
        fields.add("client: " + e.client());
        fields.add("host: " + e.host());
        interval(fields, Optional.of(e.interval()));
      }
      case Expectation.InState e -> {
        fields.add("host: " + e.host());
        fields.add("instance: " + e.instance());
        fields.add("state: " + e.state());
        interval(fields, Optional.of(e.interval()));
      }
      case Expectation.Logged e -> {
        e.host().ifPresent(host -> fields.add("host: " + host));
        fields.add("text: \"" + e.text().replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        interval(fields, e.interval());
      }
    }
    return expectation.keyword() + ": { " + String.join(", ", fields) + " }";
  }

  /** The same as a sentence. */
  public static String sentence(Expectation expectation) {
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

  private static String address(IpAddress address) {
    String text = address.toString();
    return text.indexOf(':') < 0 ? text : "\"" + text + "\"";
  }

  private static void interval(List<String> fields, Optional<Interval> interval) {
    interval.ifPresent(
        i -> {
          fields.add("from: " + exact(i.from()));
          fields.add("to: " + exact(i.to()));
        });
  }

  private static void moments(
      List<String> fields, IpAddress vip, Moment from, Optional<Moment> to) {
    fields.add("vip: " + address(vip));
    fields.add("from: " + moment(from));
    to.ifPresent(moment -> fields.add("to: " + moment(moment)));
  }

  private static String moment(Moment moment) {
    return moment.earliest().equals(moment.latest())
        ? exact(moment.earliest())
        : exact(moment.earliest()) + ".." + exact(moment.latest());
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
