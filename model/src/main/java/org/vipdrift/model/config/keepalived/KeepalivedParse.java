package org.vipdrift.model.config.keepalived;

import java.util.List;
import org.vipdrift.model.config.Problem;

/**
 * What a parse found.
 *
 * @param configuration what keepalived 2.2.7 would run with; blocks it refuses or skips are left
 *     out
 * @param problems in the order of the text
 */
public record KeepalivedParse(KeepalivedConfiguration configuration, List<Problem> problems) {
  public KeepalivedParse {
    problems = List.copyOf(problems);
  }

  /** Whether keepalived 2.2.7 would refuse to run. */
  public boolean isRefused() {
    return problems.stream().anyMatch(Problem::isError);
  }

  /** Whether {@code keepalived -t} would complain. */
  public boolean hasComplaints() {
    return problems.stream()
        .anyMatch(p -> Complaints.isKeepalivedComplaint(p.severity(), p.code()));
  }
}
