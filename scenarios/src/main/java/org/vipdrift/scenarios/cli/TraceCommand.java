package org.vipdrift.scenarios.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.trace.TraceEvent;
import org.vipdrift.model.verdict.Narrator;
import org.vipdrift.scenarios.trace.TraceDiff;
import org.vipdrift.scenarios.trace.TraceFormat;
import org.vipdrift.scenarios.trace.TraceFormatException;
import org.vipdrift.scenarios.trace.TraceReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vipdrift trace}. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "show|diff",
    description = "Read trace files.")
final class TraceCommand implements Runnable {
  private static final Narrator NARRATOR = new Narrator();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "show or diff?");
  }

  /** The verb with its two own verbs. */
  static picocli.CommandLine withVerbs(Console console) {
    return new picocli.CommandLine(new TraceCommand())
        .addSubcommand(new Show(console))
        .addSubcommand(new Diff(console));
  }

  /** {@code vipdrift trace show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Print the events of a trace, one readable line each.")
  static final class Show implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        description = "Only events of kinds that begin so, as vrrp or vip.added; may be repeated.")
    private List<String> kinds = new ArrayList<>();

    @Option(names = "--host", paramLabel = "NAME", description = "Only events of this host.")
    private @Nullable String host;

    Show(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      return guarded(
          console,
          () -> {
            try (TraceReader reader = TraceReader.open(file)) {
              console
                  .out()
                  .println(
                      reader.header().scenario()
                          + ", seed "
                          + reader.header().seed()
                          + ", on "
                          + reader.header().testbed());
              for (Optional<TraceEvent> next = reader.next();
                  next.isPresent();
                  next = reader.next()) {
                if (isWanted(next.get())) {
                  console.out().println(line(next.get()));
                }
              }
            }
            return ExitCode.HOLDS;
          });
    }

    private boolean isWanted(TraceEvent event) {
      return (host == null || host.equals(event.host()))
          && (kinds.isEmpty() || kinds.stream().anyMatch(event.detail().kind()::startsWith));
    }
  }

  /** {@code vipdrift trace diff}. */
  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Find the first event in which two traces differ (exit 1 if they do).")
  static final class Diff implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE")
    private Path left = Path.of("");

    @Parameters(index = "1", paramLabel = "FILE")
    private Path right = Path.of("");

    Diff(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      return guarded(
          console,
          () -> {
            if (Files.mismatch(left, right) < 0) {
              console.out().println("The traces are the same, byte for byte.");
              return ExitCode.HOLDS;
            }
            try (TraceReader a = TraceReader.open(left);
                TraceReader b = TraceReader.open(right)) {
              Optional<TraceDiff.Divergence> divergence = TraceDiff.first(a, b);
              if (divergence.isEmpty()) {
                console.out().println("The headers differ; the events are the same.");
              } else {
                print(divergence.get());
              }
            }
            return ExitCode.BROKEN;
          });
    }

    private void print(TraceDiff.Divergence divergence) {
      console.out().println("The traces part at line " + divergence.line() + ".");
      divergence.last().ifPresent(e -> console.out().println("  both:  " + line(e)));
      console
          .out()
          .println("  left:  " + divergence.left().map(TraceCommand::line).orElse("(ends)"));
      console
          .out()
          .println("  right: " + divergence.right().map(TraceCommand::line).orElse("(ends)"));
      divergence.left().ifPresent(e -> console.out().print("  left as written:  " + json(e)));
      divergence.right().ifPresent(e -> console.out().print("  right as written: " + json(e)));
    }
  }

  private static String told(Narrator.Phrase phrase) {
    return phrase.headline() + (phrase.why().isEmpty() ? "" : " (" + phrase.why() + ")");
  }

  private static String json(TraceEvent event) {
    return new String(TraceFormat.line(event), StandardCharsets.UTF_8);
  }

  private static String line(TraceEvent event) {
    String host = event.host().isEmpty() ? "-" : event.host();
    String cause = event.cause() == TraceEvent.NO_CAUSE ? "" : " <- " + event.cause();
    return String.format(
        java.util.Locale.ROOT,
        "%12.6f s  %-10s %-20s %s  [%d%s]",
        event.atNanos() / 1e9,
        host,
        event.detail().kind(),
        told(NARRATOR.phrase(event)),
        event.id(),
        cause);
  }

  /** Something that reads trace files. */
  private interface Reading {
    int run() throws IOException;
  }

  private static int guarded(Console console, Reading reading) throws IOException {
    try {
      return reading.run();
    } catch (NoSuchFileException e) {
      console.error("no file " + e.getMessage());
      return ExitCode.CONFIGURATION;
    } catch (TraceFormatException e) {
      console.error(e.getMessage());
      return ExitCode.CONFIGURATION;
    }
  }
}
