package org.vipdrift.scenarios.cli;

import java.util.Optional;
import java.util.function.Supplier;
import org.vipdrift.model.comparison.Course;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Testbed;
import picocli.CommandLine.TypeConversionException;

/**
 * One side of a comparison: a testbed and, on namespaces, the daemons.
 *
 * @param daemon as {@code --daemon} takes it; empty for what the testbed takes by itself
 */
record ComparedSide(TestbedChoice.Name on, Optional<String> daemon) {
  /**
   * Reads {@code sim}, {@code netns} or {@code netns:DAEMON}.
   *
   * @throws TypeConversionException if it is none of them
   */
  static ComparedSide parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    Optional<String> daemon = colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
    for (TestbedChoice.Name each : TestbedChoice.Name.values()) {
      if (each.name().equals(name)) {
        return new ComparedSide(each, daemon);
      }
    }
    throw new TypeConversionException(
        "'"
            + text
            + "' is none of sim, netns, netns:keepalived, netns:vipdrift, netns:HOST=DAEMON,...");
  }

  /** Runs a scenario to its end on a testbed of its own, or on the simulation that is given. */
  Course run(Scenario scenario, long seed, Supplier<? extends Testbed> simulation) {
    Course course = new Course();
    try (Testbed testbed = TestbedChoice.open(simulation, on, daemon)) {
      testbed.run(scenario, seed, course::accept);
    }
    return course;
  }

  @Override
  public String toString() {
    return on + daemon.map(d -> ":" + d).orElse("");
  }
}
