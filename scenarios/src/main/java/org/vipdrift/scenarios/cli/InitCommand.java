package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.vipdrift.scenarios.file.PairScenario;
import org.vipdrift.scenarios.file.ScenarioLoad;
import org.vipdrift.scenarios.file.ScenarioWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code vipdrift init}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Make a scenario folder to work from: of a template, or of your two keepalived.conf files.",
      "Existing files are never overwritten."
    })
final class InitCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "FOLDER", description = "The folder to make.")
  private Path folder = Path.of("");

  @Parameters(
      index = "1..*",
      paramLabel = "A.conf B.conf",
      description = "Two keepalived.conf files.")
  private List<Path> configurations = new ArrayList<>();

  InitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (!configurations.isEmpty() && configurations.size() != 2) {
      console.error("two keepalived.conf files make a pair; got " + configurations.size());
      return ExitCode.USAGE;
    }
    try {
      if (configurations.isEmpty()) {
        ScenarioWriter.writeTemplate(folder);
      } else {
        ScenarioLoad pair = PairScenario.of(configurations.get(0), configurations.get(1));
        new ProblemPrinter(console.err(), Subject::read).print(pair.problems());
        if (pair.scenario().isEmpty()) {
          return ExitCode.CONFIGURATION;
        }
        ScenarioWriter.write(folder, PairScenario.asFolder(pair.scenario().get()));
      }
    } catch (FileAlreadyExistsException e) {
      console.error(e.getMessage() + " is there already; name another folder");
      return ExitCode.CONFIGURATION;
    }
    console
        .out()
        .println("Made " + folder.resolve("scenario.yaml") + ". Next: vipdrift run " + folder);
    return ExitCode.HOLDS;
  }
}
