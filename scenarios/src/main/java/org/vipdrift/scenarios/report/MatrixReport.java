package org.vipdrift.scenarios.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.vipdrift.model.verdict.Prose;
import org.vipdrift.scenarios.interoperation.InteroperationMatrix;
import org.vipdrift.scenarios.interoperation.InteroperationMatrix.Assignment;
import org.vipdrift.scenarios.interoperation.InteroperationMatrix.Result;

/** The table of the interoperation matrix, a line per case as it becomes known. */
public final class MatrixReport {
  private static final int CASE_WIDTH = 30;
  private static final int CELL_WIDTH = 24;

  private final Style style;
  private final Consumer<String> out;
  private final List<Result> all = new ArrayList<>();
  private final List<Result> ofCase = new ArrayList<>();

  /**
   * @param out takes one line at a time
   */
  public MatrixReport(Style style, Consumer<String> out) {
    this.style = style;
    this.out = out;
    StringBuilder heading = new StringBuilder(padded("case", CASE_WIDTH));
    for (Assignment assignment : Assignment.values()) {
      if (assignment != Assignment.ALL_KEEPALIVED) {
        heading.append(padded(assignment.title(), CELL_WIDTH));
      }
    }
    out.accept(style.heading(heading.toString().stripTrailing()));
  }

  /** Takes the results of a case one after the other. */
  public void accept(Result result) {
    all.add(result);
    ofCase.add(result);
    if (ofCase.size() == Assignment.values().length - 1) {
      StringBuilder line = new StringBuilder(padded(result.of().title(), CASE_WIDTH));
      ofCase.forEach(r -> line.append(cell(r)));
      out.accept(line.toString().stripTrailing());
      ofCase.clear();
    }
  }

  private String cell(Result result) {
    String text =
        result.comparison().isSameSequence()
            ? "worst " + Prose.length(result.comparison().worst())
            : "other holders";
    String mark = result.agrees() ? style.tick() : style.cross();
    return mark + padded(" " + text, CELL_WIDTH - 1);
  }

  private static String padded(String text, int width) {
    return String.format(Locale.ROOT, "%-" + width + "s", text);
  }

  public boolean allAgree() {
    return all.stream().allMatch(Result::agrees);
  }

  /** The transitions of what differs, and the sum. */
  public void finish() {
    for (Result result : all) {
      if (!result.agrees()) {
        out.accept("");
        ComparisonReport.write(
                result.of().title() + ": keepalived against " + result.assignment().title(),
                "keepalived",
                "with vipdrift",
                result.comparison(),
                InteroperationMatrix.TOLERANCE,
                style)
            .lines()
            .forEach(out);
      }
    }
    List<Duration> differences =
        all.stream().flatMap(r -> r.comparison().differences().stream()).sorted().toList();
    long agreeing = all.stream().filter(Result::agrees).count();
    out.accept("");
    out.accept(
        agreeing
            + " of "
            + Prose.count(all.size(), "run")
            + " with vipdrift agree with keepalived's; "
            + Prose.count(differences.size(), "transition")
            + (differences.isEmpty()
                ? ""
                : ", median difference "
                    + Prose.length(differences.get(differences.size() / 2))
                    + ", worst "
                    + Prose.length(differences.getLast())));
  }
}
