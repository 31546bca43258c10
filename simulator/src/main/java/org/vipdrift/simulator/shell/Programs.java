package org.vipdrift.simulator.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.simulator.shell.Task.Leaving;
import org.vipdrift.simulator.shell.syntax.Place;
import org.vipdrift.simulator.shell.syntax.Unsupported;

/** Runs programs, script files and further shells, each in a process of its own. */
final class Programs {
  private final Interpreter interpreter;
  private final Builtins builtins;

  Programs(Interpreter interpreter, Builtins builtins) {
    this.interpreter = interpreter;
    this.builtins = builtins;
  }

  /** Whether a word is a program, not only something that a shell does itself. */
  boolean isProgram(String word) {
    return builtins.asProgram(word).isPresent()
        || interpreter.commands().find(word).isPresent()
        || isShellName(word);
  }

  private static boolean isShellName(String word) {
    return word.matches("(/usr)?(/bin/)?(ba|da)?sh");
  }

  /** A program or script file in a process of its own. */
  Task<Integer> run(List<String> words, Frame frame, Place place) {
    ShellState state = frame.state();
    String name = words.getFirst();
    Optional<ShellHost.HostFile> file = hostFile(name, state.host);
    if (file.isEmpty() && name.matches("/etc/(rc\\.d/)?init\\.d/[^/]+")) {
      List<String> service = new ArrayList<>(List.of("service", ShellCommands.baseName(name)));
      service.addAll(words.subList(1, words.size()));
      return run(service, frame, place);
    }
    if (file.isPresent() && file.get().directory()) {
      frame.complain(name + ": Is a directory");
      return Task.of(126);
    }
    if (file.isPresent() && !file.get().executable()) {
      frame.complain(name + ": Permission denied");
      return Task.of(126);
    }
    boolean script =
        file.isPresent()
            && interpreter.isShell(ShellProgram.script(name, file.get().text()).interpreter());
    Optional<Builtins.Builtin> own = builtins.asProgram(name);
    Optional<ShellCommand> command = interpreter.commands().find(name);
    if (!script && own.isEmpty() && command.isEmpty() && !isShellName(name)) {
      return missing(name, file.isPresent(), frame, place);
    }
    int pid =
        frame
            .process()
            .orElseGet(
                () ->
                    state.host.processStarted(
                        state.pid, ShellState.shortName(name), processLine(words, file)));
    Frame inner = frame.deeper();
    Task<Integer> task =
        script
            ? Interpreter.wait(Interpreter.FORK)
                .then(_ -> scriptFile(words, file.get(), inner, pid))
            : own.isPresent()
                ? Interpreter.wait(Interpreter.FORK)
                    .then(_ -> own.get().run(words.subList(1, words.size()), inner, place))
                : command.isPresent()
                    ? Interpreter.wait(command.get().cost())
                        .then(_ -> command.get().run(invocation(words, inner, pid, place)))
                    : Interpreter.wait(Interpreter.FORK).then(_ -> shell(words, inner, pid, place));
    Task<Integer> checked = task.then(code -> survived(code, state));
    return frame.process().isPresent()
        ? checked
        : checked.afterwards(() -> state.host.processEnded(pid));
  }

  private static Optional<ShellHost.HostFile> hostFile(String name, ShellHost host) {
    return name.indexOf('/') >= 0 ? host.file(name) : Optional.empty();
  }

  private static String processLine(List<String> words, Optional<ShellHost.HostFile> file) {
    String line = String.join(" ", words);
    return file.isPresent()
        ? ShellProgram.script(words.getFirst(), file.get().text()).interpreter() + " " + line
        : line;
  }

  /** A script that has just ended its own process does nothing more. */
  private static Task<Integer> survived(int code, ShellState state) {
    boolean alive =
        state.host.processes().stream().anyMatch(process -> process.pid() == state.mainPid);
    return alive ? Task.of(code) : Task.raise(new Leaving.Exit(143));
  }

  private Task<Integer> missing(String name, boolean there, Frame frame, Place place) {
    if (there) {
      interpreter.unsupported(frame.state(), place, "the interpreter of " + name);
      frame.complain(name + ": cannot execute: its interpreter is not simulated");
      return Task.of(126);
    }
    if (name.indexOf('/') >= 0) {
      frame.complain(name + ": No such file or directory");
    } else {
      interpreter.unsupported(frame.state(), place, "command '" + name + "'");
      frame.complain("line " + place.line() + ": " + name + ": command not found");
    }
    return Task.of(127);
  }

  private Invocation invocation(List<String> words, Frame frame, int pid, Place place) {
    ShellState state = frame.state();
    return new Invocation(
        ShellCommands.baseName(words.getFirst()),
        words.subList(1, words.size()),
        state.host,
        frame.streams(),
        pid,
        state.limits,
        what -> new Unsupported(state.fileName, place.line(), place.column(), what),
        call ->
            run(
                call.words(),
                new Frame(state, call.streams(), true, 0, frame.depth(), OptionalInt.empty()),
                place),
        state::exported);
  }

  private Task<Integer> scriptFile(
      List<String> words, ShellHost.HostFile file, Frame frame, int pid) {
    ShellProgram.Script script = ShellProgram.script(words.getFirst(), file.text());
    ShellState child = child(words.getFirst(), processLine(words, Optional.of(file)), pid, frame);
    child.arguments = List.copyOf(words.subList(1, words.size()));
    return interpreter.script(script.body(), child, frame.depth());
  }

  private static ShellState child(String fileName, String commandLine, int pid, Frame frame) {
    ShellState state = frame.state();
    ShellState child =
        new ShellState(
            state.host, fileName, commandLine, pid, state.limits, List.of(), frame.streams());
    state
        .environment()
        .forEach((key, value) -> child.variables.put(key, ShellState.Variable.plain(value, true)));
    return child;
  }

  /** {@code sh}, with {@code -c}, a file, or the script on its input. */
  private Task<Integer> shell(List<String> words, Frame frame, int pid, Place place) {
    ShellState child = child(words.getFirst(), String.join(" ", words), pid, frame);
    int at = 1;
    boolean text = false;
    while (at < words.size() && words.get(at).matches("-[a-z]+")) {
      for (char c : words.get(at).substring(1).toCharArray()) {
        text |= c == 'c';
        Builtins.option(c, true, child);
      }
      at++;
    }
    if (text) {
      if (at >= words.size()) {
        frame.complain(words.getFirst() + ": -c: option requires an argument");
        return Task.of(2);
      }
      if (at + 1 < words.size()) {
        child.scriptName = words.get(at + 1);
        child.arguments = List.copyOf(words.subList(at + 2, words.size()));
      }
      return interpreter.script(
          ShellProgram.script(words.getFirst(), words.get(at)).body(), child, frame.depth());
    }
    if (at >= words.size()) {
      String body = frame.streams().input().rest();
      return interpreter.script(
          ShellProgram.script(words.getFirst(), body).body(), child, frame.depth());
    }
    String path = words.get(at);
    Optional<ShellHost.HostFile> file = frame.state().host.file(path);
    if (file.isEmpty()) {
      frame.complain(path + ": No such file or directory");
      return Task.of(127);
    }
    child.scriptName = path;
    child.arguments = List.copyOf(words.subList(at + 1, words.size()));
    return interpreter.script(
        ShellProgram.script(path, file.get().text()).body(), child, frame.depth());
  }
}
