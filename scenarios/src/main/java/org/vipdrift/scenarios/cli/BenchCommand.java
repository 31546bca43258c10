package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.vipdrift.netio.endurance.Endurance;
import org.vipdrift.netio.endurance.Result;
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
      "Takes about nine times the time of one figure.",
      "With --node, how a real node does beside keepalived instead, on hosts made of namespaces;",
      "exit code 1 where a bound is missed, 5 where the machine lacks something."
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

  @Option(
      names = "--node",
      arity = "0..1",
      split = ",",
      paramLabel = "takeover|instances|soak|cycles|flood",
      fallbackValue = "takeover,instances,soak,cycles,flood",
      description = "Measure a real node beside keepalived; all of it, or what is named.")
  private List<String> node = new ArrayList<>();

  @Option(
      names = "--full",
      description = "With --node: as long as the bounds ask, about an hour and a half in all.")
  private boolean full;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!node.isEmpty()) {
      return measureNode();
    }
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

  private int measureNode() throws IOException, InterruptedException {
    List<Endurance.Kind> kinds = node.stream().map(this::kind).distinct().toList();
    List<String> missing = Endurance.missing();
    Optional<Path> launcher = launcher();
    if (!missing.isEmpty() || launcher.isEmpty()) {
      console.error(
          missing.isEmpty()
              ? "no launcher beside this program: start it with vipdrift"
              : "missing here: " + String.join(", ", missing));
      return ExitCode.ENVIRONMENT;
    }
    Endurance.Plan plan =
        new Endurance.Plan(List.of(launcher.get().toString()), full, this::progress);
    List<Result> results = new ArrayList<>();
    for (Endurance.Kind kind : kinds) {
      List<Result> found = Endurance.measure(kind, plan);
      clear();
      results.addAll(found);
      if (format == Format.text) {
        console.out().print(NodeBenchReport.text(found));
        console.out().flush();
      }
    }
    if (format == Format.json) {
      console.out().print(NodeBenchReport.json(results));
    }
    return results.stream().allMatch(Result::holds) ? ExitCode.HOLDS : ExitCode.BROKEN;
  }

  private Endurance.Kind kind(String name) {
    for (Endurance.Kind kind : Endurance.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return kind;
      }
    }
    throw new ParameterException(spec.commandLine(), "--node does not know '" + name + "'");
  }

  /** Of the sources, or of the distribution. */
  private static Optional<Path> launcher() {
    Path home = Path.of(System.getProperty("vipdrift.home", "."));
    return Stream.of(home.resolve("vipdrift"), home.resolve("bin/vipdrift"))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .map(Path::toAbsolutePath)
        .findFirst();
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
