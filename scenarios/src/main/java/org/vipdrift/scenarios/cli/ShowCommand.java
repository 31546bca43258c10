package org.vipdrift.scenarios.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.vipdrift.model.scenario.Client;
import org.vipdrift.model.scenario.Host;
import org.vipdrift.model.scenario.Scenario;
import org.vipdrift.model.scenario.text.DurationText;
import org.vipdrift.model.scenario.text.ExpectationText;
import org.vipdrift.scenarios.file.ScenarioText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code vipdrift show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show what a scenario is: its machines, its timeline, what it expects.")
final class ShowCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "SCENARIO")
  private String argument = "";

  ShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Subject subject;
    switch (Subject.named(console, List.of(argument))) {
      case Subject.Named.Nothing(String why) -> {
        console.error(why);
        return ExitCode.CONFIGURATION;
      }
      case Subject.Named.Subjects(List<Subject> named) -> {
        if (named.size() > 1) {
          console.error(argument + " holds " + named.size() + " scenarios; name one of them");
          return ExitCode.USAGE;
        }
        subject = named.getFirst();
      }
    }
    new ProblemPrinter(console.err(), subject::text).print(subject.load().problems());
    if (subject.load().scenario().isEmpty()) {
      return ExitCode.CONFIGURATION;
    }
    show(subject.load().scenario().get());
    return ExitCode.HOLDS;
  }

  private void show(Scenario scenario) {
    print(scenario.title());
    print("");
    scenario.about().strip().lines().forEach(this::print);
    print("");
    print("Machines");
    for (Host host : scenario.hosts()) {
      print("  " + host.name() + "  " + addresses(host) + processes(host));
    }
    for (Client client : scenario.clients()) {
      print(
          "  "
              + client.name()
              + "  "
              + client.address().address()
              + (client.fetches() ? ", fetches from " : ", pings ")
              + client.target()
              + " every "
              + client.every().toMillis()
              + " ms");
    }
    print("");
    print("Timeline (" + DurationText.format(scenario.until()) + ")");
    scenario.timeline().forEach(entry -> print("  " + ScenarioText.entry(entry)));
    print("");
    print("Expectations");
    scenario.expectations().forEach(e -> print("  " + ExpectationText.of(e)));
  }

  private static String addresses(Host host) {
    return host.interfaces().stream()
        .map(
            i ->
                i.name()
                    + " "
                    + i.addresses().stream()
                        .map(a -> a.address().toString())
                        .collect(Collectors.joining(" ")))
        .collect(Collectors.joining(", "));
  }

  private static String processes(Host host) {
    return host.processes().isEmpty()
        ? ""
        : ", runs "
            + host.processes().stream()
                .map(Host.ProcessSpecification::name)
                .collect(Collectors.joining(", "));
  }

  private void print(String line) {
    console.out().println(line);
  }
}
