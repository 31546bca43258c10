package org.vipdrift.scenarios.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.vipdrift.scenarios.bench.Bench;
import org.vipdrift.scenarios.bench.BenchReport;
import org.vipdrift.scenarios.bench.Figure;
import org.vipdrift.scenarios.bench.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vipdrift bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measure how fast the simulation is on this machine, beside the limit.",
      "Takes about nine times the time of one figure."
    })
final class BenchCommand implements Callable<Integer> {
  private static final double SHORTEST = 0.01;
  private static final double LONGEST = 3_600;
  private static final double NANOS_PER_SECOND = 1e9;

  enum Format {
    text,
    json
  }

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--seconds-per-figure",
      paramLabel = "N",
      description = "CPU seconds for the rounds of one figure (default: ${DEFAULT-VALUE}).")
  private double secondsPerFigure = 5;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "How to print the figures (default: ${DEFAULT-VALUE}).")
  private Format format = Format.text;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!(secondsPerFigure >= SHORTEST && secondsPerFigure <= LONGEST)) {
      throw new ParameterException(spec.commandLine(), "--seconds-per-figure is from 0.01 to 3600");
    }
    Duration time = Duration.ofNanos((long) (secondsPerFigure * NANOS_PER_SECOND));
    List<Figure> figures = new Bench(time, this::progress).measure();
    clear();
    Machine machine = Machine.here();
    console
        .out()
        .print(
            switch (format) {
              case text -> BenchReport.text(machine, figures);
              case json -> BenchReport.json(machine, figures);
            });
    return ExitCode.HOLDS;
  }

  private void progress(String what) {
    if (console.progress()) {
      clear();
      console.err().print("measuring " + what + " ...");
      console.err().flush();
    }
  }

  private void clear() {
    if (console.progress()) {
      console.err().print("\r\u001b[K");
      console.err().flush();
    }
  }
}
