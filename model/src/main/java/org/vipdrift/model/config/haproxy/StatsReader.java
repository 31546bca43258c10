package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;

/** Reads {@code stats} lines of a proxy. */
final class StatsReader {
  private static final List<String> WORDS =
      List.of(
          "admin",
          "uri",
          "realm",
          "auth",
          "scope",
          "enable",
          "hide-version",
          "show-node",
          "show-desc",
          "show-legends",
          "show-modules",
          "refresh",
          "http-request");

  private final Reading reading;
  private final ProxyDraft proxy;

  StatsReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  private StatsDraft stats() {
    if (proxy.stats.isEmpty()) {
      proxy.stats = Optional.of(new StatsDraft());
    }
    return proxy.stats.orElseThrow();
  }

  void read(Line line) {
    String word = line.text(1);
    boolean ruled = word.equals("admin") || word.equals("http-request");
    if (ruled && proxy.kind == ProxyDraft.Kind.DEFAULTS) {
      reading.log.error(
          "not-in-defaults", "\"stats " + word + "\" is not allowed in defaults", line.span());
      return;
    }
    if (!WORDS.contains(word)) {
      reading.log.error(
          "unknown-keyword",
          "unknown stats parameter \"" + word + "\"",
          line.span(1),
          Suggestions.didYouMean(word, WORDS));
      return;
    }
    boolean needsValue = List.of("uri", "realm", "auth", "scope", "refresh").contains(word);
    if (needsValue && !line.has(2)) {
      reading.missing(line, 2, "a value after \"" + word + "\"");
      return;
    }
    apply(line);
    SourceSpan span = line.span();
    reading.afterwards(
        () -> {
          if (proxy.kind != ProxyDraft.Kind.DEFAULTS && !proxy.isHttp()) {
            reading.log.warning("needs-http", "stats is ignored outside of mode http", span);
          }
        });
  }

  private void apply(Line line) {
    switch (line.text(1)) {
      case "enable" -> stats();
      case "uri" -> stats().uri = line.text(2);
      case "realm" -> stats().realm = Optional.of(line.text(2));
      case "auth" -> stats().credentials.add(line.text(2));
      case "scope" -> stats().scope.add(line.text(2));
      case "hide-version" -> stats().hideVersion = true;
      case "show-legends" -> stats().showLegends = true;
      case "show-modules" -> stats().showModules = true;
      case "refresh" ->
          reading
              .seconds(line, 2, "stats refresh")
              .ifPresent(t -> stats().refresh = Optional.of(t));
      case "show-node" -> {
        if (line.has(2) && !line.text(2).matches("[0-9A-Za-z._-]+")) {
          reading.log.error("bad-name", "show-node takes a node's name", line.span(2));
        } else {
          stats().showNode = Optional.of(line.text(2));
        }
      }
      case "show-desc" -> stats().showDescription = Optional.of(line.joined(2));
      case "admin" ->
          new ConditionParser(reading, proxy)
              .required(line, 2, "stats admin", Place.HTTP_REQUEST)
              .ifPresent(stats().admin::add);
      default -> {
        if (!List.of("allow", "deny", "auth").contains(line.text(2))) {
          reading.log.error(
              "unknown-action", "stats http-request knows allow, deny and auth", line.span(2));
          return;
        }
        new HttpRuleReader(reading, proxy)
            .rule(line, 2, "http-request", Place.HTTP_REQUEST)
            .ifPresent(stats().rules::add);
      }
    }
  }
}
