package org.vipdrift.scenarios.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.vipdrift.model.scenario.Testbed;
import org.vipdrift.netio.namespaces.NamespacesTestbed;
import org.vipdrift.netio.namespaces.Requirement;

/** Which testbed a command line asks for. */
final class TestbedChoice {
  private static final String KEEPALIVED = "keepalived";

  private TestbedChoice() {}

  /** The testbeds, by the names that {@link Testbed#name} has for them. */
  enum Name {
    sim,
    netns
  }

  /**
   * Says what is wrong with a choice.
   *
   * @return the exit code, if something is
   */
  static Optional<Integer> problem(Console console, Name on, Optional<String> daemon) {
    if (on == Name.sim) {
      if (daemon.isPresent()) {
        console.error("--daemon is for --on netns: the simulation runs vipdrift itself");
        return Optional.of(ExitCode.USAGE);
      }
      return Optional.empty();
    }
    if (daemon.isPresent() && !daemon.get().equals(KEEPALIVED)) {
      console.error("--daemon " + daemon.get() + ": keepalived is what there is");
      return Optional.of(ExitCode.USAGE);
    }
    List<Requirement> missing =
        Requirement.all().stream().filter(r -> r.isNeeded() && !r.isThere()).toList();
    missing.forEach(r -> console.error("netns needs " + r.what() + ": " + r.otherwise()));
    return missing.isEmpty() ? Optional.empty() : Optional.of(ExitCode.ENVIRONMENT);
  }

  static Testbed open(Supplier<? extends Testbed> simulation, Name on, Optional<String> daemon) {
    return on == Name.sim ? simulation.get() : new NamespacesTestbed();
  }
}
