package org.vipdrift.scenarios.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.vipdrift.model.scenario.text.ExpectationText;
import org.vipdrift.model.verdict.Figures.Answers;
import org.vipdrift.model.verdict.Figures.ClientFigures;
import org.vipdrift.model.verdict.Figures.Failover;
import org.vipdrift.model.verdict.Figures.Flap;
import org.vipdrift.model.verdict.Figures.Hold;
import org.vipdrift.model.verdict.Figures.OutcomeCount;
import org.vipdrift.model.verdict.Figures.RequestFigures;
import org.vipdrift.model.verdict.Figures.ServerCount;
import org.vipdrift.model.verdict.Figures.VipFigures;
import org.vipdrift.model.verdict.Judgement;
import org.vipdrift.model.verdict.Link;
import org.vipdrift.model.verdict.Span;
import org.vipdrift.model.verdict.Verdict;

/**
 * The verdict as JSON; every time is in nanoseconds and says so in its field's name.
 *
 * <p>Fields may be added; none is renamed or removed without a new {@link #SCHEMA}.
 */
public final class JsonReport {
  public static final int SCHEMA = 1;

  private final JsonGenerator json;

  private JsonReport(JsonGenerator json) {
    this.json = json;
  }

  /**
   * The verdict as one indented object, ended by a line feed.
   *
   * @param testbed what the run was on: {@code sim} or {@code netns}
   * @param notModelled what was without effect in the run
   */
  public static String write(Verdict verdict, String testbed, List<String> notModelled) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      json.setPrettyPrinter(printer);
      new JsonReport(json).verdict(verdict, testbed, notModelled);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.append('\n').toString().replace("\r\n", "\n");
  }

  private void verdict(Verdict verdict, String testbed, List<String> notModelled)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("schema", SCHEMA);
    json.writeStringField("scenario", verdict.scenario());
    json.writeNumberField("seed", verdict.seed());
    json.writeStringField("testbed", testbed);
    json.writeNumberField("endNanos", verdict.end().toNanos());
    json.writeStringField("outcome", verdict.overall().word());
    json.writeNumberField("exitCode", verdict.exitCode());
    if (!notModelled.isEmpty()) {
      json.writeArrayFieldStart("notModelled");
      for (String each : notModelled) {
        json.writeString(each);
      }
      json.writeEndArray();
    }
    judgements("expectations", verdict.expectations());
    judgements("invariants", verdict.invariants());
    json.writeArrayFieldStart("vips");
    for (VipFigures vip : verdict.figures().vips()) {
      vip(vip);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("clients");
    for (ClientFigures client : verdict.figures().clients()) {
      client(client);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void judgements(String name, List<Judgement> judgements) throws IOException {
    json.writeArrayFieldStart(name);
    for (Judgement judgement : judgements) {
      json.writeStartObject();
      json.writeStringField("keyword", judgement.keyword());
      json.writeStringField("expression", judgement.expression());
      json.writeStringField("claim", judgement.claim());
      json.writeStringField("outcome", judgement.outcome().word());
      json.writeStringField("finding", judgement.finding());
      if (judgement.atNanos().isPresent()) {
        json.writeNumberField("atNanos", judgement.atNanos().getAsLong());
      }
      json.writeArrayFieldStart("causes");
      for (Link link : judgement.causes()) {
        json.writeStartObject();
        if (link.eventId() != 0) {
          json.writeNumberField("event", link.eventId());
        }
        json.writeNumberField("atNanos", link.atNanos());
        json.writeStringField("sentence", link.sentence());
        json.writeBooleanField("inferred", link.inferred());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("waivers");
      for (Judgement.Waiver waiver : judgement.waivers()) {
        json.writeStartObject();
        json.writeStringField("what", waiver.what());
        json.writeStringField("claimedBy", waiver.claimedBy());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void vip(VipFigures vip) throws IOException {
    json.writeStartObject();
    json.writeStringField("vip", vip.vip().toString());
    json.writeNumberField("splitBrainNanos", vip.splitBrainTotal().toNanos());
    json.writeNumberField("unheldNanos", vip.unheldTotal().toNanos());
    json.writeNumberField("holderChanges", vip.holderChanges());
    json.writeArrayFieldStart("holds");
    for (Hold hold : vip.holds()) {
      json.writeStartObject();
      json.writeStringField("host", hold.host());
      ends(hold.span());
      json.writeEndObject();
    }
    json.writeEndArray();
    spans("splitBrain", vip.splitBrain());
    spans("unheld", vip.unheld());
    json.writeArrayFieldStart("failovers");
    for (Failover failover : vip.failovers()) {
      json.writeStartObject();
      json.writeStringField("from", failover.from());
      json.writeStringField("to", failover.to());
      json.writeNumberField("atNanos", failover.atNanos());
      if (failover.trigger().isPresent() && failover.sinceTrigger().isPresent()) {
        json.writeStringField("trigger", failover.trigger().get());
        json.writeNumberField("sinceTriggerNanos", failover.sinceTrigger().get().toNanos());
      }
      json.writeNumberField("unheldNanos", failover.unheld().toNanos());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("flaps");
    for (Flap flap : vip.flaps()) {
      json.writeStartObject();
      json.writeStringField("home", flap.home());
      json.writeStringField("other", flap.other());
      ends(flap.away());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void client(ClientFigures client) throws IOException {
    json.writeStartObject();
    json.writeStringField("client", client.client());
    json.writeStringField("target", client.target().toString());
    json.writeNumberField("answered", client.answered());
    json.writeNumberField("lost", client.lost());
    json.writeNumberField("outageNanos", client.outageTotal().toNanos());
    spans("outages", client.outages());
    json.writeArrayFieldStart("answers");
    for (Answers answers : client.answers()) {
      json.writeStartObject();
      if (answers.host().isPresent()) {
        json.writeStringField("host", answers.host().get());
      }
      ends(answers.span());
      json.writeNumberField("count", answers.count());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (client.requests().isPresent()) {
      requests(client.requests().get());
    }
    json.writeEndObject();
  }

  private void requests(RequestFigures requests) throws IOException {
    json.writeObjectFieldStart("requests");
    json.writeNumberField("ok", requests.ok());
    json.writeObjectFieldStart("failures");
    for (OutcomeCount failure : requests.failures()) {
      json.writeNumberField(ExpectationText.word(failure.outcome()), failure.count());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("servers");
    for (ServerCount server : requests.servers()) {
      json.writeStartObject();
      if (server.server().isPresent()) {
        json.writeStringField("server", server.server().get());
      }
      json.writeNumberField("count", server.count());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("p50Nanos", requests.median().toNanos());
    json.writeNumberField("p90Nanos", requests.ninetieth().toNanos());
    json.writeNumberField("p99Nanos", requests.ninetyNinth().toNanos());
    json.writeNumberField("maxNanos", requests.slowest().toNanos());
    json.writeEndObject();
  }

  private void spans(String name, List<Span> spans) throws IOException {
    json.writeArrayFieldStart(name);
    for (Span span : spans) {
      json.writeStartObject();
      ends(span);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void ends(Span span) throws IOException {
    json.writeNumberField("fromNanos", span.fromNanos());
    json.writeNumberField("toNanos", span.toNanos());
  }
}
