package org.vipdrift.scenarios.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.comparison.Course;
import org.vipdrift.model.comparison.CourseComparison;
import org.vipdrift.model.comparison.CourseComparison.Tolerance;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Testbed;
import org.vipdrift.model.verdict.Prose;
import org.vipdrift.scenarios.interoperation.InteroperationMatrix;
import org.vipdrift.scenarios.interoperation.MatrixCase;
import org.vipdrift.scenarios.report.ComparisonReport;
import org.vipdrift.scenarios.report.MatrixReport;
import org.vipdrift.scenarios.report.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vipdrift compare}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Run scenarios twice, in the simulation and with real daemons, and compare who held what"
          + " when.",
      "Times count from actions and from the readiness of daemons. Exit code 0: they agree."
    })
final class CompareCommand implements Callable<Integer> {
  private static final Tolerance TOLERANCE = new Tolerance(Duration.ofMillis(150), 0.05);

  private static final Duration QUICK = Duration.ofSeconds(1);

  private final Console console;
  private final Supplier<? extends Testbed> simulation;

  @Parameters(arity = "0..*", paramLabel = "SCENARIO|A.conf B.conf")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--left",
      paramLabel = "SIDE",
      converter = SideConverter.class,
      description = {
        "sim, or netns:DAEMON with keepalived, vipdrift or test2=keepalived,test3=vipdrift",
        "(default: sim)."
      })
  private ComparedSide left = ComparedSide.parse("sim");

  @Option(
      names = "--right",
      paramLabel = "SIDE",
      converter = SideConverter.class,
      description = "As --left (default: netns:keepalived).")
  private ComparedSide right = ComparedSide.parse("netns:keepalived");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Source of all chance (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description = "How many clusters run in real time side by side (default: ${DEFAULT-VALUE}).")
  private int atOnce = 3;

  @Option(
      names = "--interoperation",
      paramLabel = "all|I/N",
      description = {
        "Instead of scenarios, the matrix of protocol variants and situations, each with"
            + " keepalived,",
        "with vipdrift's node and with both; all of it, or the I-th of N parts."
      })
  private @Nullable String interoperation;

  /** Reads a side from the command line. */
  static final class SideConverter implements picocli.CommandLine.ITypeConverter<ComparedSide> {
    @Override
    public ComparedSide convert(String text) {
      return ComparedSide.parse(text);
    }
  }

  /**
   * A scenario that both sides run.
   *
   * @param quick whether its timers are as short as the differences between start-ups, so that only
   *     what follows the first action counts
   */
  private record Compared(Scenario scenario, boolean quick) {
    CourseComparison compare(Course left, Course right) {
      return quick
          ? CourseComparison.of(left.sinceFirstAction(), right.sinceFirstAction())
          : CourseComparison.of(left, right);
    }
  }

  /**
   * @param simulation opens the simulation
   */
  CompareCommand(Console console, Supplier<? extends Testbed> simulation) {
    this.console = console;
    this.simulation = simulation;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (atOnce < 1) {
      console.error("--at-once is at least 1");
      return ExitCode.USAGE;
    }
    if (interoperation != null) {
      return arguments.isEmpty()
          ? interoperate(interoperation)
          : usage("--interoperation brings its own scenarios");
    }
    if (arguments.isEmpty()) {
      return usage("no scenario given");
    }
    for (ComparedSide side : List.of(left, right)) {
      Optional<Integer> problem = TestbedChoice.problem(console, side.on(), side.daemon());
      if (problem.isPresent()) {
        return problem.get();
      }
    }
    return switch (Subject.named(console, arguments)) {
      case Subject.Named.Nothing(String why) -> {
        console.error(why);
        yield ExitCode.CONFIGURATION;
      }
      case Subject.Named.Subjects(List<Subject> subjects) -> compare(subjects);
    };
  }

  private int usage(String why) {
    console.error(why);
    return ExitCode.USAGE;
  }

  private int compare(List<Subject> subjects) throws InterruptedException {
    List<Compared> compared = new ArrayList<>();
    int code = ExitCode.HOLDS;
    for (Subject subject : subjects) {
      Optional<Scenario> scenario = sound(subject);
      if (scenario.isEmpty()) {
        code = ExitCode.CONFIGURATION;
      } else if (refusals(scenario.get()).isEmpty()) {
        compared.add(new Compared(scenario.get(), isQuick(subject)));
      } else {
        refusals(scenario.get()).forEach(r -> console.error(subject.called() + ": " + r));
        code = subjects.size() == 1 ? ExitCode.CONFIGURATION : code;
      }
    }
    return ExitCode.worse(code, run(compared, subjects.size() == 1));
  }

  private Optional<Scenario> sound(Subject subject) {
    Configurations configurations = Configurations.of(subject.load());
    List<Problem> problems =
        Stream.concat(subject.load().problems().stream(), configurations.problems().stream())
            .filter(Problem::isError)
            .toList();
    new ProblemPrinter(console.err(), subject::text).print(problems);
    return problems.isEmpty() ? subject.load().scenario() : Optional.empty();
  }

  private static boolean isQuick(Subject subject) {
    return Configurations.of(subject.load()).nodes().stream()
        .flatMap(n -> n.instances().stream())
        .anyMatch(i -> i.settings().advertisementInterval().compareTo(QUICK) < 0);
  }

  private List<String> refusals(Scenario scenario) {
    List<String> refusals = new ArrayList<>();
    for (ComparedSide side : List.of(left, right)) {
      if (side.on() == TestbedChoice.Name.netns) {
        try (Testbed testbed = TestbedChoice.open(simulation, side.on(), side.daemon())) {
          refusals.addAll(testbed.refusals(scenario));
        }
      }
    }
    return refusals;
  }

  private int run(List<Compared> compared, boolean alone) throws InterruptedException {
    List<CourseComparison> comparisons = new ArrayList<>();
    int code = ExitCode.HOLDS;
    try (ExecutorService executor = executor()) {
      List<Future<Course>> lefts = courses(left, compared, executor);
      List<Future<Course>> rights = courses(right, compared, executor);
      for (int i = 0; i < compared.size(); i++) {
        CourseComparison comparison =
            compared.get(i).compare(course(lefts.get(i)), course(rights.get(i)));
        comparisons.add(comparison);
        print(compared.get(i), comparison, alone);
        code = ExitCode.worse(code, agrees(comparison) ? ExitCode.HOLDS : ExitCode.BROKEN);
      }
    }
    if (!alone) {
      summarize(comparisons);
    }
    return code;
  }

  private ExecutorService executor() {
    return Executors.newFixedThreadPool(
        atOnce, Thread.ofPlatform().name("compare-", 0).daemon().factory());
  }

  /** What happens in virtual time happens here and now; what takes real time, side by side. */
  private List<Future<Course>> courses(
      ComparedSide side, List<Compared> compared, ExecutorService executor) {
    List<Future<Course>> courses = new ArrayList<>();
    for (Compared each : compared) {
      courses.add(
          side.on() == TestbedChoice.Name.sim
              ? CompletableFuture.completedFuture(side.run(each.scenario, seed, simulation))
              : executor.submit(() -> side.run(each.scenario, seed, simulation)));
    }
    return courses;
  }

  private static Course course(Future<Course> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }

  private static boolean agrees(CourseComparison comparison) {
    return comparison.isSameSequence() && comparison.beyond(TOLERANCE).isEmpty();
  }

  private void print(Compared compared, CourseComparison comparison, boolean alone) {
    Style style = style();
    if (alone || !agrees(comparison)) {
      console
          .out()
          .print(
              ComparisonReport.write(
                  compared.scenario.title(),
                  left.toString(),
                  right.toString(),
                  comparison,
                  TOLERANCE,
                  style));
    } else {
      console
          .out()
          .printf(
              "%-36s %s%n",
              compared.scenario.name(), ComparisonReport.lastLine(comparison, TOLERANCE, style));
    }
    console.out().flush();
  }

  private Style style() {
    return new Style(console.width(), console.colour(), true);
  }

  private void summarize(List<CourseComparison> comparisons) {
    List<Duration> differences =
        comparisons.stream().flatMap(c -> c.differences().stream()).sorted().toList();
    long agreeing = comparisons.stream().filter(CompareCommand::agrees).count();
    console.out().println();
    console
        .out()
        .println(
            agreeing
                + " of "
                + Prose.count(comparisons.size(), "scenario")
                + " agree; "
                + Prose.count(differences.size(), "transition")
                + (differences.isEmpty()
                    ? ""
                    : ", median difference "
                        + Prose.length(differences.get(differences.size() / 2))
                        + ", worst "
                        + Prose.length(differences.getLast())));
  }

  private int interoperate(String part) throws InterruptedException {
    Optional<List<MatrixCase>> cases = cases(part);
    if (cases.isEmpty()) {
      return usage("--interoperation takes all, or a part as 2/7; not '" + part + "'");
    }
    Optional<Integer> problem =
        TestbedChoice.problem(console, TestbedChoice.Name.netns, Optional.of("vipdrift"));
    if (problem.isPresent()) {
      return problem.get();
    }
    MatrixReport report = new MatrixReport(style(), console.out()::println);
    new InteroperationMatrix(
            (scenario, assignment) ->
                new ComparedSide(
                        TestbedChoice.Name.netns, Optional.of(daemons(scenario, assignment)))
                    .run(scenario, seed, simulation),
            atOnce)
        .run(cases.get(), report::accept);
    report.finish();
    return report.allAgree() ? ExitCode.HOLDS : ExitCode.BROKEN;
  }

  private static String daemons(Scenario scenario, InteroperationMatrix.Assignment assignment) {
    List<String> daemons = new ArrayList<>();
    for (int i = 0; i < scenario.hosts().size(); i++) {
      daemons.add(
          scenario.hosts().get(i).name()
              + "="
              + (assignment.isVipdrift(i) ? "vipdrift" : "keepalived"));
    }
    return String.join(",", daemons);
  }

  private static Optional<List<MatrixCase>> cases(String part) {
    if (part.equals("all")) {
      return Optional.of(MatrixCase.all());
    }
    if (!part.matches("[1-9][0-9]?/[1-9][0-9]?")) {
      return Optional.empty();
    }
    int slash = part.indexOf('/');
    int number = Integer.parseInt(part.substring(0, slash));
    int parts = Integer.parseInt(part.substring(slash + 1));
    return number > parts
        ? Optional.empty()
        : Optional.of(InteroperationMatrix.part(number - 1, parts));
  }
}
