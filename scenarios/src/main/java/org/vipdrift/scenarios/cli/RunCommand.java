package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.Testbed;
import org.vipdrift.model.verdict.Judge;
import org.vipdrift.model.verdict.Outcome;
import org.vipdrift.model.verdict.Verdict;
import org.vipdrift.scenarios.capture.CaptureFile;
import org.vipdrift.scenarios.report.Chronicle;
import org.vipdrift.scenarios.report.JUnitReport;
import org.vipdrift.scenarios.report.JsonReport;
import org.vipdrift.scenarios.report.MermaidReport;
import org.vipdrift.scenarios.report.Style;
import org.vipdrift.scenarios.report.TextReport;
import org.vipdrift.scenarios.trace.TraceHeader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vipdrift run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Run scenarios, in the simulation or on real kernels, and judge them.",
      "A scenario is a folder, a name of the catalogue, or two keepalived.conf files."
    })
final class RunCommand implements Callable<Integer> {
  /** How results are printed. */
  enum Format {
    text,
    json
  }

  private final Console console;
  private final Supplier<? extends Testbed> testbeds;

  @Parameters(arity = "1..*", paramLabel = "SCENARIO|A.conf B.conf")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--on",
      paramLabel = "sim|netns",
      description = {
        "What to run on (default: ${DEFAULT-VALUE}): sim is the simulation; netns are network",
        "namespaces of this machine, with real kernels and real daemons, in real time (needs root)."
      })
  private TestbedChoice.Name on = TestbedChoice.Name.sim;

  @Option(
      names = "--daemon",
      paramLabel = "DAEMON",
      description = {
        "What keeps the addresses on netns: keepalived (default) or vipdrift,",
        "or host by host, as test2=keepalived,test3=vipdrift."
      })
  private @Nullable String daemon;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Source of all chance (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Write the trace there (one scenario only).")
  private @Nullable Path trace;

  @Option(
      names = "--pcap",
      paramLabel = "FILE",
      description = "Write every frame there, in pcapng for Wireshark (one scenario only).")
  private @Nullable Path pcap;

  @Option(
      names = "--mermaid",
      paramLabel = "FILE",
      description = "Write a sequence diagram there (one scenario only).")
  private @Nullable Path mermaid;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the judgements as JUnit XML.")
  private @Nullable Path junit;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "How to print the verdict (default: ${DEFAULT-VALUE}).")
  private Format format = Format.text;

  @Option(names = "--no-store", description = "Keep nothing in ./store.")
  private boolean noStore;

  /**
   * @param testbeds opens what the scenarios run on
   */
  RunCommand(Console console, Supplier<? extends Testbed> testbeds) {
    this.console = console;
    this.testbeds = testbeds;
  }

  /** A run that came to its end. */
  private record Done(Verdict verdict, Chronicle chronicle) {}

  @Override
  public Integer call() throws IOException {
    List<Subject> subjects;
    switch (Subject.named(console, arguments)) {
      case Subject.Named.Nothing(String why) -> {
        console.error(why);
        return ExitCode.CONFIGURATION;
      }
      case Subject.Named.Subjects(List<Subject> named) -> subjects = named;
    }
    if (subjects.size() > 1 && (trace != null || pcap != null || mermaid != null)) {
      console.error("--trace, --pcap and --mermaid take one scenario");
      return ExitCode.USAGE;
    }
    Optional<Path> unwritable = unwritable();
    if (unwritable.isPresent()) {
      console.error("cannot write " + unwritable.get() + ": no such folder, or not yours");
      return ExitCode.ENVIRONMENT;
    }
    Optional<Integer> refused = TestbedChoice.problem(console, on, Optional.ofNullable(daemon));
    if (refused.isPresent()) {
      return refused.get();
    }
    int code = ExitCode.HOLDS;
    List<Verdict> verdicts = new ArrayList<>();
    try (Testbed testbed = TestbedChoice.open(testbeds, on, Optional.ofNullable(daemon));
        TraceFiles traces = new TraceFiles(!noStore || trace != null)) {
      for (Subject subject : subjects) {
        code = ExitCode.worse(code, run(testbed, traces, subject, subjects.size() == 1, verdicts));
        if (code == ExitCode.BUG) {
          // What the testbed would do next is anyone's guess.
          break;
        }
      }
    }
    if (junit != null) {
      Files.writeString(junit, JUnitReport.write(verdicts), StandardCharsets.UTF_8);
    }
    if (subjects.size() > 1 && format == Format.text) {
      summarize(verdicts, subjects.size());
    }
    return code;
  }

  /** A file whose folder is not there: better known before the run than after it. */
  private Optional<Path> unwritable() {
    return Stream.of(
            Optional.ofNullable(trace),
            Optional.ofNullable(pcap),
            Optional.ofNullable(mermaid),
            Optional.ofNullable(junit))
        .flatMap(Optional::stream)
        .filter(file -> !Files.isWritable(file.toAbsolutePath().getParent()))
        .findFirst();
  }

  private int run(
      Testbed testbed, TraceFiles traces, Subject subject, boolean alone, List<Verdict> verdicts)
      throws IOException {
    List<Problem> problems = new ArrayList<>(subject.load().problems());
    Optional<Scenario> loaded = subject.load().scenario();
    Configurations configurations = Configurations.of(subject.load());
    problems.addAll(configurations.problems());
    if (alone) {
      problems.addAll(configurations.findings());
    }
    List<Problem> told =
        problems.stream().filter(p -> p.severity() != Severity.NOTE || alone).toList();
    new ProblemPrinter(console.err(), subject::text).print(told);
    if (loaded.isEmpty() || configurations.isRefused()) {
      long errors = problems.stream().filter(Problem::isError).count();
      console.error(
          subject.called() + ": " + errors + (errors == 1 ? " error" : " errors") + ", not run");
      return ExitCode.CONFIGURATION;
    }
    Scenario scenario = loaded.get();
    List<String> refusals = testbed.refusals(scenario);
    if (!refusals.isEmpty()) {
      refusals.forEach(console::error);
      console.error(subject.called() + ": not run; --on sim can do it");
      return ExitCode.CONFIGURATION;
    }
    Optional<Store> store =
        noStore
            ? Optional.empty()
            : Optional.of(Store.begin(console.store(), scenario.name(), seed));
    Done done;
    try {
      done =
          simulate(
              testbed,
              traces,
              scenario,
              configurations,
              ProxyConfigurations.notModelled(problems),
              store);
    } catch (IllegalStateException e) {
      return failed(subject, e);
    }
    verdicts.add(done.verdict);
    print(subject, scenario, done, alone);
    if (store.isPresent()) {
      store
          .get()
          .finish(
              subject.folder(),
              TextReport.write(
                  scenario, done.chronicle, done.verdict, called(subject), ranOn(), Style.plain()),
              json(done));
    }
    if (mermaid != null) {
      Files.writeString(mermaid, MermaidReport.write(scenario, done.chronicle));
    }
    return done.verdict.exitCode();
  }

  /** What the command line that repeats the run calls the scenario, and where it ran. */
  private String called(Subject subject) {
    String daemons = daemon == null ? "" : " --daemon " + daemon;
    return on == TestbedChoice.Name.sim
        ? subject.called()
        : subject.called() + " --on " + on + daemons;
  }

  private Optional<String> ranOn() {
    return TestbedChoice.told(on, Optional.ofNullable(daemon));
  }

  private String json(Done done) {
    return JsonReport.write(done.verdict, on.name(), done.chronicle.notModelled());
  }

  private int failed(Subject subject, IllegalStateException failure) {
    if (Refusal.behind(failure).isPresent()) {
      throw failure;
    }
    console.error("a bug of ours: " + failure.getMessage());
    failure.printStackTrace(console.err());
    console.error("replay with: " + TextReport.replay(called(subject), seed));
    return ExitCode.BUG;
  }

  private Done simulate(
      Testbed testbed,
      TraceFiles traces,
      Scenario scenario,
      Configurations configurations,
      List<String> notModelled,
      Optional<Store> store) {
    Judge judge = Judge.of(scenario, configurations.circumstances(seed));
    Chronicle chronicle = new Chronicle(scenario, notModelled);
    List<Path> files = new ArrayList<>();
    store.ifPresent(s -> files.add(s.trace()));
    Optional.ofNullable(trace).ifPresent(files::add);
    TraceHeader header =
        new TraceHeader(scenario.name(), seed, ProgramVersion.current(), testbed.name());
    Progress progress = new Progress(console, scenario.name(), scenario.until());
    try (TraceFiles.Writing writing = traces.begin(files, header);
        @Nullable CaptureFile capture =
            pcap == null ? null : CaptureFile.create(pcap, header, scenario)) {
      testbed.run(
          scenario,
          seed,
          event -> {
            judge.accept(event);
            chronicle.accept(event);
            writing.accept(event);
          },
          Optional.ofNullable(capture),
          progress);
    } finally {
      progress.clear();
    }
    return new Done(judge.finish(scenario.until()), chronicle);
  }

  private void print(Subject subject, Scenario scenario, Done done, boolean alone) {
    if (format == Format.json) {
      console.out().println(json(done).stripTrailing());
      return;
    }
    Style style = new Style(console.width(), console.colour(), true);
    if (alone || done.verdict.overall() != Outcome.HOLDS) {
      console
          .out()
          .print(
              TextReport.write(
                  scenario, done.chronicle, done.verdict, called(subject), ranOn(), style));
    } else {
      console
          .out()
          .printf(
              "%-36s %s%n",
              scenario.name(), TextReport.lastLine(done.verdict, called(subject), style));
    }
    console.out().flush();
  }

  private void summarize(List<Verdict> verdicts, int subjects) {
    long holding = verdicts.stream().filter(v -> v.overall() == Outcome.HOLDS).count();
    console.out().println();
    console.out().println(holding + " of " + subjects + " scenarios hold.");
  }
}
