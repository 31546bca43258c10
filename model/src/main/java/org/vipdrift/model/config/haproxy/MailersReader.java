package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.haproxy.settings.MailersSettings;

/** Reads a {@code mailers} section. */
final class MailersReader implements SmallSection {
  private final Reading reading;
  private final String name;
  private final SourceSpan span;
  private final List<MailersSettings.Mailer> mailers = new ArrayList<>();
  private Duration timeout = Duration.ofSeconds(10);

  MailersReader(Reading reading, Line line) {
    this.reading = reading;
    this.name = line.text(1);
    this.span = line.span();
  }

  @Override
  public void line(Line line) {
    switch (line.text(0)) {
      case "mailer" -> {
        if (!line.has(2)) {
          reading.missing(line, line.size(), "a name and an address with a port");
        } else if (SocketAddress.parse(
                line.text(2), new SocketAddress.Allowed(false, false, true, true))
            instanceof SocketAddress.Result.Wrong wrong) {
          reading.log.error(wrong.code(), wrong.message(), line.span(2));
        } else {
          mailers.add(new MailersSettings.Mailer(line.text(1), line.text(2)));
        }
      }
      case "timeout" -> {
        if (!line.is(1, "mail")) {
          reading.log.error("unknown-timeout", "mailers have the timeout mail", line.span(1));
        } else if (!line.has(2)) {
          reading.missing(line, 2, "a time");
        } else {
          reading.time(line, 2, "timeout mail").ifPresent(t -> timeout = t);
        }
      }
      default -> SmallSection.unknown(reading, line, "mailers", List.of("mailer", "timeout"));
    }
  }

  @Override
  public void end() {
    reading.afterwards(this::unused);
    reading.sections.mailers.putIfAbsent(name, new MailersSettings(name, mailers, timeout));
  }

  private void unused() {
    boolean used =
        !mailers.isEmpty()
            && reading.proxies.stream().anyMatch(p -> name.equals(p.emailAlert.get("mailers")));
    if (!used) {
      reading.log.warning("unused-mailers", "no proxy uses these mailers", span);
    }
  }
}
