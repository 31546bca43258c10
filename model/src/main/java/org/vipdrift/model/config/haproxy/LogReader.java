package org.vipdrift.model.config.haproxy;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourceSpan;
import org.vipdrift.model.config.Suggestions;
import org.vipdrift.model.haproxy.settings.LogTarget;

/** Reads {@code log} lines. */
final class LogReader {
  private static final List<String> FACILITIES =
      List.of(
          "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron",
          "auth2", "ftp", "ntp", "audit", "alert", "cron2", "local0", "local1", "local2", "local3",
          "local4", "local5", "local6", "local7");
  static final List<String> LEVELS =
      List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");
  private static final List<String> FORMATS =
      List.of("local", "rfc3164", "rfc5424", "priority", "short", "timed", "iso", "raw");

  private final Reading reading;

  LogReader(Reading reading) {
    this.reading = reading;
  }

  /** A target, empty if the line is wrong, which is reported. */
  Optional<LogTarget> target(Line line) {
    if (!line.has(1) || !line.has(2)) {
      reading.log.error("bad-log", "log expects an address and a facility", line.span());
      return Optional.empty();
    }
    String address = line.text(1);
    if (!isRight(address, line.span(1))) {
      return Optional.empty();
    }
    int at = 2;
    int length = 1024;
    Optional<String> format = Optional.empty();
    if (line.is(at, "len")) {
      length = Numbers.intPrefix(line.text(at + 1));
      if (length < 80 || length > 65_535) {
        reading.log.error(
            "bad-number", "the length of a log line is 80 to 65535", line.span(at + 1));
        return Optional.empty();
      }
      at += 2;
    }
    if (line.is(at, "format")) {
      format = Optional.of(line.text(at + 1));
      if (!FORMATS.contains(format.get())) {
        reading.log.error(
            "bad-choice",
            "unknown log format \"" + format.get() + "\"",
            line.span(at + 1),
            Suggestions.didYouMean(format.get(), FORMATS));
        return Optional.empty();
      }
      at += 2;
    }
    if (line.is(at, "sample")) {
      if (!line.text(at + 1).matches("[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*:[0-9]+")) {
        reading.log.error(
            "bad-sample", "sample expects ranges, a colon and a size", line.span(at + 1));
        return Optional.empty();
      }
      reading.notModelled("sample", line.span(at));
      at += 2;
    }
    if (!FACILITIES.contains(line.text(at))) {
      reading.log.error(
          "unknown-facility",
          "unknown log facility \"" + line.text(at) + "\"",
          line.span(at),
          Suggestions.didYouMean(line.text(at), FACILITIES));
      return Optional.empty();
    }
    String facility = line.text(at++);
    int maximum = line.has(at) ? level(line, at++) : 7;
    int minimum = line.has(at) ? level(line, at++) : 0;
    if (maximum < 0 || minimum < 0) {
      return Optional.empty();
    }
    if (line.has(at)) {
      reading.atMost(line, at - 1);
      return Optional.empty();
    }
    return Optional.of(new LogTarget(address, length, format, facility, maximum, minimum));
  }

  /** Whether logs can go to this address; if not, that is reported. */
  private boolean isRight(String address, SourceSpan span) {
    if (!address.equals("stdout")
        && !address.equals("stderr")
        && !address.startsWith("ring@")
        && SocketAddress.parse(address, new SocketAddress.Allowed(false, false, false, true))
            instanceof SocketAddress.Result.Wrong wrong) {
      reading.log.error(wrong.code(), wrong.message(), span);
      return false;
    }
    if (!address.contains("@")
        && !List.of("stdout", "stderr").contains(address)
        && SocketAddress.parse(address, new SocketAddress.Allowed(false, false, false, true))
            instanceof SocketAddress.Result.Right(SocketAddress socket)
        && socket.kind() == SocketAddress.Kind.NAME
        && !HostNames.check(reading, socket.host(), span)) {
      return false;
    }
    return true;
  }

  private int level(Line line, int index) {
    int level = LEVELS.indexOf(line.text(index));
    if (level < 0) {
      reading.log.error(
          "unknown-level",
          "unknown log level \"" + line.text(index) + "\"",
          line.span(index),
          Suggestions.didYouMean(line.text(index), LEVELS));
    }
    return level;
  }
}
