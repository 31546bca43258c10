package org.vipdrift.model.config.haproxy;

/** Checks the settings of TCP keep-alive, which are not modelled. */
final class KeepAlive {
  private KeepAlive() {}

  static void count(Reading reading, Line line) {
    if (line.has(1)) {
      if (Numbers.whole(line.text(1)).filter(v -> v >= 0).isEmpty()) {
        reading.log.error("bad-number", "a number of probes is expected", line.span(1));
      }
    } else {
      reading.missing(line, 1, "a number of probes");
    }
  }

  static void time(Reading reading, Line line) {
    if (line.has(1)) {
      reading.seconds(line, 1, line.text(0));
    } else {
      reading.missing(line, 1, "a time");
    }
  }
}
