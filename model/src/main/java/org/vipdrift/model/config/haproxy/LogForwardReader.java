package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.haproxy.settings.LogForwardSettings;
import org.vipdrift.model.haproxy.settings.LogTarget;

/** Reads a {@code log-forward} section. */
final class LogForwardReader implements SmallSection {
  private static final List<String> WORDS =
      List.of("bind", "dgram-bind", "log", "maxconn", "backlog", "timeout");

  private final Reading reading;
  private final String name;
  private final SourceSpan span;
  private final List<String> listeners = new ArrayList<>();
  private final List<LogTarget> targets = new ArrayList<>();

  LogForwardReader(Reading reading, Line line) {
    this.reading = reading;
    this.name = line.text(1);
    this.span = line.span();
  }

  @Override
  public void line(Line line) {
    switch (line.text(0)) {
      case "bind", "dgram-bind" -> {
        if (line.is(0, "dgram-bind") && !line.has(1)) {
          return;
        }
        if (!new BindReader(reading).bind(line).isEmpty()) {
          listeners.add(line.text(1));
          reading.listens = true;
        }
      }
      case "log" -> {
        if (!line.is(1, "global")) {
          new LogReader(reading).target(line).ifPresent(targets::add);
        }
      }
      case "maxconn", "backlog" -> {
        if (!line.has(1)) {
          reading.missing(line, 1, "a whole number");
        }
      }
      case "timeout" -> {
        if (!line.is(1, "client")) {
          reading.log.error("unknown-timeout", "log-forward has the timeout client", line.span(1));
        } else if (!line.has(2)) {
          reading.missing(line, 2, "a time");
        } else {
          reading.time(line, 2, "timeout client");
        }
      }
      default -> SmallSection.unknown(reading, line, "log-forward", WORDS);
    }
  }

  @Override
  public void end() {
    if (listeners.isEmpty()) {
      reading.log.warning("no-bind", "\"" + name + "\" listens nowhere", span);
    }
    reading.sections.logForwards.putIfAbsent(
        name, new LogForwardSettings(name, listeners, targets));
  }
}
