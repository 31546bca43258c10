package org.vipdrift.scenarios.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.scenario.Host.KeepalivedProcess;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.verdict.Figures.ClientFigures;
import org.vipdrift.model.verdict.Figures.Hold;
import org.vipdrift.model.verdict.Figures.VipFigures;
import org.vipdrift.model.verdict.Invariant;
import org.vipdrift.model.verdict.Prose;
import org.vipdrift.model.verdict.Span;
import org.vipdrift.model.verdict.Verdict;

/**
 * Draws who held an address when: one row per host, time from left to right.
 *
 * <p>A cell is full if the host holds the address in the middle of its time; a shorter hold is a
 * colon. Split-brain beyond a handover is a row of exclamation marks.
 */
final class SwimLane {
  private static final String SPLIT_BRAIN = "split-brain";
  private static final int MARGIN = 2;
  static final int MOST_LETTERS = 26;

  private final Style style;
  private final int labelWidth;
  private final int cells;
  private final long endNanos;

  SwimLane(Style style, List<String> labels, long endNanos) {
    this.style = style;
    this.labelWidth = labels.stream().mapToInt(String::length).max().orElse(0);
    this.cells = Math.max(20, style.columns() - MARGIN - labelWidth - 2 - 1);
    this.endNanos = Math.max(1, endNanos);
  }

  /** The labels of every row that a drawing of this run may have. */
  static List<String> labels(Scenario scenario, Verdict verdict) {
    List<String> labels = new ArrayList<>(List.of(SPLIT_BRAIN));
    for (VipFigures vip : verdict.figures().vips()) {
      vip.holds().forEach(hold -> labels.add(hold.host()));
    }
    scenario.clients().forEach(client -> labels.add(client.name()));
    return labels;
  }

  List<String> draw(
      Scenario scenario, VipFigures vip, List<ClientFigures> clients, List<Chronicle.Mark> marks) {
    List<String> rows = new ArrayList<>();
    List<Span> splits =
        vip.splitBrain().stream()
            .filter(span -> span.length().compareTo(Invariant.SPLIT_BRAIN_TOLERANCE) > 0)
            .toList();
    for (String host : hosts(scenario, vip)) {
      List<Span> holds =
          vip.holds().stream().filter(hold -> hold.host().equals(host)).map(Hold::span).toList();
      rows.add(row(host, holdCells(holds), splits));
    }
    if (!splits.isEmpty()) {
      char[] row = blank(' ');
      splits.forEach(span -> fill(row, span, '!'));
      rows.add(label(SPLIT_BRAIN) + style.bad(trimmed(row)));
    }
    for (ClientFigures client : clients) {
      if (client.target().equals(vip.vip()) && client.answered() + client.lost() > 0) {
        rows.add(label(client.client()) + trimmed(clientCells(client)));
      }
    }
    rows.add(label("") + style.faint(axis()));
    rows.addAll(markRows(marks));
    return rows;
  }

  /** What the characters mean. */
  String legend() {
    return style.full() + " holds it   ! two hold it   - answered   x no answer";
  }

  /** The hosts that ever held it, in the scenario's order, strangers last. */
  private static List<String> hosts(Scenario scenario, VipFigures vip) {
    List<String> holders = vip.holds().stream().map(Hold::host).distinct().toList();
    List<String> hosts = new ArrayList<>();
    scenario.hosts().stream()
        .filter(
            host ->
                holders.contains(host.name())
                    || host.processes().stream().anyMatch(p -> p instanceof KeepalivedProcess))
        .forEach(host -> hosts.add(host.name()));
    holders.stream().filter(holder -> !hosts.contains(holder)).forEach(hosts::add);
    return hosts;
  }

