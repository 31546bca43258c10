package org.vipdrift.simulator.shell.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.vipdrift.simulator.shell.Invocation;
import org.vipdrift.simulator.shell.ShellCommand;
import org.vipdrift.simulator.shell.ShellHost.HostProcess;
import org.vipdrift.simulator.shell.Task;

/** {@code ps}. */
final class ProcessListing implements ShellCommand {
  private static final String LETTERS = "eAfFlaxuwC:p:o:N";
  private static final String[] WORDS = {
    "--no-heading",
    "--no-headings",
    "--no-header",
    "--no-headers",
    "--noheader",
    "--noheaders",
    "--noheading",
    "--pid=",
    "--headers"
  };

  @Override
  public Duration cost() {
    return Duration.ofMillis(5);
  }

  @Override
  public Task<Integer> run(Invocation call) {
    List<String> arguments = call.arguments();
    boolean bsd = !arguments.isEmpty() && arguments.getFirst().matches("[auxwef]+");
    Options options =
        Options.parse(bsd ? arguments.subList(1, arguments.size()) : arguments, LETTERS, WORDS);
    if (options.unknown().isPresent() || !options.operands().isEmpty() && !bsd) {
      return call.unsupported(options.unknown().orElse(options.operands().toString()));
    }
    boolean user = bsd && arguments.getFirst().indexOf('u') >= 0 || options.has("-u");
    boolean full = options.has("-f", "-F");
    Predicate<HostProcess> selected = selection(options, bsd);
    boolean heading = !String.join(" ", arguments).contains("--no");
    if (options.has("-o")) {
      return columns(call, options, selected, heading);
    }
    if (heading) {
      call.printLine(
          user
              ? "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND"
              : full
                  ? "UID          PID    PPID  C STIME TTY          TIME CMD"
                  : bsd ? "    PID TTY      STAT   TIME COMMAND" : "    PID TTY          TIME CMD");
    }
    int shown = 0;
    for (HostProcess process : call.host().processes()) {
      if (selected.test(process)) {
        shown++;
        call.printLine(line(process, user, full, bsd));
      }
    }
    return Task.of(shown > 0 ? 0 : 1);
  }

  private static Predicate<HostProcess> selection(Options options, boolean bsd) {
    Optional<String> names = options.value("-C");
    Optional<String> pids = options.value("-p", "--pid");
    if (names.isPresent()) {
      List<String> list = List.of(names.get().split("[, ]+"));
      return p -> list.stream().anyMatch(n -> Signalling.shortName(n).equals(p.name()));
    }
    if (pids.isPresent()) {
      List<String> list = List.of(pids.get().split("[, ]+"));
      return p -> list.contains(Integer.toString(p.pid()));
    }
    boolean every = bsd || options.has("-e", "-A", "-a", "-x");
    // Without a selection ps shows the caller's terminal, and a check script has none.
    return _ -> every;
  }

  private static String line(HostProcess process, boolean user, boolean full, boolean bsd) {
    if (user) {
      return String.format(
          Locale.ROOT,
          "%-8s %7d  0.0  0.1  10000  2000 ?        %-4s 00:00   0:00 %s",
          process.user(),
          process.pid(),
          process.state(),
          process.commandLine());
    }
    if (full) {
      return String.format(
          Locale.ROOT,
          "%-8s %7d %7d  0 00:00 ?        00:00:00 %s",
          process.user(),
          process.pid(),
          process.parentPid(),
          process.commandLine());
    }
    return bsd
        ? String.format(
            Locale.ROOT,
            "%7d ?        %-4s   0:00 %s",
            process.pid(),
            process.state(),
            process.commandLine())
        : String.format(Locale.ROOT, "%7d ?        00:00:00 %s", process.pid(), process.name());
  }

  private static Task<Integer> columns(
      Invocation call, Options options, Predicate<HostProcess> selected, boolean heading) {
    List<String> columns = List.of(String.join(",", options.values("-o")).split("[, ]+"));
    boolean named = heading && columns.stream().anyMatch(c -> !c.endsWith("="));
    for (String column : columns) {
      if (!column.matches("(pid|ppid|user|comm|cmd|args|command|stat|state|s)=?")) {
        return call.unsupported("-o " + column);
      }
    }
    if (named) {
      call.printLine(
          String.join(" ", columns.stream().map(c -> c.toUpperCase(Locale.ROOT)).toList()));
    }
    int shown = 0;
    for (HostProcess process : call.host().processes()) {
      if (selected.test(process)) {
        shown++;
        call.printLine(String.join(" ", columns.stream().map(c -> column(c, process)).toList()));
      }
    }
    return Task.of(shown > 0 ? 0 : 1);
  }

  private static String column(String column, HostProcess process) {
    return switch (column.replace("=", "")) {
      case "pid" -> Integer.toString(process.pid());
      case "ppid" -> Integer.toString(process.parentPid());
      case "user" -> process.user();
      case "comm" -> process.name();
      case "stat", "state", "s" -> String.valueOf(process.state());
      default -> process.commandLine();
    };
  }
}
