package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.vipdrift.model.audit.Finding;
import org.vipdrift.model.audit.KeepalivedAudit;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.config.Severity;
import org.vipdrift.model.config.keepalived.KeepalivedConfiguration;
import org.vipdrift.model.config.keepalived.KeepalivedParse;
import org.vipdrift.model.config.keepalived.KeepalivedParser;
import org.vipdrift.model.config.keepalived.ParseOptions;
import org.vipdrift.scenarios.file.DiskFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vipdrift check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Check keepalived.conf, haproxy.cfg and nginx.conf files, each for itself, and several"
          + " keepalived.conf files against each other.",
      "Exit codes: 0 nothing to complain about, 1 findings, 4 the program would refuse to run."
    })
final class CheckCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "CONF|SCENARIO",
      description = "The files of the nodes of one cluster, or a scenario folder.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = {"-i", "--config-id"},
      paramLabel = "ID",
      description = "Heed lines for this id, as keepalived -i does (one per file, in order).")
  private List<String> configIds = new ArrayList<>();

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (files.size() == 1 && Files.isDirectory(files.getFirst())) {
      return checkScenario(files.getFirst().toString());
    }
    List<Path> unreadable =
        files.stream().filter(f -> !Files.isReadable(f) || Files.isDirectory(f)).toList();
    if (!unreadable.isEmpty()) {
      unreadable.forEach(file -> console.error("cannot read " + file));
      return ExitCode.CONFIGURATION;
    }
    Map<String, KeepalivedConfiguration> configurations = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    Set<String> programs = new TreeSet<>();
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      ConfiguredProgram program = ConfiguredProgram.of(file);
      programs.add(program.called());
      if (program != ConfiguredProgram.KEEPALIVED) {
        problems.addAll(program.problems(file));
        continue;
      }
      ParseOptions options =
          i < configIds.size()
              ? ParseOptions.DEFAULT.withConfigId(configIds.get(i))
              : ParseOptions.DEFAULT;
      KeepalivedParse parse = KeepalivedParser.parse(new DiskFiles(), file.toString(), options);
      problems.addAll(parse.problems());
      if (!parse.isRefused()) {
        // What is left of a refused file would only look as if it lacked something.
        configurations.put(name(file, configurations), parse.configuration());
      }
    }
    KeepalivedAudit.audit(configurations).stream().map(Finding::toProblem).forEach(problems::add);
    new ProblemPrinter(console.out(), Subject::read).print(problems);
    return conclude(problems, String.join(" or ", programs));
  }

  /** A scenario's own problems, and those of every configuration and script in it. */
  private int checkScenario(String folder) {
    switch (Subject.named(console, List.of(folder))) {
      case Subject.Named.Subjects(List<Subject> named) when named.size() == 1 -> {
        Subject subject = named.getFirst();
        List<Problem> problems = new ArrayList<>(subject.load().problems());
        Configurations read = Configurations.of(subject.load());
        problems.addAll(read.problems());
        problems.addAll(read.findings());
        new ProblemPrinter(console.out(), subject::text).print(problems);
        return conclude(problems, "this scenario");
      }
      case Subject.Named.Subjects _, Subject.Named.Nothing _ -> {
        console.error(folder + " is no scenario folder; name one, or keepalived.conf files");
        return ExitCode.CONFIGURATION;
      }
    }
  }

  private static String name(Path file, Map<String, KeepalivedConfiguration> taken) {
    String name = file.toString();
    while (taken.containsKey(name)) {
      name = name + " (again)";
    }
    return name;
  }

  private int conclude(List<Problem> problems, String who) {
    boolean refused = problems.stream().anyMatch(Problem::isError);
    long notes = problems.stream().filter(p -> p.severity() == Severity.NOTE).count();
    long complaints = problems.size() - notes;
    Optional<String> all =
        problems.isEmpty()
            ? Optional.empty()
            : Optional.of(complaints + " to mend, " + notes + " to know");
    String verdict =
        refused
            ? who + " would refuse to run"
            : complaints > 0 ? who + " would run, not as meant" : "nothing to complain about";
    console.out().println(verdict + all.map(a -> " (" + a + ")").orElse(""));
    if (refused) {
      return ExitCode.CONFIGURATION;
    }
    return complaints > 0 ? ExitCode.BROKEN : ExitCode.HOLDS;
  }
}
