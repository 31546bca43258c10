package org.vipdrift.scenarios.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.vipdrift.model.scenario.Testbed;
import org.vipdrift.netio.node.Preparation;
import org.vipdrift.simulator.SimulatedTestbed;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: {@code vipdrift VERB ...}. */
@Command(
    name = "vipdrift",
    mixinStandardHelpOptions = true,
    description =
        "A laboratory and a runtime for highly available pairs: VRRP, virtual addresses,"
            + " split-brain.",
    synopsisSubcommandLabel = "VERB",
    footer = {
      "",
      "Start here:  vipdrift run nginx-pair",
      "Your files:  vipdrift run A.conf B.conf",
      "",
      "Exit codes: 0 all holds, 1 something is broken, 2 usage, 3 unknown, 4 scenario or",
      "configuration error, 5 environment, 70 our bug, 130 interrupted."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no verb given");
  }

  public static void main(String[] arguments) {
    if (isNode(arguments)) {
      Preparation.begin();
    }
    Console console = Console.ofProcess(System.getenv());
    int code = execute(console, arguments);
    if (Boolean.getBoolean("vipdrift.training")) {
      // What is kept of this start (the AOT cache) serves the starts of nodes too.
      code = ExitCode.worse(code, execute(console, "node", "--rehearse"));
    }
    System.exit(code);
  }

  /** Runs one command line and answers its exit code. */
  static int execute(Console console, String... arguments) {
    return execute(console, SimulatedTestbed::open, arguments);
  }

  /**
   * The same on another testbed.
   *
   * @param testbeds opens what scenarios run on
   */
  static int execute(Console console, Supplier<? extends Testbed> testbeds, String... arguments) {
    CommandLine commandLine = new CommandLine(new Main());
    for (Object verb : verbs(console, testbeds, arguments)) {
      commandLine.addSubcommand(verb);
    }
    commandLine.setOut(new java.io.PrintWriter(console.out(), true));
    commandLine.setErr(new java.io.PrintWriter(console.err(), true));
    commandLine.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    commandLine.setUsageHelpAutoWidth(false);
    commandLine.setExecutionExceptionHandler(failureReport(console, arguments));
    int code = commandLine.execute(arguments);
    console.out().flush();
    return code;
  }

  /** A daemon that starts at once has no time to look at the verbs it is not asked for. */
  private static List<Object> verbs(
      Console console, Supplier<? extends Testbed> testbeds, String... arguments) {
    if (isNode(arguments)) {
      return List.of(new NodeCommand(console));
    }
    return List.of(
        new RunCommand(console, testbeds),
        new ListCommand(console),
        new ShowCommand(console),
        new InitCommand(console),
        new CompareCommand(console, testbeds),
        new CheckCommand(console),
        TraceCommand.withVerbs(console),
        new BenchCommand(console),
        new NodeCommand(console),
        new StatusCommand(console),
        new DoctorCommand(console),
        new CompletionCommand(console),
        new VersionCommand(console));
  }

  private static boolean isNode(String... arguments) {
    return arguments.length > 0 && arguments[0].equals("node");
  }

  private static IExecutionExceptionHandler failureReport(Console console, String... arguments) {
    return (exception, _, _) -> {
      Optional<Refusal> refusal = Refusal.behind(exception);
      if (refusal.isPresent()) {
        console.error(refusal.get().told());
        return ExitCode.ENVIRONMENT;
      }
      console.error("a bug of ours: " + exception);
      exception.printStackTrace(console.err());
      console.err().println("It happened with: vipdrift " + String.join(" ", arguments));
      return ExitCode.BUG;
    };
  }
}
