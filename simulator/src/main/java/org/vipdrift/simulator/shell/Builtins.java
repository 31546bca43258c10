package org.vipdrift.simulator.shell;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vipdrift.simulator.shell.Task.Leaving;
import org.vipdrift.simulator.shell.syntax.Place;

/** The commands that a shell runs itself. */
final class Builtins {
  private final Interpreter interpreter;
  private final CommandRunner runner;
  private final Map<String, Builtin> byName;

  Builtins(Interpreter interpreter, CommandRunner runner) {
    this.interpreter = interpreter;
    this.runner = runner;
    TreeMap<String, Builtin> all = new TreeMap<>();
    for (String nothing :
        List.of(":", "true", "umask", "ulimit", "hash", "wait", "unalias", "shopt")) {
      all.put(nothing, (_, _, _) -> Task.of(0));
    }
    all.put("false", (_, _, _) -> Task.of(1));
    all.put("echo", plain(OutputBuiltins::echo));
    all.put("printf", plain(OutputBuiltins::printf));
    all.put("pwd", plain((_, frame) -> OutputBuiltins.pwd(frame)));
    all.put("test", plain(TestExpression::status));
    all.put("[", plain(Builtins::bracket));
    all.put("cd", plain(VariableBuiltins::changeDirectory));
    all.put("export", plain(VariableBuiltins::export));
    for (String declaration : List.of("local", "declare", "typeset", "readonly")) {
      all.put(
          declaration,
          plain((words, frame) -> VariableBuiltins.declare(declaration, words, frame)));
    }
    all.put("unset", plain(VariableBuiltins::unset));
    all.put("read", plain(VariableBuiltins::read));
    all.put("shift", plain(VariableBuiltins::shift));
    all.put("set", plain(Builtins::set));
    all.put("trap", plain(Builtins::trap));
    all.put("let", (words, frame, _) -> let(words, 0, frame));
    all.put("exit", (words, frame, _) -> Task.raise(new Leaving.Exit(code(words, frame))));
    all.put("return", (words, frame, _) -> Task.raise(new Leaving.Return(code(words, frame))));
    all.put("break", (words, frame, _) -> leaveLoop(words, frame, true));
    all.put("continue", (words, frame, _) -> leaveLoop(words, frame, false));
    all.put("eval", (words, frame, _) -> interpreter.evaluate(String.join(" ", words), frame));
    all.put("source", this::source);
    all.put(".", this::source);
    all.put("exec", this::exec);
    all.put("command", this::command);
    all.put("builtin", this::command);
    all.put("type", this::type);
    byName = Collections.unmodifiableMap(all);
  }

  /** A command that the shell runs itself. */
  @FunctionalInterface
  interface Builtin {
    Task<Integer> run(List<String> arguments, Frame frame, Place place);
  }

  /** One that needs nothing but its arguments and streams. */
  @FunctionalInterface
  private interface Plain {
    int run(List<String> arguments, Frame frame);
  }

  private static Builtin plain(Plain plain) {
    return (arguments, frame, _) -> Task.of(plain.run(arguments, frame));
  }

  Optional<Builtin> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Those that exist as programs too, as {@code /bin/echo} does. */
  Optional<Builtin> asProgram(String word) {
    String name = ShellCommands.baseName(word);
    boolean program = List.of("true", "false", "echo", "printf", "pwd", "test", "[").contains(name);
    return program && (word.equals(name) || word.matches("(/usr)?/bin/[^/]+"))
        ? find(name)
        : Optional.empty();
  }

  /** Every name, for those that check a script before it runs. */
  static final java.util.SortedSet<String> NAMES =
      Collections.unmodifiableSortedSet(
          new java.util.TreeSet<>(
              List.of(
                  ":",
                  ".",
                  "[",
                  "break",
                  "builtin",
                  "cd",
                  "command",
                  "continue",
                  "declare",
                  "echo",
                  "eval",
                  "exec",
                  "exit",
                  "export",
                  "false",
                  "hash",
                  "let",
                  "local",
                  "printf",
                  "pwd",
                  "read",
                  "readonly",
                  "return",
                  "set",
                  "shift",
                  "shopt",
                  "source",
                  "test",
                  "trap",
                  "true",
                  "type",
                  "typeset",
                  "ulimit",
                  "umask",
                  "unalias",
                  "unset",
                  "wait")));

  private static int bracket(List<String> words, Frame frame) {
    if (words.isEmpty() || !words.getLast().equals("]")) {
      frame.complain("[: missing `]'");
      return 2;
    }
    return TestExpression.status(words.subList(0, words.size() - 1), frame);
  }

  private static int code(List<String> words, Frame frame) {
    if (words.isEmpty()) {
      return frame.state().status;
    }
    if (!words.getFirst().matches("[+-]?[0-9]{1,15}")) {
      frame.complain(words.getFirst() + ": numeric argument required");
      return 2;
    }
    return (int) (Long.parseLong(words.getFirst()) & 255);
  }

