package org.vipdrift.scenarios.report;

import java.util.ArrayList;
import java.util.List;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.verdict.Prose;

/** The changes of a run as a Mermaid sequence diagram, one note per change. */
public final class MermaidReport {
  private static final String WORLD = "world";

  private MermaidReport() {}

  /** The diagram's text, ended by a line feed. */
  public static String write(Scenario scenario, Chronicle chronicle) {
    List<String> names = new ArrayList<>();
    scenario.hosts().stream().map(Host::name).forEach(names::add);
    for (Chronicle.Line line : chronicle.lines()) {
      line.hosts().stream()
          .filter(host -> !host.isEmpty() && !names.contains(host))
          .forEach(names::add);
    }
    StringBuilder text = new StringBuilder("sequenceDiagram\n");
    text.append("  participant ").append(WORLD).append(" as segments and timeline\n");
    for (int i = 0; i < names.size(); i++) {
      text.append("  participant h").append(i).append(" as ");
      text.append(escaped(names.get(i))).append('\n');
    }
    for (Chronicle.Line line : chronicle.lines()) {
      for (String host : line.hosts()) {
        String participant = host.isEmpty() ? WORLD : "h" + names.indexOf(host);
        text.append("  Note over ").append(participant).append(": ");
        text.append(Prose.at(line.atNanos())).append(' ').append(escaped(line.text())).append('\n');
      }
    }
    return text.toString();
  }

  /** Mermaid ends a statement at a semicolon and takes a number sign for an entity. */
  private static String escaped(String text) {
    return text.replace("#", "#35;").replace("\n", " ").replaceAll("(?<!#35);", "#59;");
  }
}
