package org.vipdrift.simulator.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.simulator.shell.ShellProgram.Script;

/** Makes the process of a program, as the kernel's exec and a shell's {@code -c} do. */
final class Launcher {
  private final Interpreter interpreter;
  private final ShellHost host;
  private final ShellLimits limits;

  Launcher(Interpreter interpreter, ShellHost host, ShellLimits limits) {
    this.interpreter = interpreter;
    this.host = host;
    this.limits = limits;
  }

  /** A process and what it does. */
  record Launch(int pid, Task<Integer> task) {}

  Launch script(Script script, List<String> arguments, Streams streams) {
    List<String> words = new ArrayList<>(List.of(script.interpreter(), script.fileName()));
    words.addAll(arguments);
    String commandLine = String.join(" ", words);
    int pid = host.processStarted(0, ShellState.shortName(script.fileName()), commandLine);
    ShellState state = state(script.fileName(), commandLine, pid, arguments, streams);
    return new Launch(pid, interpreter.main(script, state));
  }

  Launch commandLine(List<String> words, List<String> arguments, Streams streams) {
    List<String> all = new ArrayList<>(words);
    all.addAll(arguments);
    String first = words.getFirst();
    Optional<ShellHost.HostFile> file =
        first.indexOf('/') >= 0 ? host.file(first) : Optional.empty();
    boolean direct = file.isPresent() || interpreter.isProgram(first) || first.startsWith("/");
    if (file.isPresent() && file.get().executable() && !file.get().directory()) {
      Script script = ShellProgram.script(first, file.get().text());
      if (interpreter.isShell(script.interpreter())) {
        return script(script, all.subList(1, all.size()), streams);
      }
    }
    if (!direct) {
      String text = String.join(" ", all);
      Script script = ShellProgram.script("sh", text);
      String commandLine = "sh -c " + text;
      int pid = host.processStarted(0, "sh", commandLine);
      return new Launch(
          pid, interpreter.main(script, state("sh", commandLine, pid, List.of(), streams)));
    }
    String commandLine = String.join(" ", all);
    int pid = host.processStarted(0, ShellState.shortName(first), commandLine);
    ShellState state = state(first, commandLine, pid, List.of(), streams);
    return new Launch(pid, interpreter.executeWords(all, state));
  }

  private ShellState state(
      String fileName, String commandLine, int pid, List<String> arguments, Streams streams) {
    ShellState state = new ShellState(host, fileName, commandLine, pid, limits, arguments, streams);
    host.environment()
        .forEach(
            (name, value) -> state.variables.put(name, ShellState.Variable.plain(value, true)));
    return state;
  }
}
