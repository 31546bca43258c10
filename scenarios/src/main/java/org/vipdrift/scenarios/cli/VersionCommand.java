package org.vipdrift.scenarios.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code vipdrift version}. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Print the version of vipdrift and of the Java it runs on.")
final class VersionCommand implements Callable<Integer> {
  private final Console console;

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().println("vipdrift " + ProgramVersion.current());
    console
        .out()
        .println(
            "Java "
                + System.getProperty("java.version")
                + " ("
                + System.getProperty("java.vendor")
                + ")");
    return ExitCode.HOLDS;
  }
}
