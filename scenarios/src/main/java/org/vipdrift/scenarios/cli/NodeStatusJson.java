package org.vipdrift.scenarios.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.vipdrift.netio.node.NodeStatus;

/** Writes the status of a node as one JSON object; instants are ISO 8601 in UTC. */
final class NodeStatusJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private NodeStatusJson() {}

  static String of(NodeStatus status) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("node", status.node());
      json.writeStringField("version", status.version());
      json.writeNumberField("pid", status.pid());
      json.writeBooleanField("dryRun", status.dryRun());
      json.writeStringField("startedAt", status.startedAt().toString());
      json.writeStringField("at", status.at().toString());
      json.writeArrayFieldStart("instances");
      for (NodeStatus.Instance instance : status.instances()) {
        write(json, instance);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("scripts");
      for (NodeStatus.Script script : status.scripts()) {
        write(json, script);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("interfaces");
      for (NodeStatus.Interface link : status.interfaces()) {
        json.writeStartObject();
        json.writeStringField("name", link.name());
        json.writeBooleanField("up", link.up());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("alarms");
      for (String alarm : status.alarms()) {
        json.writeString(alarm);
      }
      json.writeEndArray();
      json.writeNumberField("alarmsRaised", status.alarmsRaised());
      json.writeNumberField("droppedEvents", status.droppedEvents());
      json.writeObjectFieldStart("packets");
      for (Map.Entry<String, Long> outcome : status.packets().entrySet()) {
        json.writeNumberField(outcome.getKey(), outcome.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, NodeStatus.Instance instance) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", instance.name());
    json.writeStringField("interface", instance.networkInterface());
    json.writeNumberField("vrid", instance.vrid());
    json.writeNumberField("version", instance.version());
    json.writeStringField("state", instance.state());
    json.writeStringField("since", instance.since().toString());
    json.writeStringField("reason", instance.reason());
    json.writeNumberField("priority", instance.priority());
    json.writeNumberField("basePriority", instance.basePriority());
    json.writeBooleanField("splitBrain", instance.splitBrain());
    if (instance.master().isPresent()) {
      NodeStatus.Master master = instance.master().get();
      json.writeObjectFieldStart("master");
      json.writeStringField("address", master.address().toString());
      json.writeNumberField("priority", master.priority());
      json.writeStringField("heard", master.heard().toString());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("addresses");
    for (NodeStatus.Vip vip : instance.vips()) {
      json.writeStartObject();
      json.writeStringField("address", vip.address().toString());
      json.writeNumberField("prefix", vip.prefix());
      json.writeStringField("interface", vip.networkInterface());
      json.writeBooleanField("advertised", !vip.excluded());
      json.writeBooleanField("held", vip.held());
      json.writeEndObject();
    }
    json.writeEndArray();
    write(json, instance.counters());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, NodeStatus.Counters counters) throws IOException {
    json.writeObjectFieldStart("counters");
    json.writeNumberField("received", counters.received());
    json.writeNumberField("sent", counters.sent());
    json.writeNumberField("becameMaster", counters.becameMaster());
    json.writeNumberField("releasedMaster", counters.releasedMaster());
    json.writeNumberField("priorityZeroReceived", counters.priorityZeroReceived());
    json.writeNumberField("priorityZeroSent", counters.priorityZeroSent());
    json.writeObjectFieldStart("dropped");
    for (Map.Entry<String, Long> dropped : counters.dropped().entrySet()) {
      json.writeNumberField(dropped.getKey(), dropped.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, NodeStatus.Script script) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", script.name());
    if (script.up().isPresent()) {
      json.writeBooleanField("up", script.up().get());
    }
    if (script.exit().isPresent()) {
      json.writeNumberField("exit", script.exit().get());
    }
    if (script.ended().isPresent()) {
      json.writeStringField("ended", script.ended().get().toString());
    }
    json.writeEndObject();
  }
}
