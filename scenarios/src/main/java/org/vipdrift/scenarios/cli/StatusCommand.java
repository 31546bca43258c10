package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vipdrift.netio.node.StatusSocket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vipdrift status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Ask a running node what it is doing: states, priorities, addresses (* held here), adverts,"
          + " alarms.",
      "Exit codes: 0 all is well, 1 a split-brain alarm lasts, 5 no node answers."
    })
final class StatusCommand implements Callable<Integer> {
  /** Where the sockets of nodes are. */
  static final Path FOLDER = Path.of("/run/vipdrift");

  /** The name of a node that was given none. */
  static final String STANDARD_NAME = "node";

  private static final Duration WATCH = Duration.ofSeconds(1);
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The node's name (vipdrift node --name); default: ${DEFAULT-VALUE}.",
      defaultValue = STANDARD_NAME)
  private String name = STANDARD_NAME;

  @Option(
      names = "--socket",
      paramLabel = "FILE",
      description = "Its socket, where it is not in /run/vipdrift.")
  private @Nullable Path socket;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = {"-w", "--watch"},
      description = "Ask every second, until interrupted.")
  private boolean watch;

  StatusCommand(Console console) {
    this.console = console;
  }

  static Path socketOf(String name) {
    return FOLDER.resolve(name + ".sock");
  }

  @Override
  public Integer call() throws InterruptedException {
    int code = once();
    while (watch && code != ExitCode.ENVIRONMENT) {
      Thread.sleep(WATCH);
      code = once();
    }
    return code;
  }

  private int once() {
    Path asked = Optional.ofNullable(socket).orElseGet(() -> socketOf(name));
    try {
      String answer =
          StatusSocket.ask(asked, json ? StatusSocket.Form.JSON : StatusSocket.Form.TEXT);
      if (watch && console.colour() && !json) {
        console.out().print(CLEAR);
      }
      console.out().print(answer);
      console.out().flush();
      boolean alarm = json ? !answer.contains("\"alarms\":[]") : answer.contains("\nALARM ");
      return alarm ? ExitCode.BROKEN : ExitCode.HOLDS;
    } catch (IOException refused) {
      console.error("no node answers at " + asked + ": " + refused.getMessage());
      return ExitCode.ENVIRONMENT;
    }
  }
}
