package org.vipdrift.model.config.haproxy;

import java.util.List;

/** Backend keywords that are checked, but not modelled. */
final class BackendOddities {
  private final Reading reading;
  private final ProxyDraft proxy;

  BackendOddities(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  void read(Line line) {
    switch (line.text(0)) {
      case "persist" -> {
        if (!line.text(1).startsWith("rdp-cookie")) {
          reading.log.error("unknown-keyword", "persist knows rdp-cookie only", line.span(1));
        }
      }
      case "http-send-name-header" -> {
        if (!line.has(1)) {
          reading.missing(line, 1, "a header's name");
        }
      }
      case "load-server-state-from-file" -> {
        if (!List.of("none", "local", "global").contains(line.text(1))) {
          reading.log.error("bad-choice", "none, local or global is expected", line.span(1));
        }
      }
      case "server-state-file-name" -> {
        if (!line.has(1)) {
          reading.missing(line, 1, "use-backend-name or a file");
        }
      }
      case "srvtcpka-cnt" -> KeepAlive.count(reading, line);
      case "srvtcpka-idle", "srvtcpka-intvl" -> KeepAlive.time(reading, line);
      case "use-fcgi-app" -> fcgi(line);
      default -> reading.atMost(line, 0);
    }
  }

  private void fcgi(Line line) {
    if (!line.has(1) || !proxy.isBackend()) {
      reading.log.error("bad-fcgi", "use-fcgi-app needs a name, in a backend", line.span());
      return;
    }
    reading.afterwards(
        () -> {
          if (reading.sections.has("fcgi-app", line.text(1))) {
            if (proxy.servers.stream().noneMatch(s -> s.fastCgi)) {
              reading.log.error(
                  "no-fcgi-server",
                  "the application has no server with \"proto fcgi\"",
                  line.span());
            }
          } else {
            reading.log.error(
                "unknown-section",
                "there is no fcgi-app section \"" + line.text(1) + "\"",
                line.span(1));
          }
        });
  }
}
