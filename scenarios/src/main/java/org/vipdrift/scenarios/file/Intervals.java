package org.vipdrift.scenarios.file;

import java.time.Duration;
import java.util.Optional;
import org.vipdrift.model.scenario.Expectation.Interval;
import org.vipdrift.model.scenario.Expectation.Moment;
import org.vipdrift.model.scenario.text.DurationText;

/** Reads the times of expectations and sees that they lie within the run. */
final class Intervals {
  private final Optional<Duration> until;

  /**
   * @param until the end of the run; empty where it could not be read
   */
  Intervals(Optional<Duration> until) {
    this.until = until;
  }

  /** {@code from} and {@code to}; without either it is empty, without one it goes to the bound. */
  Optional<Interval> optional(YamlMap map) {
    return map.has("from") || map.has("to") ? Optional.of(read(map)) : Optional.empty();
  }

  /** {@code from} must be there, {@code to} is the end of the run if it is not. */
  Interval required(YamlMap map) {
    map.required("from");
    return read(map);
  }

  private Interval read(YamlMap map) {
    Optional<Duration> from = map.optional("from").flatMap(YamlNode::duration);
    Optional<Duration> to = map.optional("to").flatMap(YamlNode::duration);
    from.ifPresent(f -> beforeEnd(map.entry("from").value(), f));
    to.ifPresent(t -> withinRun(map.entry("to").value(), t));
    if (from.isPresent() && to.isPresent() && from.get().compareTo(to.get()) >= 0) {
      map.entry("to")
          .value()
          .error(
              Mistake.EMPTY_INTERVAL,
              "the interval is empty: from "
                  + DurationText.format(from.get())
                  + " to "
                  + DurationText.format(to.get()),
              "'to' must be later than 'from'");
    }
    return new Interval(
        from.orElse(Duration.ZERO), to.or(() -> until).orElse(DurationText.LONGEST));
  }

  /** A moment with tolerance, {@code 13s..14s}, or an exact one, {@code 13s}. */
  Optional<Moment> moment(YamlNode node) {
    Optional<Moment> moment =
        node.text("a moment such as 13s..14s")
            .flatMap(
                t -> {
                  String[] parts = t.split("\\.\\.", -1);
                  Optional<Duration> earliest = DurationText.parse(parts[0].strip());
                  Optional<Duration> latest =
                      parts.length > 1 ? DurationText.parse(parts[1].strip()) : earliest;
                  if (parts.length > 2 || earliest.isEmpty() || latest.isEmpty()) {
                    node.error(
                        Mistake.WRONG_VALUE,
                        "expected a moment such as 13s..14s, found " + node.describe(),
                        "two durations with two dots between them");
                    return Optional.empty();
                  }
                  if (earliest.get().isNegative() || earliest.get().compareTo(latest.get()) > 0) {
                    node.error(
                        Mistake.EMPTY_INTERVAL,
                        "the moment ends before it begins: " + t,
                        "write the earlier time first");
                    return Optional.empty();
                  }
                  return Optional.of(new Moment(earliest.get(), latest.get()));
                });
    moment.ifPresent(m -> withinRun(node, m.latest()));
    return moment;
  }

  /** Reports a time that is not before the end of the run. */
  void beforeEnd(YamlNode node, Duration time) {
    if (until.isPresent() && time.compareTo(until.get()) >= 0) {
      afterEnd(node, time);
    }
  }

  private void withinRun(YamlNode node, Duration time) {
    if (until.isPresent() && time.compareTo(until.get()) > 0) {
      afterEnd(node, time);
    }
  }

  private void afterEnd(YamlNode node, Duration time) {
    node.error(
        Mistake.AFTER_END,
        DurationText.format(time)
            + " is not before the end of the run at "
            + DurationText.format(until.orElseThrow()),
        "make 'until' later or this earlier");
  }
}
