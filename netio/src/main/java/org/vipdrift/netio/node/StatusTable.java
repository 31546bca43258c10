package org.vipdrift.netio.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A status for people: one line per instance, and what is wrong. */
public final class StatusTable {
  private static final List<String> HEAD =
      List.of(
          "INSTANCE",
          "STATE",
          "FOR",
          "PRIORITY",
          "INTERFACE",
          "VRID",
          "MASTER",
          "SENT",
          "RECEIVED",
          "DROPPED",
          "TAKEOVERS",
          "ADDRESSES");

  private StatusTable() {}

  public static String of(NodeStatus status) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: vipdrift %s, process %d, up %s%s%n"
            .formatted(
                status.node(),
                status.version(),
                status.pid(),
                duration(Duration.between(status.startedAt(), status.at())),
                status.dryRun() ? ", DRY RUN: sends and changes nothing" : ""));
    for (String alarm : status.alarms()) {
      text.append("ALARM ").append(alarm).append(System.lineSeparator());
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    status.instances().forEach(instance -> rows.add(row(instance, status)));
    table(text, rows);
    for (NodeStatus.Instance instance : status.instances()) {
      if (!instance.counters().dropped().isEmpty()) {
        text.append(instance.name()).append(" dropped: ").append(reasons(instance));
        text.append(System.lineSeparator());
      }
    }
    for (NodeStatus.Script script : status.scripts()) {
      text.append("script ").append(script.name()).append(": ");
      text.append(script.up().map(up -> up ? "up" : "DOWN").orElse("no result yet"));
      script.exit().ifPresent(code -> text.append(", exit ").append(code));
      text.append(System.lineSeparator());
    }
    for (NodeStatus.Interface link : status.interfaces()) {
      text.append("interface ").append(link.name()).append(link.up() ? ": up" : ": DOWN");
      text.append(System.lineSeparator());
    }
    if (status.droppedEvents() > 0) {
      text.append(status.droppedEvents()).append(" events of the trace were dropped");
      text.append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String reasons(NodeStatus.Instance instance) {
    return instance.counters().dropped().entrySet().stream()
        .map((Map.Entry<String, Long> e) -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  private static List<String> row(NodeStatus.Instance instance, NodeStatus status) {
    NodeStatus.Counters counters = instance.counters();
    return List.of(
        instance.name(),
        instance.splitBrain() ? instance.state() + "!" : instance.state(),
        duration(Duration.between(instance.since(), status.at())),
        instance.priority() == instance.basePriority()
            ? Integer.toString(instance.priority())
            : instance.priority() + " (" + instance.basePriority() + ")",
        instance.networkInterface(),
        Integer.toString(instance.vrid()),
        instance.master().map(m -> m.address() + " (" + m.priority() + ")").orElse("-"),
        Long.toString(counters.sent()),
        Long.toString(counters.received()),
        Long.toString(counters.droppedInAll()),
        Long.toString(counters.becameMaster()),
        instance.vips().stream()
            .map(v -> (v.held() ? "*" : "") + v.address())
            .collect(Collectors.joining(" ")));
  }

  private static void table(StringBuilder text, List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
  }

  private static String duration(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + "d " + time.toHoursPart() + "h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + "h " + time.toMinutesPart() + "min";
    }
    if (time.toMinutes() > 0) {
      return time.toMinutes() + "min " + time.toSecondsPart() + "s";
    }
    return Math.max(0, time.toSeconds()) + "s";
  }
}
