package org.vipdrift.scenarios.file;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.scenario.Scenario;

/**
 * What came of loading a scenario.
 *
 * @param draft the scenario as far as it could be read: where a problem is an error it holds
 *     stand-ins, fit for finding further problems in the files that it names and for nothing else
 * @param problems all of them, in the order of their positions
 */
public record ScenarioLoad(Optional<Scenario> draft, List<Problem> problems) {
  public ScenarioLoad {
    problems = List.copyOf(problems);
  }

  /** The scenario; empty if any problem is an error. */
  public Optional<Scenario> scenario() {
    return problems.stream().anyMatch(Problem::isError) ? Optional.empty() : draft;
  }
}
