package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.RingSettings;

/** Reads a {@code ring} section. */
final class RingReader implements SmallSection {
  private static final List<String> WORDS =
      List.of("size", "server", "timeout", "format", "maxlen", "description", "backing-file");

  private final Reading reading;
  private final Line first;
  private final ProxyDraft servers;
  private final Set<String> timeouts = new TreeSet<>();
  private long size = 16_384;
  private int maximum = 1_024;
  private Optional<String> format = Optional.empty();

  RingReader(Reading reading, Line line) {
    this.reading = reading;
    this.first = line;
    this.servers = new ProxyDraft(ProxyDraft.Kind.BACKEND, line.text(1), line.span());
  }

  @Override
  public void line(Line line) {
    switch (line.text(0)) {
      case "size" -> {
        int wanted = Numbers.intPrefix(line.text(1));
        if (wanted < size) {
          reading.log.error(
              "bad-size", "a ring can only grow, from its " + size + " octets", line.span(1));
        } else {
          size = wanted;
        }
      }
      case "server" -> new ServerReader(reading, servers).server(line);
      case "timeout" -> {
        timeouts.add(line.text(1));
        if (!line.is(1, "connect") && !line.is(1, "server")) {
          return;
        }
        if (!line.has(2)) {
          reading.missing(line, 2, "a time");
        } else {
          reading.time(line, 2, "timeout " + line.text(1));
        }
      }
      case "format" -> {
        List<String> formats =
            List.of("local", "rfc3164", "rfc5424", "priority", "short", "timed", "iso", "raw");
        if (formats.contains(line.text(1))) {
          format = Optional.of(line.text(1));
        } else {
          reading.log.error(
              "bad-choice",
              "unknown format \"" + line.text(1) + "\"",
              line.span(1),
              Suggestions.didYouMean(line.text(1), formats));
        }
      }
      case "maxlen" -> {
        maximum = Numbers.intPrefix(line.text(1));
        if (maximum <= 0) {
          reading.log.error("bad-size", "maxlen needs a length above 0", line.span(1));
        }
      }
      case "description" -> {
        if (!line.has(1)) {
          reading.missing(line, 1, "a text");
        }
      }
      case "backing-file" -> reading.notModelled("backing-file", line.span(0));
      default -> SmallSection.unknown(reading, line, "ring", WORDS);
    }
  }

  @Override
  public void end() {
    if (maximum > size) {
      reading.log.warning("maxlen-above-size", "maxlen is above the ring's size", first.span());
      maximum = (int) size;
    }
    boolean timed = timeouts.contains("connect") && timeouts.contains("server");
    if (!servers.servers.isEmpty() && !timed) {
      reading.log.warning(
          "missing-timeout", "the ring's servers need timeouts connect and server", first.span());
    }
    reading.sections.rings.putIfAbsent(
        first.text(1), new RingSettings(first.text(1), size, maximum, format));
  }
}
