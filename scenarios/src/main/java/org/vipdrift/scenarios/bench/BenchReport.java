package org.vipdrift.scenarios.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures for people and for programs. */
public final class BenchReport {
  private static final int SCHEMA = 1;
  private static final List<String> HEADINGS =
      List.of("per CPU second", "unit", "simulation", "spread", "bare loop", "factor", "target");

  private BenchReport() {}

  /** An aligned table under a description of the machine. */
  public static String text(Machine machine, List<Figure> figures) {
    StringBuilder text = new StringBuilder();
    text.append(machine.processor())
        .append(", ")
        .append(machine.cores())
        .append(machine.cores() == 1 ? " core; " : " cores; ")
        .append(machine.system())
        .append('\n');
    text.append(machine.java()).append('\n');
    text.append("options: ").append(String.join(" ", machine.options())).append("\n\n");
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    figures.forEach(figure -> rows.add(row(figure)));
    for (List<String> row : rows) {
      text.append(line(row, widths(rows))).append('\n');
    }
    text.append(
        """

        Medians of %d rounds on one core, in CPU seconds of the simulating thread and of the garbage
        collector. Simulation: actors, kernels, switches, codec and verdict, no stored trace. Bare
        loop: the machines and the codec on a heap of events, the limit of any simulation of them.
        """
            .formatted(Bench.ROUNDS));
    return text.toString();
  }

  private static List<String> row(Figure figure) {
    return List.of(
        figure.title(),
        figure.unit(),
        number(figure.simulation().median()),
        spread(figure.simulation()),
        number(figure.bareLoop().median()),
        String.format(Locale.ROOT, "%.1f", figure.priceOfFidelity()),
        number(figure.target()) + (figure.reachesTarget() ? " ok" : " MISSED"));
  }

  /** The lowest and the highest round, from the median. */
  private static String spread(Rate rate) {
    return String.format(
        Locale.ROOT,
        "%+.0f..%+.0f %%",
        100 * (rate.lowest() / rate.median() - 1),
        100 * (rate.highest() / rate.median() - 1));
  }

  private static String number(double rate) {
    return String.format(Locale.ROOT, "%,.0f", rate);
  }

  private static List<Integer> widths(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < HEADINGS.size(); column++) {
      int at = column;
      widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    return widths;
  }

  /** Words to the left, numbers to the right. */
  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String blanks = " ".repeat(widths.get(column) - cells.get(column).length());
      boolean words = column < 2 || column == cells.size() - 1;
      line.append(words ? cells.get(column) + blanks : blanks + cells.get(column)).append("  ");
    }
    return line.toString().stripTrailing();
  }

  /** One indented object, ended by a line feed; fields may be added, none is renamed. */
  public static String json(Machine machine, List<Figure> figures) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeNumberField("schema", SCHEMA);
      machine(json, machine);
      json.writeArrayFieldStart("figures");
      for (Figure figure : figures) {
        figure(json, figure);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.append('\n').toString().replace("\r\n", "\n");
  }

  private static void machine(JsonGenerator json, Machine machine) throws IOException {
    json.writeObjectFieldStart("machine");
    json.writeStringField("processor", machine.processor());
    json.writeNumberField("cores", machine.cores());
    json.writeStringField("system", machine.system());
    json.writeStringField("java", machine.java());
    json.writeArrayFieldStart("options");
    for (String option : machine.options()) {
      json.writeString(option);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void figure(JsonGenerator json, Figure figure) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", figure.key());
    json.writeStringField("title", figure.title());
    json.writeStringField("unit", figure.unit());
    json.writeNumberField("target", figure.target());
    json.writeBooleanField("targetReached", figure.reachesTarget());
    rate(json, "simulation", figure.simulation());
    rate(json, "bareLoop", figure.bareLoop());
    json.writeEndObject();
  }

  private static void rate(JsonGenerator json, String name, Rate rate) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("median", rate.median());
    json.writeNumberField("lowest", rate.lowest());
    json.writeNumberField("highest", rate.highest());
    json.writeArrayFieldStart("rounds");
    for (double round : rate.rounds()) {
      json.writeNumber(round);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
