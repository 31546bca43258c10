package org.vipdrift.netio.node;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes the log where keepalived does: on the console with its time in front, and to syslog. */
public final class LogOutput implements Consumer<LogEntry>, AutoCloseable {
  /** As {@code ctime} writes it. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);

  private final Instant startedAt;
  private final boolean detail;
  private final Optional<PrintStream> console;
  private final Optional<Syslog> syslog;
  private final ZoneId zone = ZoneId.systemDefault();

  /**
   * @param startedAt when the trace began
   * @param detail {@code -D}
   */
  public LogOutput(
      Instant startedAt, boolean detail, Optional<PrintStream> console, Optional<Syslog> syslog) {
    this.startedAt = startedAt;
    this.detail = detail;
    this.console = console;
    this.syslog = syslog;
  }

  @Override
  public void accept(LogEntry entry) {
    if (entry.detail() && !detail) {
      return;
    }
    Instant at = startedAt.plusNanos(entry.atNanos());
    console.ifPresent(out -> out.println(consoleLine(at, zone, entry)));
    syslog.ifPresent(log -> log.send(entry));
  }

  static String consoleLine(Instant at, ZoneId zone, LogEntry entry) {
    return TIME.format(at.atZone(zone)) + ": " + entry.text();
  }

  @Override
  public void close() {
    syslog.ifPresent(Syslog::close);
  }
}
