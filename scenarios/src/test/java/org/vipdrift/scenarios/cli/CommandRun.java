package org.vipdrift.scenarios.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.vipdrift.model.scenario.Testbed;
import org.vipdrift.simulator.SimulatedTestbed;

/** A command line that ran in this process, and what came of it. */
record CommandRun(int code, String out, String err) {
  /** The repository's folder, seen from the module's. */
  static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  /**
   * Runs as from a pipe.
   *
   * @param folder where ./store would be
   */
  static CommandRun in(Path folder, String... arguments) {
    return in(folder, SimulatedTestbed::open, arguments);
  }

  static CommandRun in(Path folder, Supplier<? extends Testbed> testbeds, String... arguments) {
    return run(folder, false, testbeds, arguments);
  }

  /** Runs as from a terminal that shows colours. */
  static CommandRun coloured(Path folder, String... arguments) {
    return run(folder, true, SimulatedTestbed::open, arguments);
  }

  private static CommandRun run(
      Path folder, boolean colour, Supplier<? extends Testbed> testbeds, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.execute(
            new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                colour,
                false,
                100,
                HOME,
                folder.resolve("store")),
            testbeds,
            arguments);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  String lastLine() {
    return out.lines().reduce("", (_, line) -> line);
  }
}
