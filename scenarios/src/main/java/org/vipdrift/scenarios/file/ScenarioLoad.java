package org.vipdrift.scenarios.file;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.scenario.Scenario;

/**
 * What came of loading a scenario.
 *
 * @param scenario empty if any problem is an error
 * @param problems all of them, in the order of their positions
 */
public record ScenarioLoad(Optional<Scenario> scenario, List<Problem> problems) {
  public ScenarioLoad {
    problems = List.copyOf(problems);
  }
}
