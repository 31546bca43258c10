package org.vipdrift.scenarios.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceEvent;

/**
 * Writes headers and events as JSON lines; the same event always gives the same bytes.
 *
 * <p>Durations are nanoseconds, addresses and names are text, constants are written in lower case
 * with hyphens. A field without a value is left out.
 */
public final class TraceFormat {
  private static final JsonFactory FACTORY = new JsonFactory();

  private TraceFormat() {}

  /** The header's line, with its line feed, in UTF-8. */
  public static byte[] header(TraceHeader header) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(160);
    try (JsonGenerator json = FACTORY.createGenerator((OutputStream) line)) {
      json.writeStartObject();
      json.writeNumberField("schema", header.schema());
      json.writeStringField("scenario", header.scenario());
      json.writeNumberField("seed", header.seed());
      json.writeStringField("version", header.version());
      json.writeStringField("testbed", header.testbed());
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return line.toByteArray();
  }

  /** The event's line, with its line feed, in UTF-8. */
  public static byte[] line(TraceEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    write(event, line);
    return line.toByteArray();
  }

  /** Appends the event's line. */
  static void write(TraceEvent event, ByteArrayOutputStream target) {
    try (JsonGenerator json = FACTORY.createGenerator((OutputStream) target)) {
      json.writeStartObject();
      json.writeNumberField("id", event.id());
      if (event.cause() != TraceEvent.NO_CAUSE) {
        json.writeNumberField("cause", event.cause());
      }
      json.writeNumberField("t", event.atNanos());
      if (!event.host().isEmpty()) {
        json.writeStringField("host", event.host());
      }
      json.writeStringField("kind", event.detail().kind());
      detail(json, event.detail());
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void detail(JsonGenerator json, TraceDetail detail) throws IOException {
    switch (detail) {
      case TraceDetail.VrrpStateChanged d -> {
        json.writeStringField("instance", d.instance());
        change(json, d.from(), d.to(), d.reason());
      }
      case TraceDetail.VrrpPriorityChanged d -> {
        json.writeStringField("instance", d.instance());
        json.writeNumberField("from", d.from());
        json.writeNumberField("to", d.to());
        json.writeStringField("reason", d.reason());
      }
      case TraceDetail.AdvertSent d -> {
        advert(json, d.instance(), d.vrid(), d.version(), d.priority());
        json.writeStringField("source", d.source().toString());
        json.writeStringField("destination", d.destination().toString());
      }
      case TraceDetail.AdvertReceived d -> {
        advert(json, d.instance(), d.vrid(), d.version(), d.priority());
        json.writeStringField("source", d.source().toString());
      }
      case TraceDetail.AdvertDropped d -> {
        json.writeStringField("instance", d.instance());
        json.writeStringField("source", d.source().toString());
        json.writeStringField("dropReason", d.dropReason());
        json.writeStringField("explanation", d.explanation());
      }
      case TraceDetail.SyncGroupChanged d -> {
        json.writeStringField("group", d.group());
        change(json, d.from(), d.to(), d.reason());
      }
      case TraceDetail.VipAdded d -> {
        vip(json, d.networkInterface(), d.vip().toString(), d.prefix(), d.by());
      }
      case TraceDetail.VipRemoved d -> {
        vip(json, d.networkInterface(), d.vip().toString(), d.prefix(), d.by());
      }
      case TraceDetail.AddressAnnounced d -> {
        json.writeStringField("interface", d.networkInterface());
        json.writeStringField("vip", d.vip().toString());
        json.writeStringField("mac", d.mac().toString());
      }
      case TraceDetail.RouteChanged d -> {
        json.writeStringField("entry", d.entry());
        json.writeStringField("by", d.by());
      }
      case TraceDetail.ScriptResult d -> {
        json.writeStringField("script", d.script());
        json.writeStringField("outcome", word(d.outcome()));
        if (d.exit().isPresent()) {
          json.writeNumberField("exit", d.exit().get());
        }
        json.writeStringField("status", d.status() ? "up" : "down");
      }
      case TraceDetail.NotifyStarted d -> {
        json.writeArrayFieldStart("command");
        for (String word : d.command()) {
          json.writeString(word);
        }
        json.writeEndArray();
      }
      case TraceDetail.MailSent d -> {
        json.writeStringField("to", d.to());
        json.writeStringField("subject", d.subject());
        json.writeStringField("body", d.body());
      }
      case TraceDetail.Ping d -> {
        json.writeStringField("client", d.client());
        json.writeStringField("target", d.target().toString());
        json.writeStringField("outcome", word(d.outcome()));
        if (d.holder().isPresent()) {
          json.writeStringField("holder", d.holder().get());
        }
        json.writeNumberField("latency", d.latency().toNanos());
      }
      case TraceDetail.Request d -> request(json, d);
      case TraceDetail.ServerChanged d -> {
        json.writeStringField("process", d.process());
        json.writeStringField("proxy", d.proxy());
        json.writeStringField("server", d.server());
        json.writeStringField("reason", d.reason());
      }
      case TraceDetail.ActionApplied d -> action(json, d.name(), d.action(), d.target());
      case TraceDetail.ActionHealed d -> action(json, d.name(), d.action(), d.target());
      case TraceDetail.LinkChanged d -> {
        json.writeStringField("interface", d.networkInterface());
        json.writeStringField("state", d.up() ? "up" : "down");
      }
      case TraceDetail.ProcessChanged d -> {
        json.writeStringField("process", d.process());
        json.writeStringField("change", word(d.change()));
        if (!d.explanation().isEmpty()) {
          json.writeStringField("explanation", d.explanation());
        }
      }
      case TraceDetail.HostChanged d -> json.writeStringField("change", word(d.change()));
      case TraceDetail.LogLine d -> {
        json.writeStringField("process", d.process());
        json.writeStringField("text", d.text());
      }
      case TraceDetail.NotModelled d -> {
        json.writeStringField("place", d.place());
        json.writeStringField("what", d.what());
      }
    }
  }

  private static void request(JsonGenerator json, TraceDetail.Request d) throws IOException {
    json.writeStringField("client", d.client());
    json.writeStringField("source", d.source().toString());
    json.writeStringField("url", d.url());
    json.writeStringField("outcome", word(d.outcome()));
    if (d.status().isPresent()) {
      json.writeNumberField("status", d.status().get());
    }
    json.writeNumberField("latency", d.latency().toNanos());
    if (d.holder().isPresent()) {
      json.writeStringField("holder", d.holder().get());
    }
    if (d.server().isPresent()) {
      json.writeStringField("server", d.server().get());
    }
  }

  private static void change(JsonGenerator json, String from, String to, String reason)
      throws IOException {
    json.writeStringField("from", from);
    json.writeStringField("to", to);
    json.writeStringField("reason", reason);
  }

  private static void advert(
      JsonGenerator json, String instance, int vrid, int version, int priority) throws IOException {
    json.writeStringField("instance", instance);
    json.writeNumberField("vrid", vrid);
    json.writeNumberField("version", version);
    json.writeNumberField("priority", priority);
  }

  private static void vip(
      JsonGenerator json, String networkInterface, String vip, int prefix, String by)
      throws IOException {
    json.writeStringField("interface", networkInterface);
    json.writeStringField("vip", vip);
    json.writeNumberField("prefix", prefix);
    json.writeStringField("by", by);
  }

  private static void action(JsonGenerator json, String name, String action, String target)
      throws IOException {
    json.writeStringField("name", name);
    json.writeStringField("action", action);
    json.writeStringField("target", target);
  }

  /** A constant as trace files write it: {@code POWERED_OFF} as {@code powered-off}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