  private char[] holdCells(List<Span> holds) {
    char[] row = blank(style.empty());
    for (Span hold : holds) {
      boolean seen = false;
      for (int cell = 0; cell < cells; cell++) {
        if (hold.contains((start(cell) + start(cell + 1)) / 2)) {
          row[cell] = style.full();
          seen = true;
        }
      }
      int first = cell(hold.fromNanos());
      if (!seen && row[first] == style.empty()) {
        row[first] = ':';
      }
    }
    return row;
  }

  private char[] clientCells(ClientFigures client) {
    char[] row = blank(' ');
    client.answers().forEach(answers -> fill(row, answers.span(), '-'));
    client.outages().forEach(span -> fill(row, span, 'x'));
    return row;
  }

  private void fill(char[] row, Span span, char with) {
    int last = span.lengthNanos() == 0 ? cell(span.fromNanos()) : cell(span.toNanos() - 1);
    for (int cell = cell(span.fromNanos()); cell <= last; cell++) {
      row[cell] = with;
    }
  }

  private String row(String name, char[] row, List<Span> splits) {
    StringBuilder text = new StringBuilder(label(name));
    int from = 0;
    while (from < cells) {
      int to = from;
      int kind = kind(row, from, splits);
      while (to < cells && kind(row, to, splits) == kind) {
        to++;
      }
      String part = new String(row, from, to - from);
      text.append(kind == 0 ? style.faint(part) : kind == 1 ? style.good(part) : style.bad(part));
      from = to;
    }
    return text.toString();
  }

  /** 0: does not hold, 1: holds, 2: holds with another. */
  private int kind(char[] row, int cell, List<Span> splits) {
    if (row[cell] == style.empty()) {
      return 0;
    }
    Span own = new Span(start(cell), start(cell + 1));
    return splits.stream().anyMatch(span -> span.intersection(own).isPresent()) ? 2 : 1;
  }

  private String axis() {
    long step = step();
    StringBuilder axis = new StringBuilder();
    for (long at = 0; at <= endNanos; at += step) {
      int cell = Math.min(cell(at), cells - 1);
      String tick = "|" + Prose.length(Duration.ofNanos(at));
      if (cell < axis.length() || cell + tick.length() > cells + 2) {
        continue;
      }
      axis.repeat(' ', cell - axis.length()).append(tick);
    }
    return axis.toString();
  }

  /** 1, 2 or 5 times a power of ten, so that some ten characters lie between ticks. */
  private long step() {
    double atLeast = (double) endNanos * 11 / cells;
    long unit = 1_000_000;
    while (unit * 10 < atLeast) {
      unit *= 10;
    }
    return unit >= atLeast
        ? unit
        : unit * 2 >= atLeast ? unit * 2 : unit * 5 >= atLeast ? unit * 5 : unit * 10;
  }

  private List<String> markRows(List<Chronicle.Mark> marks) {
    if (marks.isEmpty()) {
      return List.of();
    }
    char[] row = blank(' ');
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < marks.size() && i < MOST_LETTERS; i++) {
      int cell = cell(marks.get(i).atNanos());
      while (cell < cells - 1 && row[cell] != ' ') {
        cell++;
      }
      row[cell] = (char) ('a' + i);
    }
    rows.add(label("") + trimmed(row));
    return rows;
  }

  private String label(String name) {
    return " ".repeat(MARGIN) + name + " ".repeat(labelWidth - name.length() + 2);
  }

  private char[] blank(char with) {
    char[] row = new char[cells];
    Arrays.fill(row, with);
    return row;
  }

  private static String trimmed(char[] row) {
    return new String(row).stripTrailing();
  }

  private int cell(long atNanos) {
    return Math.clamp((long) ((double) atNanos * cells / endNanos), 0, cells - 1);
  }

  private long start(int cell) {
    return (long) ((double) endNanos * cell / cells);
  }

  /** The letter of a mark, if it has one. */
  static Optional<Character> letter(int index) {
    return index < MOST_LETTERS ? Optional.of((char) ('a' + index)) : Optional.empty();
  }
}
