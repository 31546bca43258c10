package org.vipdrift.simulator.shell.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.vipdrift.simulator.shell.Invocation;
import org.vipdrift.simulator.shell.RegularExpressions;
import org.vipdrift.simulator.shell.ShellCommand;
import org.vipdrift.simulator.shell.ShellHost.HostProcess;
import org.vipdrift.simulator.shell.Task;

/** {@code kill}, {@code killall}, {@code pkill}, {@code pgrep} and {@code pidof}. */
final class Signalling {
  private static final TreeMap<String, String> NUMBERS = new TreeMap<>();

  static {
    String[] pairs = {
      "0", "0", "1", "HUP", "2", "INT", "3", "QUIT", "6", "ABRT", "9", "KILL", "10", "USR1", "12",
      "USR2", "14", "ALRM", "15", "TERM", "17", "CHLD", "18", "CONT", "19", "STOP", "20", "TSTP",
      "28", "WINCH"
    };
    for (int i = 0; i < pairs.length; i += 2) {
      NUMBERS.put(pairs[i], pairs[i + 1]);
    }
  }

  private Signalling() {}

  /** The name without SIG for a number or name in any spelling. */
  static Optional<String> signal(String text) {
    String name = text.toUpperCase(java.util.Locale.ROOT).replaceFirst("^SIG", "");
    return NUMBERS.containsKey(name)
        ? Optional.of(NUMBERS.get(name))
        : NUMBERS.containsValue(name) ? Optional.of(name) : Optional.empty();
  }

  static String shortName(String name) {
    return name.length() > 15 ? name.substring(0, 15) : name;
  }

  /** Arguments with the signal option taken out. */
  private record Signalled(String signal, List<String> rest) {}