  private static Task<Integer> leaveLoop(List<String> words, Frame frame, boolean leave) {
    if (frame.loops() == 0) {
      frame.complain("only meaningful in a `for', `while', or `until' loop");
      return Task.of(0);
    }
    int loops =
        words.isEmpty() || !words.getFirst().matches("[1-9][0-9]{0,3}")
            ? 1
            : Math.min(frame.loops(), Integer.parseInt(words.getFirst()));
    return Task.raise(leave ? new Leaving.Break(loops) : new Leaving.Continue(loops));
  }

  private static Task<Integer> let(List<String> words, int index, Frame frame) {
    if (index == words.size()) {
      return Task.of(words.isEmpty() ? 1 : frame.state().status);
    }
    return Expander.arithmetic(words.get(index), frame)
        .then(
            value -> {
              frame.state().status = value != 0 ? 0 : 1;
              return let(words, index + 1, frame);
            });
  }

  private static int set(List<String> words, Frame frame) {
    ShellState state = frame.state();
    int at = 0;
    while (at < words.size()) {
      String word = words.get(at);
      if (word.equals("--") || word.equals("-")) {
        at++;
        break;
      }
      if (!word.matches("[-+][a-zA-Z]+")) {
        break;
      }
      boolean on = word.startsWith("-");
      if (word.substring(1).endsWith("o") && at + 1 < words.size()) {
        at++;
        longOption(words.get(at), on, state);
      }
      for (char c : word.substring(1).toCharArray()) {
        option(c, on, state);
      }
      at++;
    }
    boolean positional = at < words.size() || words.contains("--");
    if (positional) {
      state.arguments = List.copyOf(words.subList(at, words.size()));
    }
    return 0;
  }

  private static void longOption(String name, boolean on, ShellState state) {
    switch (name) {
      case "errexit" -> option('e', on, state);
      case "nounset" -> option('u', on, state);
      case "xtrace" -> option('x', on, state);
      case "pipefail" -> change(ShellState.Option.PIPE_FAILS, on, state);
      default -> {}
    }
  }

  /** Sets or clears a one-letter option; those that change nothing here are accepted. */
  static void option(char letter, boolean on, ShellState state) {
    switch (letter) {
      case 'e' -> change(ShellState.Option.EXIT_ON_ERROR, on, state);
      case 'u' -> change(ShellState.Option.UNSET_IS_ERROR, on, state);
      case 'x' -> change(ShellState.Option.TRACE, on, state);
      default -> {}
    }
  }

  private static void change(ShellState.Option option, boolean on, ShellState state) {
    if (on) {
      state.options.add(option);
    } else {
      state.options.remove(option);
    }
  }

  private static int trap(List<String> words, Frame frame) {
    if (words.size() < 2) {
      return 0;
    }
    String action = words.getFirst().equals("-") ? "" : words.getFirst();
    for (String signal : words.subList(1, words.size())) {
      frame.state().traps.put(signal.equals("0") ? "EXIT" : signal, action);
    }
    return 0;
  }

  private Task<Integer> source(List<String> words, Frame frame, Place place) {
    if (words.isEmpty()) {
      frame.complain("filename argument required");
      return Task.of(2);
    }
    ShellState state = frame.state();
    Optional<ShellHost.HostFile> file = state.host.file(words.getFirst());
    if (file.isEmpty()) {
      frame.complain(words.getFirst() + ": No such file or directory");
      return Task.of(1);
    }
    List<String> outer = state.arguments;
    if (words.size() > 1) {
      state.arguments = List.copyOf(words.subList(1, words.size()));
    }
    return interpreter
        .run(ShellProgram.script(words.getFirst(), file.get().text()).body(), frame.deeper())
        .guarded(
            leaving ->
                leaving instanceof Leaving.Return(int code)
                    ? Optional.of(Task.of(code))
                    : Optional.empty())
        .afterwards(
            () -> {
              if (words.size() > 1) {
                state.arguments = outer;
              }
            });
  }

  private Task<Integer> exec(List<String> words, Frame frame, Place place) {
    if (words.isEmpty()) {
      return Task.of(0);
    }
    return runner
        .programs()
        .run(words, frame, place)
        .then(code -> Task.raise(new Leaving.Exit(code)));
  }

  private Task<Integer> command(List<String> words, Frame frame, Place place) {
    if (!words.isEmpty() && words.getFirst().matches("-[vV]")) {
      return type(words, frame, place);
    }
    List<String> rest =
        !words.isEmpty() && words.getFirst().equals("-p") ? words.subList(1, words.size()) : words;
    return rest.isEmpty() ? Task.of(0) : runner.withoutFunctions(rest, frame, place);
  }

  private Task<Integer> type(List<String> words, Frame frame, Place place) {
    int code = 0;
    for (String word : words) {
      if (word.startsWith("-")) {
        continue;
      }
      boolean own = find(word).isPresent() || frame.state().functions.containsKey(word);
      if (own || runner.isKnown(word) || frame.state().host.file(word).isPresent()) {
        frame
            .streams()
            .output()
            .write((own || word.indexOf('/') >= 0 ? word : "/usr/bin/" + word) + "\n");
      } else {
        code = 1;
      }
    }
    return Task.of(code);
  }
}
