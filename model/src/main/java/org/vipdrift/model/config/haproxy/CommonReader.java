package org.vipdrift.model.config.haproxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.CompressionSettings;
import org.vipdrift.model.haproxy.settings.LogFormat;
import org.vipdrift.model.haproxy.settings.LogStyle;

/** Reads keywords both halves of a proxy have. */
final class CommonReader {
  private static final List<String> TIMEOUTS =
      List.of(
          "client",
          "server",
          "connect",
          "check",
          "queue",
          "http-keep-alive",
          "http-request",
          "tunnel",
          "tarpit",
          "client-fin",
          "server-fin");

  private final Reading reading;
  private final ProxyDraft proxy;

  CommonReader(Reading reading, ProxyDraft proxy) {
    this.reading = reading;
    this.proxy = proxy;
  }

  void read(Line line) {
    switch (line.text(0)) {
      case "mode" -> mode(line);
      case "id" -> id(line);
      case "description" -> {
        if (line.has(1)) {
          proxy.description = Optional.of(line.joined(1));
        } else {
          reading.missing(line, 1, "a text");
        }
      }
      case "disabled" -> proxy.disabled = reading.atMost(line, 0) || proxy.disabled;
      case "enabled" -> {
        if (reading.atMost(line, 0)) {
          proxy.disabled = false;
        }
      }
      case "timeout" -> timeout(line);
      case "acl" -> acl(line);
      case "log" -> log(line);
      case "log-tag" -> {
        if (line.has(1)) {
          proxy.logTag = Optional.of(line.text(1));
        } else {
          reading.missing(line, 1, "a tag");
        }
      }
      case "log-format", "error-log-format", "log-format-sd" -> logFormat(line);
      case "bind-process" ->
          reading.log.warning(
              "deprecated", "\"bind-process\" has no effect", line.span(), "remove it");
      case "compression" -> compression(line);
      case "filter" -> filter(line);
      default -> throw new IllegalStateException("no reader for " + line.text(0));
    }
  }

  private void mode(Line line) {
    if (!reading.atMost(line, 1)) {
      return;
    }
    switch (line.text(1)) {
      case "http" -> proxy.http = true;
      case "tcp" -> proxy.http = false;
      case "health" ->
          reading.log.error(
              "gone",
              "mode health does not exist any more",
              line.span(1),
              Optional.of("use http-request return status 200"));
      default ->
          reading.log.error(
              "unknown-mode",
              "unknown proxy mode \"" + line.text(1) + "\"",
              line.span(1),
              Suggestions.didYouMean(line.text(1), List.of("http", "tcp")));
    }
  }

  private void id(Line line) {
    if (!reading.atMost(line, 1)) {
      return;
    }
    int id = Numbers.intPrefix(line.text(1));
    if (id <= 0) {
      reading.log.error("bad-number", "an id has to be above 0", line.span(1));
      return;
    }
    reading.proxies.stream()
        .filter(p -> p != proxy && p.explicitId && p.id == id)
        .findFirst()
        .ifPresent(
            p ->
                reading.log.error(
                    "duplicate-id", "id " + id + " belongs to \"" + p.name + "\"", line.span(1)));
    proxy.id = id;
    proxy.explicitId = true;
  }

  private void timeout(Line line) {
    String name = line.text(1);
    if (!TIMEOUTS.contains(name)) {
      reading.log.error(
          "unknown-timeout",
          "there is no timeout \"" + name + "\"",
          line.span(1),
          Suggestions.didYouMean(name, TIMEOUTS));
      return;
    }
    if (!line.has(2)) {
      reading.missing(line, 2, "a time after \"" + name + "\"");
      return;
    }
    Optional<Duration> time = reading.time(line, 2, "timeout " + name);
    if (time.isEmpty() || !reading.atMost(line, 2)) {
      return;
    }
    String halves =
        switch (name) {
          case "client", "client-fin" -> "F";
          case "http-keep-alive", "http-request", "tarpit" -> "FB";
          default -> "B";
        };
    if (ProxyReader.hasHalf(reading, proxy, halves, "timeout " + name, line.span(0))) {
      proxy.timeouts.put(name, time.get());
    }
  }