  private static Signalled signalled(List<String> arguments) {
    String signal = "TERM";
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.matches("-s|--signal") && i + 1 < arguments.size()) {
        signal = signal(arguments.get(++i)).orElse("?");
      } else if (argument.startsWith("--signal=")) {
        signal = signal(argument.substring(9)).orElse("?");
      } else if (argument.length() > 1
          && argument.startsWith("-")
          && signal(argument.substring(1)).isPresent()) {
        signal = signal(argument.substring(1)).get();
      } else {
        rest.add(argument);
      }
    }
    return new Signalled(signal, rest);
  }

  /** {@code kill}: 1 if one of the processes is not there. */
  static Task<Integer> kill(Invocation call) {
    Signalled signalled = signalled(call.arguments());
    if (signalled.signal().equals("?")) {
      call.complain("invalid signal specification");
      return Task.of(1);
    }
    int code = signalled.rest().isEmpty() ? 1 : 0;
    for (String pid : signalled.rest()) {
      if (pid.equals("--")) {
        continue;
      }
      if (!pid.matches("[0-9]{1,9}")) {
        if (pid.startsWith("-") || pid.startsWith("%")) {
          return call.unsupported(pid);
        }
        call.complain(pid + ": arguments must be process or job IDs");
        code = 1;
      } else if (!call.host().signal(Integer.parseInt(pid), signalled.signal())) {
        call.complain("(" + pid + ") - No such process");
        code = 1;
      }
    }
    return Task.of(code);
  }

  /** {@code killall}: 1 if no process has one of the names. */
  static Task<Integer> killall(Invocation call) {
    Signalled signalled = signalled(call.arguments());
    Options options = Options.parse(signalled.rest(), "qveIwg", "--quiet", "--verbose", "--exact");
    if (options.unknown().isPresent() || signalled.signal().equals("?")) {
      return call.unsupported(options.unknown().orElse("with an unknown signal"));
    }
    int code = options.operands().isEmpty() ? 1 : 0;
    for (String name : options.operands()) {
      String base = name.substring(name.lastIndexOf('/') + 1);
      int reached =
          signalAll(
              call,
              p -> p.pid() != call.pid() && p.name().equals(shortName(base)),
              signalled.signal());
      if (reached == 0) {
        if (!options.has("-q", "--quiet")) {
          call.complain(name + ": no process found");
        }
        code = 1;
      }
    }
    return Task.of(code);
  }

  private static int signalAll(Invocation call, Predicate<HostProcess> selected, String signal) {
    int reached = 0;
    for (HostProcess process : List.copyOf(call.host().processes())) {
      if (selected.test(process) && call.host().signal(process.pid(), signal)) {
        reached++;
      }
    }
    return reached;
  }

  /** {@code pkill} and {@code pgrep}: 1 if nothing matches. */
  static Task<Integer> byPattern(Invocation call) {
    boolean kills = call.name().equals("pkill");
    Signalled signalled =
        kills ? signalled(call.arguments()) : new Signalled("0", call.arguments());
    Options options =
        Options.parse(
            signalled.rest(), "xflacvonuieP:U:", "--exact", "--full", "--count", "--list-name");
    if (options.unknown().isPresent() || options.has("-v", "-P", "-U", "-u")) {
      return call.unsupported(options.unknown().orElse("with such a selection"));
    }
    if (options.operands().size() != 1) {
      call.complain("one pattern is needed");
      return Task.of(2);
    }
    Pattern pattern;
    try {
      pattern = RegularExpressions.extended(options.operands().getFirst(), options.has("-i"));
    } catch (PatternSyntaxException malformed) {
      call.complain("invalid pattern");
      return Task.of(2);
    }
    boolean full = options.has("-f", "--full");
    boolean exact = options.has("-x", "--exact");
    Predicate<HostProcess> matches =
        p -> {
          String text = full ? p.commandLine() : p.name();
          return p.pid() != call.pid()
              && (exact ? pattern.matcher(text).matches() : pattern.matcher(text).find());
        };
    if (kills) {
      return Task.of(signalAll(call, matches, signalled.signal()) > 0 ? 0 : 1);
    }
    List<HostProcess> found = call.host().processes().stream().filter(matches).toList();
    if (options.has("-o") && !found.isEmpty()) {
      found = List.of(found.getFirst());
    }
    if (options.has("-n") && !found.isEmpty()) {
      found = List.of(found.getLast());
    }
    if (options.has("-c", "--count")) {
      call.printLine(Integer.toString(found.size()));
    } else {
      for (HostProcess process : found) {
        call.printLine(
            process.pid()
                + (options.has("-a")
                    ? " " + process.commandLine()
                    : options.has("-l", "--list-name") ? " " + process.name() : ""));
      }
    }
    return Task.of(found.isEmpty() ? 1 : 0);
  }

  /** {@code pidof}: 1 if no process has one of the names. */
  static Task<Integer> pidof(Invocation call) {
    Options options = Options.parse(call.arguments(), "sxqco:");
    if (options.unknown().isPresent() || options.has("-o")) {
      return call.unsupported(options.unknown().orElse("-o"));
    }
    List<String> pids = new ArrayList<>();
    for (HostProcess process : call.host().processes()) {
      for (String name : options.operands()) {
        String base = name.substring(name.lastIndexOf('/') + 1);
        String program = process.commandLine().split(" ", 2)[0];
        boolean same =
            process.name().equals(shortName(base)) && (options.has("-x") || !isScript(process))
                || program.equals(name);
        if (same && process.pid() != call.pid()) {
          pids.addFirst(Integer.toString(process.pid()));
        }
      }
    }
    if (options.has("-s") && !pids.isEmpty()) {
      pids = List.of(pids.getFirst());
    }
    if (!pids.isEmpty() && !options.has("-q")) {
      call.printLine(String.join(" ", pids));
    }
    return Task.of(pids.isEmpty() ? 1 : 0);
  }

  private static boolean isScript(HostProcess process) {
    return process.commandLine().matches("(/usr)?/bin/(env )?(ba|da)?sh .*");
  }

  static ShellCommand taking(Duration cost, ShellFunction function) {
    return new ShellCommand() {
      @Override
      public Task<Integer> run(Invocation call) {
        return function.run(call);
      }

      @Override
      public Duration cost() {
        return cost;
      }
    };
  }

  /** A command without anything but what it does. */
  @FunctionalInterface
  interface ShellFunction {
    Task<Integer> run(Invocation call);
  }
}
