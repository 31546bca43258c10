package org.vipdrift.model.scenario.text;

import java.util.Optional;
import org.vipdrift.model.scenario.Expectation;
import org.vipdrift.model.scenario.Expectation.Interval;
import org.vipdrift.model.scenario.Expectation.Moment;

/** Writes expectations as scenario files do. */
public final class ExpectationText {
  private ExpectationText() {}

  /** One line of a scenario file: {@code holder: { vip: 20.0.0.100, host: a, ... }}. */
  public static String of(Expectation expectation) {
    return expectation.keyword() + ": " + fields(expectation);
  }

  private static FlowText fields(Expectation expectation) {
    FlowText text = new FlowText();
    return switch (expectation) {
      case Expectation.Holder e ->
          interval(text.put("vip", e.vip()).put("host", e.host()), Optional.of(e.interval()));
      case Expectation.NoSplitBrain e ->
          interval(text.put("longer-than", e.longerThan()).put("vip", e.vip()), e.interval());
      case Expectation.SplitBrain e -> moments(text.put("vip", e.vip()), e.from(), e.to());
      case Expectation.Unheld e -> moments(text.put("vip", e.vip()), e.from(), e.to());
      case Expectation.UnheldAtMost e ->
          interval(text.put("vip", e.vip()).put("longest", e.longest()), e.interval());
      case Expectation.FailoverWithin e ->
          text.put("vip", e.vip())
              .put("after", e.after())
              .put("to", e.to())
              .put("within", e.within());
      case Expectation.Flaps e -> {
        text.put("vip", e.vip()).put("at-least", e.atLeast());
        yield interval(
            e.atMost() == Integer.MAX_VALUE ? text : text.put("at-most", e.atMost()), e.interval());
      }
      case Expectation.Outage e -> {
        text.put("client", e.client()).put("longest", e.longest()).put("total", e.total());
        yield interval(
            e.atLeast().isZero() && (e.longest().isPresent() || e.total().isPresent())
                ? text
                : text.put("at-least", e.atLeast()),
            e.interval());
      }
      case Expectation.AnsweredBy e ->
          interval(text.put("client", e.client()).put("host", e.host()), Optional.of(e.interval()));
      case Expectation.InState e ->
          interval(
              text.put("host", e.host()).put("instance", e.instance()).put("state", e.state()),
              Optional.of(e.interval()));
      case Expectation.Logged e ->
          interval(
              text.put("host", e.host()).raw("text", FlowText.escaped(e.text())), e.interval());
    };
  }

  private static FlowText interval(FlowText text, Optional<Interval> interval) {
    interval.ifPresent(i -> text.put("from", i.from()).put("to", i.to()));
    return text;
  }

  private static FlowText moments(FlowText text, Moment from, Optional<Moment> to) {
    text.raw("from", moment(from));
    to.ifPresent(t -> text.raw("to", moment(t)));
    return text;
  }

  private static String moment(Moment moment) {
    String earliest = DurationText.format(moment.earliest());
    return moment.earliest().equals(moment.latest())
        ? earliest
        : earliest + ".." + DurationText.format(moment.latest());
  }
}
