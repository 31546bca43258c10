package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.StickRule;

/** Reads {@code stick} rules. */
final class StickReader {
  private final Reading reading;

  StickReader(Reading reading) {
    this.reading = reading;
  }

  void read(ProxyDraft proxy, Line line) {
    if (line.is(0, "stick-table")) {
      if (proxy.stickTable.isPresent()) {
        reading.log.error("repeated", "there is a stick-table in this proxy already", line.span());
        return;
      }
      proxy.stickTable = new StickTableReader(reading, line, proxy.name).read(1);
      return;
    }
    rule(proxy, line);
  }

  private void rule(ProxyDraft proxy, Line line) {
    boolean match = line.is(1, "match") || line.is(1, "on");
    boolean store = line.is(1, "on") || line.text(1).startsWith("store-");
    boolean response = line.is(1, "store-response");
    List<String> kinds = List.of("on", "match", "store-request", "store-response");
    if (!kinds.contains(line.text(1))) {
      reading.log.error(
          "unknown-keyword",
          "stick knows " + String.join(", ", kinds),
          line.span(1),
          Suggestions.didYouMean(line.text(1), kinds));
      return;
    }
    Place place = response ? Place.STORE : Place.USE_SERVER;
    Optional<SampleParser.Parsed> sample = new SampleParser(reading, proxy).words(line, 2, place);
    if (sample.isEmpty()) {
      return;
    }
    int next = sample.get().nextWord();
    String table = proxy.name;
    SourceSpan span = line.span();
    if (line.is(next, "table")) {
      table = line.text(next + 1);
      span = line.span(next + 1);
      next += 2;
    }
    ConditionParser.Parsed condition =
        new ConditionParser(reading, proxy).optional(line, next, "stick", place);
    if (!condition.right()) {
      return;
    }
    References.argument(reading, proxy, "table", table, span);
    proxy.stickRules.add(
        new StickRule(
            match, store, response, sample.get().expression(), table, condition.condition()));
  }
}
