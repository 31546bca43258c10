package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.vipdrift.netio.namespaces.Leftovers;
import org.vipdrift.netio.namespaces.Requirement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vipdrift doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Say what this machine has and lacks for running scenarios (exit 5 if it lacks something).")
final class DoctorCommand implements Callable<Integer> {
  private static final long ENOUGH_HEAP = 200L << 20;

  private final Console console;
  private boolean lacking;

  @Option(
      names = "--on",
      paramLabel = "TESTBED",
      description = "What it is to be good for: sim or netns (default: sim).")
  private TestbedChoice.Name on = TestbedChoice.Name.sim;

  @Option(
      names = "--clean",
      description =
          "Remove what runs in namespaces have left that were killed; those alive keep theirs.")
  private boolean clean;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return clean ? cleaned() : examined();
  }

  private int cleaned() {
    try {
      List<String> removed = Leftovers.remove();
      removed.forEach(each -> console.out().println("removed  " + each));
      console.out().println(removed.isEmpty() ? "Nothing was left." : "Nothing is left.");
      return ExitCode.HOLDS;
    } catch (IOException resisting) {
      console.error("cannot clean up: " + resisting.getMessage());
      return ExitCode.ENVIRONMENT;
    }
  }

  private int examined() {
    int feature = Runtime.version().feature();
    report(
        feature == 25,
        "Java 25 (this is " + Runtime.version() + ")",
        "run vipdrift by its launcher, which finds a JDK 25");
    report(
        Files.isDirectory(console.catalogue()),
        "catalogue of scenarios in " + console.catalogue(),
        "clone the whole repository, or name scenario folders by their path");
    report(
        Runtime.getRuntime().maxMemory() >= ENOUGH_HEAP,
        "heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB (256 MiB are meant)",
        "do not lower -Xmx in VIPDRIFT_JAVA_OPTIONS");
    report(
        ThreadSeed.isReachable(),
        "deterministic seeding of actor identifiers",
        "start Java with --add-opens=java.base/java.lang=ALL-UNNAMED, as the launcher does");
    Path here = console.store().toAbsolutePath().getParent();
    report(
        Files.isWritable(here),
        "a writable folder for the store (" + here + ")",
        "change to a folder that you may write to, or run with --no-store");
    for (Requirement each : Requirement.all()) {
      reportForNamespaces(each);
    }
    console.out().println(lacking ? "Something is missing." : "Everything is there.");
    return lacking ? ExitCode.ENVIRONMENT : ExitCode.HOLDS;
  }

  /** What only {@code --on netns} needs is no lack of a machine that simulates. */
  private void reportForNamespaces(Requirement each) {
    if (on == TestbedChoice.Name.netns && each.isNeeded()) {
      report(each.isThere(), each.what() + ", for --on netns", each.otherwise());
      return;
    }
    console
        .out()
        .println((each.isThere() ? "ok       " : "no netns ") + each.what() + ", for --on netns");
    if (!each.isThere()) {
      console.out().println("         " + each.otherwise());
    }
  }

  private void report(boolean there, String what, String otherwise) {
    PrintStream out = console.out();
    out.println((there ? "ok       " : "MISSING  ") + what);
    if (!there) {
      lacking = true;
      out.println("         " + otherwise);
    }
  }
}
