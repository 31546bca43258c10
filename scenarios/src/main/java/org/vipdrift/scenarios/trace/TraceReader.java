package org.vipdrift.scenarios.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

/**
 * Reads a trace file, event by event.
 *
 * <p>Everything that is wrong with its contents is a {@link TraceFormatException}.
 */
public final class TraceReader implements AutoCloseable {
  private final String name;
  private final BufferedReader lines;
  private final TraceHeader header;
  private long number;

  private TraceReader(String name, BufferedReader lines) throws IOException {
    this.name = name;
    this.lines = lines;
    this.header = readHeader();
  }

  public static TraceReader open(Path file) throws IOException {
    return open(file.toString(), Files.newBufferedReader(file, StandardCharsets.UTF_8));
  }

  /** Reads from anywhere; the name appears in complaints. */
  public static TraceReader open(String name, BufferedReader lines) throws IOException {
    try {
      return new TraceReader(name, lines);
    } catch (IOException | RuntimeException problem) {
      lines.close();
      throw problem;
    }
  }

  public TraceHeader header() {
    return header;
  }

  /** The next event; empty at the end of the file. */
  public Optional<TraceEvent> next() throws IOException {
    String text = nextLine();
    return text == null ? Optional.empty() : Optional.of(event(name, number, text));
  }

  /** The number of the line read last, counted from 1. */
  public long line() {
    return number;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private @Nullable String nextLine() throws IOException {
    number++;
    try {
      return lines.readLine();
    } catch (CharacterCodingException malformed) {
      throw new TraceFormatException(name, number, 1, "not UTF-8");
    }
  }

  private TraceHeader readHeader() throws IOException {
    String text = nextLine();
    if (text == null) {
      throw new TraceFormatException(name, 1, 1, "expected a header line, the file is empty");
    }
    TraceLine line = TraceLine.parse(name, number, text);
    int schema = line.integer("schema");
    if (schema != TraceHeader.SCHEMA) {
      throw line.problem(
          line.column("schema"),
          "schema " + schema + " is not known; this program reads " + TraceHeader.SCHEMA);
    }
    return new TraceHeader(
        schema,
        line.text("scenario"),
        line.number("seed"),
        line.text("version"),
        line.text("testbed"));
  }

  /** The event of one line. */
  static TraceEvent event(String file, long number, String text) {
    TraceLine line = TraceLine.parse(file, number, text);
    return new TraceEvent(
        line.number("id"),
        line.has("cause") ? line.number("cause") : TraceEvent.NO_CAUSE,
        line.number("t"),
        line.text("host", ""),
        detail(line));
  }

  private static TraceDetail server(TraceLine f, TraceDetail.ServerChange change) {
    return new TraceDetail.ServerChanged(
        f.text("process"), f.text("proxy"), f.text("server"), change, f.text("reason"));
  }

  private static TraceDetail detail(TraceLine f) {
    String kind = f.text("kind");
    return switch (kind) {
      case "vrrp.state" ->
          new TraceDetail.VrrpStateChanged(
              f.text("instance"), f.text("from"), f.text("to"), f.text("reason"));
      case "vrrp.priority" ->
          new TraceDetail.VrrpPriorityChanged(
              f.text("instance"), f.integer("from"), f.integer("to"), f.text("reason"));
      case "vrrp.advert.sent" ->
          new TraceDetail.AdvertSent(
              f.text("instance"),
              f.integer("vrid"),
              f.integer("version"),
              f.integer("priority"),
              f.address("source"),
              f.address("destination"));
      case "vrrp.advert.received" ->
          new TraceDetail.AdvertReceived(
              f.text("instance"),
              f.integer("vrid"),
              f.integer("version"),
              f.integer("priority"),
              f.address("source"));
      case "vrrp.advert.dropped" ->
          new TraceDetail.AdvertDropped(
              f.text("instance"),
              f.address("source"),
              f.text("dropReason"),
              f.text("explanation", ""));
      case "vrrp.sync-group" ->
          new TraceDetail.SyncGroupChanged(
              f.text("group"), f.text("from"), f.text("to"), f.text("reason"));
      case "vip.added" ->
          new TraceDetail.VipAdded(
              f.text("interface"), f.address("vip"), f.integer("prefix"), f.text("by"));
      case "vip.removed" ->
          new TraceDetail.VipRemoved(
              f.text("interface"), f.address("vip"), f.integer("prefix"), f.text("by"));
      case "garp" ->
          new TraceDetail.AddressAnnounced(f.text("interface"), f.address("vip"), f.mac("mac"));
      case "script.result" ->
          new TraceDetail.ScriptResult(
              f.text("script"),
              f.constant("outcome", TraceDetail.ScriptOutcome.class),
              f.has("exit") ? Optional.of(f.integer("exit")) : Optional.empty(),
              f.up("status"));
      case "route.added" -> new TraceDetail.RouteChanged(true, f.text("entry"), f.text("by"));
      case "route.removed" -> new TraceDetail.RouteChanged(false, f.text("entry"), f.text("by"));
      case "notify" -> new TraceDetail.NotifyStarted(f.texts("command"));
      case "mail" -> new TraceDetail.MailSent(f.text("to"), f.text("subject"), f.text("body"));
      case "ping" ->
          new TraceDetail.Ping(
              f.text("client"),
              f.address("target"),
              f.constant("outcome", TraceDetail.PingOutcome.class),
              f.optionalText("holder"),
              f.nanoseconds("latency"));
      case "request" ->
          new TraceDetail.Request(
              f.text("client"),
              f.address("source"),
              f.text("url"),
              f.constant("outcome", TraceDetail.RequestOutcome.class),
              f.has("status") ? Optional.of(f.integer("status")) : Optional.empty(),
              f.nanoseconds("latency"),
              f.optionalText("holder"),
              f.optionalText("server"));
      case "server.up" -> server(f, TraceDetail.ServerChange.UP);
      case "server.down" -> server(f, TraceDetail.ServerChange.DOWN);
      case "server.drain" -> server(f, TraceDetail.ServerChange.DRAIN);
      case "server.maint" -> server(f, TraceDetail.ServerChange.MAINT);
      case "server.ready" -> server(f, TraceDetail.ServerChange.READY);
      case "action.applied" ->
          new TraceDetail.ActionApplied(f.text("name"), f.text("action"), f.text("target"));
      case "action.healed" ->
          new TraceDetail.ActionHealed(f.text("name"), f.text("action"), f.text("target"));
      case "link" -> new TraceDetail.LinkChanged(f.text("interface"), f.up("state"));
      case "process" ->
          new TraceDetail.ProcessChanged(
              f.text("process"),
              f.constant("change", TraceDetail.ProcessChange.class),
              f.text("explanation", ""));
      case "host" ->
          new TraceDetail.HostChanged(f.constant("change", TraceDetail.HostChange.class));
      case "log" -> new TraceDetail.LogLine(f.text("process"), f.text("text"));
      case "not-modelled" -> new TraceDetail.NotModelled(f.text("place"), f.text("what"));
      default -> throw f.problem(f.column("kind"), "unknown kind " + kind);
    };
  }
}
