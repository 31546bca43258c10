package org.vipdrift.scenarios.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.vipdrift.model.comparison.Course.Change;
import org.vipdrift.model.comparison.CourseComparison;
import org.vipdrift.model.comparison.CourseComparison.Matched;
import org.vipdrift.model.comparison.CourseComparison.OnlyLeft;
import org.vipdrift.model.comparison.CourseComparison.OnlyRight;
import org.vipdrift.model.comparison.CourseComparison.Row;
import org.vipdrift.model.comparison.CourseComparison.Tolerance;
import org.vipdrift.model.verdict.Prose;

/** Two runs side by side, for a person at a terminal. */
public final class ComparisonReport {
  private static final int TIME_WIDTH = 14;
  private static final int DIFFERENCE_WIDTH = 12;

  private final CourseComparison comparison;
  private final Tolerance tolerance;
  private final Style style;
  private final StringBuilder out = new StringBuilder();

  private ComparisonReport(CourseComparison comparison, Tolerance tolerance, Style style) {
    this.comparison = comparison;
    this.tolerance = tolerance;
    this.style = style;
  }

  /**
   * The table of transitions and the last line, every line ended by a line feed.
   *
   * @param left what the left runs on, as {@code sim}
   */
  public static String write(
      String title,
      String left,
      String right,
      CourseComparison comparison,
      Tolerance tolerance,
      Style style) {
    ComparisonReport report = new ComparisonReport(comparison, tolerance, style);
    report.out.append(style.heading(title)).append('\n');
    report.table(left, right);
    report.out.append('\n').append(lastLine(comparison, tolerance, style)).append('\n');
    return report.out.toString();
  }

  /** Whether both agree, in one line. */
  public static String lastLine(CourseComparison comparison, Tolerance tolerance, Style style) {
    int transitions = comparison.rows().size();
    if (!comparison.isSameSequence()) {
      long alone = comparison.rows().stream().filter(r -> !(r instanceof Matched)).count();
      return style.bad("differs")
          + ": "
          + alone
          + " of "
          + Prose.count(transitions, "transition")
          + " happened in one run only";
    }
    List<Matched> beyond = comparison.beyond(tolerance);
    String figures =
        Prose.count(transitions, "transition")
            + " in the same order, median difference "
            + Prose.length(comparison.median())
            + ", worst "
            + Prose.length(comparison.worst());
    return beyond.isEmpty()
        ? style.good("agrees") + ": " + figures
        : style.bad("differs")
            + ": "
            + figures
            + "; "
            + beyond.size()
            + " beyond "
            + bound(tolerance);
  }

  private static String bound(Tolerance tolerance) {
    return Prose.length(tolerance.fixed())
        + String.format(Locale.ROOT, " + %.0f %%", tolerance.share() * 100);
  }

  private void table(String left, String right) {
    out.append(cell(left, TIME_WIDTH))
        .append(cell(right, TIME_WIDTH))
        .append(cell("difference", DIFFERENCE_WIDTH))
        .append("  transition\n");
    String anchor = "";
    for (Row row : comparison.rows()) {
      if (row instanceof Matched matched && !matched.anchor().what().equals(anchor)) {
        anchor = matched.anchor().what();
        out.append("  ").append(style.faint("since: " + anchor)).append('\n');
      }
      out.append(line(row)).append('\n');
    }
    if (comparison.rows().isEmpty()) {
      out.append("  no address ever moved in either run\n");
    }
  }

  private String line(Row row) {
    return switch (row) {
      case Matched m -> {
        boolean far = comparison.beyond(tolerance).contains(m);
        String difference = signed(m.differenceNanos());
        yield cell(since(m.sinceAnchorNanos()), TIME_WIDTH)
            + cell(since(m.sinceAnchorNanos() + m.differenceNanos()), TIME_WIDTH)
            + (far
                ? style.bad(cell(difference, DIFFERENCE_WIDTH))
                : cell(difference, DIFFERENCE_WIDTH))
            + "  "
            + words(m.left())
            + (far ? "  " + style.cross() : "");
      }
      case OnlyLeft(Change change) ->
          cell(Prose.at(change.atNanos()), TIME_WIDTH)
              + cell("-", TIME_WIDTH)
              + cell("", DIFFERENCE_WIDTH)
              + "  "
              + words(change)
              + "  "
              + style.cross();
      case OnlyRight(Change change) ->
          cell("-", TIME_WIDTH)
              + cell(Prose.at(change.atNanos()), TIME_WIDTH)
              + cell("", DIFFERENCE_WIDTH)
              + "  "
              + words(change)
              + "  "
              + style.cross();
    };
  }

  private static String since(long nanos) {
    return "+" + Prose.at(nanos);
  }

  private static String signed(long nanos) {
    return (nanos > 0 ? "+" : "") + Prose.length(Duration.ofNanos(nanos));
  }

  private static String words(Change change) {
    return change.vip() + (change.added() ? " comes to " : " leaves ") + change.host();
  }

  private static String cell(String text, int width) {
    return " ".repeat(Math.max(1, width - text.length())) + text;
  }
}
