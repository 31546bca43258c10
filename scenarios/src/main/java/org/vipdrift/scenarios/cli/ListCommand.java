package org.vipdrift.scenarios.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.scenarios.file.ScenarioFolder;
import picocli.CommandLine.Command;

/** {@code vipdrift list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the scenarios of the catalogue.")
final class ListCommand implements Callable<Integer> {
  private final Console console;

  ListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<String> names = Subject.catalogue(console);
    if (names.isEmpty()) {
      console.error("no catalogue in " + console.catalogue());
      return ExitCode.ENVIRONMENT;
    }
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    for (String name : names) {
      String title =
          ScenarioFolder.load(console.catalogue().resolve(name))
              .scenario()
              .map(Scenario::title)
              .orElse("(does not load: vipdrift show " + name + ")");
      console.out().println(name + " ".repeat(width - name.length() + 2) + title);
    }
    return ExitCode.HOLDS;
  }
}