  private void acl(Line line) {
    String name = line.text(1);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!SampleParser.isNameCharacter(c) || c == '+') {
        reading.log.error(
            "bad-name", "character '" + c + "' is not permitted in the ACL's name", line.span(1));
        return;
      }
    }
    if (name.equalsIgnoreCase("or")) {
      reading.log.error("bad-name", "an ACL named \"or\" never matches", line.span(1));
      return;
    }
    if (!line.has(2)) {
      reading.log.error(
          "missing-fetch", "the ACL \"" + name + "\" has no expression", line.span(1));
      return;
    }
    new AclParser(reading, proxy)
        .parse(line.from(2))
        .ifPresentOrElse(
            parsed -> proxy.acls.computeIfAbsent(name, n -> new ArrayList<>()).add(parsed),
            () -> proxy.brokenAcls.add(name));
  }

  private void log(Line line) {
    if (line.is(1, "global")) {
      if (line.has(2)) {
        reading.log.error("bad-log", "\"log global\" takes no more arguments", line.span(2));
        return;
      }
      proxy.logGlobal = true;
    } else {
      new LogReader(reading).target(line).ifPresent(proxy.logTargets::add);
    }
  }

  private void logFormat(Line line) {
    if (!line.has(1)) {
      reading.missing(line, 1, "a format");
      return;
    }
    if (line.has(2)) {
      reading.log.error(
          "unexpected-word",
          "\"" + line.text(0) + "\" expects one argument",
          line.span(2),
          Optional.of("quote the format, or escape its blanks"));
      return;
    }
    Optional<LogFormat> format =
        new LogFormatParser(reading, proxy, true).parse(line.text(1), line.span(1), Place.LOG);
    switch (line.text(0)) {
      case "error-log-format" -> {
        proxy.errorLogFormat = format;
        proxy.ownErrorLogFormat = true;
      }
      case "log-format-sd" -> proxy.structuredData = format;
      default -> {
        proxy.logFormat = format;
        proxy.logStyle = LogStyle.CUSTOM;
        proxy.logFormatSpan = Optional.of(line.span());
      }
    }
  }

  private void compression(Line line) {
    CompressionSettings before =
        proxy.compression.orElseGet(() -> new CompressionSettings(List.of(), List.of(), false));
    List<String> words = line.texts(2);
    switch (line.text(1)) {
      case "algo" -> {
        for (String word : words) {
          if (!List.of("identity", "gzip", "deflate", "raw-deflate").contains(word)) {
            reading.log.error(
                "bad-choice", "\"" + word + "\" is no compression algorithm", line.span(2));
          }
        }
        if (words.isEmpty()) {
          reading.missing(line, 2, "an algorithm");
        }
        proxy.compression =
            Optional.of(new CompressionSettings(words, before.types(), before.offload()));
      }
      case "type" -> {
        if (words.isEmpty()) {
          reading.missing(line, 2, "a type");
        }
        proxy.compression =
            Optional.of(new CompressionSettings(before.algorithms(), words, before.offload()));
      }
      case "offload" -> {
        if (proxy.kind == ProxyDraft.Kind.DEFAULTS) {
          reading.log.warning(
              "wrong-section", "compression offload is ignored in defaults", line.span());
        }
        proxy.compression =
            Optional.of(new CompressionSettings(before.algorithms(), before.types(), true));
      }
      default ->
          reading.log.error(
              "unknown-keyword", "compression knows algo, type and offload", line.span(1));
    }
  }

  private void filter(Line line) {
    if (proxy.kind == ProxyDraft.Kind.DEFAULTS) {
      reading.log.error("not-in-defaults", "filter is not allowed in defaults", line.span());
      return;
    }
    switch (line.text(1)) {
      case "compression", "cache", "fcgi-app", "trace", "opentracing", "spoe" ->
          FilterReader.check(reading, line);
      default ->
          reading.log.error(
              "unknown-filter",
              "there is no filter \"" + line.text(1) + "\"",
              line.span(1),
              Suggestions.didYouMean(
                  line.text(1), List.of("compression", "cache", "fcgi-app", "trace", "spoe")));
    }
  }
}
