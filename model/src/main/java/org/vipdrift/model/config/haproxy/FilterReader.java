package org.vipdrift.model.config.haproxy;

import java.util.List;

/** Checks {@code filter} lines. */
final class FilterReader {
  private FilterReader() {}

  static void check(Reading reading, Line line) {
    switch (line.text(1)) {
      case "cache", "fcgi-app" -> {
        String kind = line.is(1, "cache") ? "cache" : "fcgi-app";
        if (!line.has(2)) {
          reading.missing(line, 2, "a name");
          return;
        }
        reading.afterwards(
            () -> {
              if (!reading.sections.has(kind, line.text(2))) {
                reading.log.error(
                    "unknown-section",
                    "there is no " + kind + " section \"" + line.text(2) + "\"",
                    line.span(2));
              }
            });
      }
      case "spoe" -> {
        int at = line.texts(0).indexOf("config");
        boolean right = at > 0 && reading.files.read(line.text(at + 1)).isPresent();
        if (!right) {
          reading.log.error("unreadable-file", "filter spoe needs a readable config", line.span());
        }
      }
      case "trace" -> trace(reading, line);
      default -> {
        // Nothing to look up.
      }
    }
  }

  private static void trace(Reading reading, Line line) {
    for (int i = 2; line.has(i); i++) {
      if (line.is(i, "name")) {
        i++;
      } else if (!List.of("quiet", "random-forwarding", "hexdump").contains(line.text(i))) {
        reading.log.error(
            "unknown-keyword", "trace does not know \"" + line.text(i) + "\"", line.span(i));
        return;
      }
    }
  }
}
