package org.vipdrift.model.config.haproxy;

import java.util.List;
import org.vipdrift.model.config.Problem;

/**
 * What a parse found.
 *
 * @param configuration what HAProxy 2.6 would run with; lines it refuses are left out
 * @param problems in the order of the text
 */
public record HaproxyParse(
    org.vipdrift.model.haproxy.settings.HaproxyConfiguration configuration,
    List<Problem> problems) {
  public HaproxyParse {
    problems = List.copyOf(problems);
  }

  /** Whether HAProxy 2.6 would refuse to run. */
  public boolean isRefused() {
    return problems.stream().anyMatch(Problem::isError);
  }
}
