package org.vipdrift.model.config.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;

/** Looks up the names arguments refer to, once everything is read. */
final class References {
  private References() {}

  static void argument(
      Reading reading, ProxyDraft proxy, String type, String value, SourceSpan span) {
    switch (type) {
      case "table" ->
          reading.afterwards(
              () -> missing(reading, hasTable(reading, value), "stick-table", value, span));
      case "backend" ->
          reading.afterwards(
              () ->
                  missing(
                      reading, find(reading, value, false).isPresent(), "backend", value, span));
      case "frontend" ->
          reading.afterwards(
              () ->
                  missing(
                      reading, find(reading, value, true).isPresent(), "frontend", value, span));
      case "user list" ->
          reading.afterwards(
              () ->
                  missing(
                      reading, reading.sections.has("userlist", value), "userlist", value, span));
      case "server" -> reading.afterwards(() -> server(reading, proxy, value, span));
      default -> {
        // Says itself what it means.
      }
    }
  }

  static boolean hasTable(Reading reading, String name) {
    return reading.proxies.stream().anyMatch(p -> p.name.equals(name) && p.stickTable.isPresent())
        || reading.sections.peers.values().stream()
            .flatMap(p -> p.tables.stream())
            .anyMatch(t -> t.name().equals(name));
  }

  static Optional<ProxyDraft> find(Reading reading, String name, boolean frontend) {
    return reading.proxies.stream()
        .filter(p -> p.name.equals(name) && (frontend ? p.isFrontend() : p.isBackend()))
        .findFirst();
  }

  private static void server(Reading reading, ProxyDraft proxy, String value, SourceSpan span) {
    int slash = value.indexOf('/');
    String name = value.substring(slash + 1);
    Optional<ProxyDraft> owner =
        slash < 0 ? Optional.of(proxy) : find(reading, value.substring(0, slash), false);
    boolean known =
        owner.isPresent() && owner.get().servers.stream().anyMatch(s -> s.name.equals(name));
    missing(reading, known, "server", value, span);
  }

  private static void missing(
      Reading reading, boolean found, String what, String name, SourceSpan span) {
    if (!found) {
      List<String> names =
          what.equals("userlist")
              ? new ArrayList<>(reading.sections.of("userlist"))
              : reading.proxies.stream().map(p -> p.name).toList();
      reading.log.error(
          "unknown-" + what,
          "there is no " + what + " \"" + name + "\"",
          span,
          Suggestions.didYouMean(name, names));
    }
  }
}
