package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.ResolversSettings;

/** Reads a {@code resolvers} section. */
final class ResolversReader implements SmallSection {
  private static final List<String> WORDS =
      List.of(
          "nameserver",
          "parse-resolv-conf",
          "hold",
          "accepted_payload_size",
          "resolve_retries",
          "timeout");

  private final Reading reading;
  private final String name;
  private final SourceSpan span;
  private final List<ResolversSettings.NameServer> servers = new ArrayList<>();
  private boolean system;
  private int retries = 3;
  private Duration retry = Duration.ofSeconds(1);
  private Duration resolve = Duration.ofSeconds(1);

  ResolversReader(Reading reading, Line line) {
    this.reading = reading;
    this.name = line.text(1);
    this.span = line.span();
  }

  @Override
  public void line(Line line) {
    switch (line.text(0)) {
      case "nameserver" -> nameServer(line);
      case "parse-resolv-conf" -> {
        system = true;
        reading.notModelled("parse-resolv-conf", line.span(0));
      }
      case "hold" -> hold(line);
      case "accepted_payload_size" -> reading.number(line, 1, "accepted_payload_size", 512, 65_535);
      case "resolve_retries" -> {
        if (line.has(1)) {
          retries = Numbers.intPrefix(line.text(1));
        } else {
          reading.missing(line, 1, "a number of retries");
        }
      }
      case "timeout" -> timeout(line);
      default -> SmallSection.unknown(reading, line, "resolvers", WORDS);
    }
  }

  private void nameServer(Line line) {
    if (!line.has(2)) {
      reading.missing(line, line.size(), "a name and an address with a port");
      return;
    }
    if (!Names.check(reading, line, 1, "name server")) {
      return;
    }
    if (servers.stream().anyMatch(s -> s.name().equals(line.text(1)))) {
      reading.log.error(
          "duplicate-server",
          "the name server \"" + line.text(1) + "\" is there already",
          line.span(1));
      return;
    }
    if (SocketAddress.parse(line.text(2), new SocketAddress.Allowed(false, false, true, true))
        instanceof SocketAddress.Result.Wrong wrong) {
      reading.log.error(wrong.code(), wrong.message(), line.span(2));
      return;
    }
    servers.add(new ResolversSettings.NameServer(line.text(1), line.text(2)));
  }

  private void hold(Line line) {
    List<String> kinds = List.of("nx", "other", "refused", "timeout", "valid", "obsolete");
    if (!line.has(1) || !line.has(2)) {
      reading.missing(line, 1, "an event and a time");
    } else if (reading.time(line, 2, "hold").isPresent() && !kinds.contains(line.text(1))) {
      reading.log.error(
          "unknown-keyword",
          "hold knows " + String.join(", ", kinds),
          line.span(1),
          Suggestions.didYouMean(line.text(1), kinds));
    }
  }

  private void timeout(Line line) {
    if (!line.is(1, "retry") && !line.is(1, "resolve")) {
      reading.log.error(
          "unknown-timeout", "resolvers have timeouts retry and resolve", line.span(1));
    } else if (!line.has(2)) {
      reading.missing(line, 2, "a time after \"" + line.text(1) + "\"");
    } else {
      reading
          .time(line, 2, "timeout " + line.text(1))
          .ifPresent(
              t -> {
                if (line.is(1, "retry")) {
                  retry = t;
                } else {
                  resolve = t;
                }
              });
    }
  }

  @Override
  public void end() {
    if (servers.isEmpty() && !system) {
      reading.log.warning("no-nameserver", "the resolvers section has no name servers", span);
    }
    reading.sections.resolvers.putIfAbsent(
        name, new ResolversSettings(name, servers, retries, retry, resolve));
  }
}
