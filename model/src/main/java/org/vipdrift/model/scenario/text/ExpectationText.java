package org.vipdrift.model.scenario.text;

import java.math.BigDecimal;
import java.util.Locale;
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
      case Expectation.ServedBy e -> interval(servedBy(text, e), e.interval());
      case Expectation.Errors e -> interval(errors(text, e), e.interval());
      case Expectation.Latency e ->
          interval(
              text.put("client", e.client())
                  .put(e.percentile() == 100 ? "max" : "p" + number(e.percentile()), e.atMost()),
              e.interval());
      case Expectation.Sticky e -> interval(text.put("client", e.client()), e.interval());
      case Expectation.ServerState e ->
          interval(
              text.put("host", e.host())
                  .put("process", e.process())
                  .put("proxy", e.proxy())
                  .put("server", e.server())
                  .put("state", word(e.state())),
              Optional.of(e.interval()));
      case Expectation.ReachesOne e ->
          interval(text.put("client", e.client()), Optional.of(e.interval()));
      case Expectation.InState e ->
          interval(
              text.put("host", e.host()).put("instance", e.instance()).put("state", e.state()),
              Optional.of(e.interval()));
      case Expectation.Logged e ->
          interval(
              text.put("host", e.host()).raw("text", FlowText.escaped(e.text())), e.interval());
    };
  }

  private static FlowText servedBy(FlowText text, Expectation.ServedBy e) {
    text.put("client", e.client()).list("servers", e.servers());
    if (e.alternating()) {
      text.raw("alternating", "true");
    }
    text.list("sequence", e.sequence());
    if (!e.shares().isEmpty()) {
      FlowText shares = new FlowText();
      e.shares().forEach((server, share) -> shares.raw(server, percent(share)));
      text.raw("shares", shares.toString());
      if (e.tolerance() != Expectation.ServedBy.DEFAULT_TOLERANCE) {
        text.raw("tolerance", percent(e.tolerance()));
      }
    }
    return text;
  }

  private static FlowText errors(FlowText text, Expectation.Errors e) {
    text.put("client", e.client());
    if (e.atLeast() > 0) {
      text.put("at-least", e.atLeast());
    }
    e.atMost().ifPresent(most -> text.put("at-most", most));
    e.atMostPercent().ifPresent(most -> text.raw("at-most", percent(most)));
    return text.list("outcomes", e.outcomes().stream().map(ExpectationText::word).toList());
  }

  /** A constant as scenario files write it: {@code HTTP_ERROR} as {@code http-error}. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String percent(double percent) {
    return number(percent) + "%";
  }

  private static String number(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
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
