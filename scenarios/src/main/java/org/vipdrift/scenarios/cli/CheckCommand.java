package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
      "Check keepalived.conf files, each for itself and, when there are several, against each"
          + " other.",
      "Exit codes: 0 nothing to complain about, 1 findings, 4 keepalived would refuse to run."
    })
final class CheckCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "CONF",
      description = "The files of the nodes of one cluster.")
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
    List<Path> unreadable =
        files.stream().filter(f -> !Files.isReadable(f) || Files.isDirectory(f)).toList();
    if (!unreadable.isEmpty()) {
      unreadable.forEach(file -> console.error("cannot read " + file));
      return ExitCode.CONFIGURATION;
    }
    Map<String, KeepalivedConfiguration> configurations = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
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
    ProblemPrinter printer = new ProblemPrinter(console.out(), Subject::read);
    printer.print(problems);
    List<Finding> findings = KeepalivedAudit.audit(configurations);
    printer.print(findings.stream().map(Finding::toProblem).toList());
    return conclude(problems, findings);
  }

  private static String name(Path file, Map<String, KeepalivedConfiguration> taken) {
    String name = file.toString();
    while (taken.containsKey(name)) {
      name = name + " (again)";
    }
    return name;
  }

  private int conclude(List<Problem> problems, List<Finding> findings) {
    List<Severity> severities = new ArrayList<>();
    problems.forEach(p -> severities.add(p.severity()));
    findings.forEach(f -> severities.add(f.severity()));
    boolean refused = problems.stream().anyMatch(Problem::isError);
    long notes = severities.stream().filter(s -> s == Severity.NOTE).count();
    long complaints = severities.size() - notes;
    Optional<String> all =
        severities.isEmpty()
            ? Optional.empty()
            : Optional.of(complaints + " to mend, " + notes + " to know");
    String verdict =
        refused
            ? "keepalived would refuse to run"
            : complaints > 0 ? "keepalived would run, not as meant" : "nothing to complain about";
    console.out().println(verdict + all.map(a -> " (" + a + ")").orElse(""));
    if (refused) {
      return ExitCode.CONFIGURATION;
    }
    return complaints > 0 ? ExitCode.BROKEN : ExitCode.HOLDS;
  }
}
