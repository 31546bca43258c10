package org.vipdrift.scenarios.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.vipdrift.netio.endurance.Result;

/** What was measured of a node, for people and for programs. */
final class NodeBenchReport {
  private static final int SCHEMA = 1;

  private NodeBenchReport() {}

  /** A table under the name of its measure. */
  static String text(List<Result> results) {
    StringBuilder text = new StringBuilder();
    text.append(line("", "unit", "vipdrift", "keepalived", "bound"));
    for (Result result : results) {
      text.append(
          line(
              result.measure() + ": " + result.what(),
              result.unit(),
              number(result.vipdrift()),
              result.keepalived().map(NodeBenchReport::number).orElse(""),
              result.bound().isEmpty()
                  ? ""
                  : result.bound() + (result.holds() ? " ok" : " MISSED")));
    }
    return text.append('\n').toString();
  }

  private static String line(
      String what, String unit, String vipdrift, String keepalived, String bound) {
    return String.format(
                Locale.ROOT, "%-58s %-12s %12s %12s  %s", what, unit, vipdrift, keepalived, bound)
            .stripTrailing()
        + "\n";
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%,.2f", value);
  }

  /** One indented object, ended by a line feed; fields may be added, none is renamed. */
  static String json(List<Result> results) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeNumberField("schema", SCHEMA);
      json.writeArrayFieldStart("results");
      for (Result result : results) {
        write(json, result);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, Result result) throws IOException {
    json.writeStartObject();
    json.writeStringField("measure", result.measure());
    json.writeStringField("what", result.what());
    json.writeStringField("unit", result.unit());
    json.writeNumberField("vipdrift", result.vipdrift());
    if (result.keepalived().isPresent()) {
      json.writeNumberField("keepalived", result.keepalived().get());
    }
    if (!result.bound().isEmpty()) {
      json.writeStringField("bound", result.bound());
      json.writeBooleanField("holds", result.holds());
    }
    json.writeEndObject();
  }
}
