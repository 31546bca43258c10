package org.vipdrift.simulator.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.vipdrift.simulator.shell.Task.Leaving;
import org.vipdrift.simulator.shell.syntax.Command;
import org.vipdrift.simulator.shell.syntax.Place;
import org.vipdrift.simulator.shell.syntax.Unsupported;
import org.vipdrift.simulator.shell.syntax.Word;

/** Runs simple commands: assignments, functions, builtins, programs and script files. */
final class CommandRunner {
  private static final List<String> DECLARATIONS =
      List.of("local", "export", "readonly", "declare", "typeset");

  private final Interpreter interpreter;
  private final Expander expander;
  private final Redirections redirections;
  private final Builtins builtins;

  CommandRunner(Interpreter interpreter, Expander expander, Redirections redirections) {
    this.interpreter = interpreter;
    this.expander = expander;
    this.redirections = redirections;
    this.builtins = new Builtins(interpreter, this);
  }

  Task<Integer> run(Command.Simple simple, Frame frame) {
    frame.state().substitutionStatus = OptionalInt.empty();
    return words(simple.words(), frame).then(words -> redirected(simple, words, frame));
  }

  private Task<List<String>> words(List<Word> words, Frame frame) {
    boolean declaration =
        !words.isEmpty() && words.getFirst().literal().map(DECLARATIONS::contains).orElse(false);
    if (!declaration) {
      return expander.fields(words, frame);
    }
    return Task.each(
            words,
            word ->
                word.parts().getFirst() instanceof Word.Literal(String text, _)
                        && WordNames.assigned(text).isPresent()
                    ? expander.text(word, frame).map(List::of)
                    : expander.fields(List.of(word), frame))
        .map(lists -> lists.stream().flatMap(List::stream).toList());
  }

  private Task<Integer> redirected(Command.Simple simple, List<String> words, Frame frame) {
    if (words.equals(List.of("exec"))) {
      return redirections
          .apply(simple.redirects(), frame)
          .map(
              streams -> {
                streams.ifPresent(changed -> frame.state().redirect(frame.streams(), changed));
                return streams.isPresent() ? 0 : 1;
              });
    }
    return redirections
        .apply(simple.redirects(), frame)
        .then(
            streams -> {
              if (streams.isEmpty()) {
                return Task.of(1);
              }
              Frame inner = frame.with(streams.get());
              Map<String, Optional<ShellState.Variable>> before = new LinkedHashMap<>();
              for (Command.Assignment assignment : simple.assignments()) {
                String name = assignment.name();
                before.putIfAbsent(name, frame.state().snapshot(name));
              }
              return values(simple.assignments(), inner)
                  .then(values -> assigned(simple, words, values, before, inner));
            });
  }

  /** What an assignment comes to. */
  private record Value(Command.Assignment assignment, OptionalInt index, List<String> texts) {}

  private Task<List<Value>> values(List<Command.Assignment> assignments, Frame frame) {
    return Task.each(
        assignments,
        assignment -> {
          if (assignment.elements().isPresent()) {
            return expander
                .fields(assignment.elements().get(), frame)
                .map(texts -> new Value(assignment, OptionalInt.empty(), texts));
          }
          Task<OptionalInt> index =
              assignment.index().isEmpty()
                  ? Task.of(OptionalInt.empty())
                  : expander
                      .arithmetic(assignment.index().get(), frame)
                      .map(i -> OptionalInt.of(i.intValue()));
          return index.then(
              i ->
                  expander
                      .text(assignment.value(), frame)
                      .map(
                          text -> {
                            Value value = new Value(assignment, i, List.of(text));
                            // Later assignments of the same command see this one.
                            assign(value, frame.state());
                            return value;
                          }));
        });
  }

  private static void assign(Value value, ShellState state) {
    Command.Assignment assignment = value.assignment();
    String name = assignment.name();
    if (assignment.elements().isPresent()) {
      state.setArray(name, value.texts(), assignment.append());
      return;
    }
    int index = Math.max(0, value.index().orElse(0));
    String before =
        assignment.append()
            ? Optional.ofNullable(state.variables.get(name))
                .map(v -> v.elements().getOrDefault(index, ""))
                .orElse("")
            : "";
    state.setElement(name, index, before + value.texts().getFirst());
  }

  private Task<Integer> assigned(
      Command.Simple simple,
      List<String> words,
      List<Value> values,
      Map<String, Optional<ShellState.Variable>> before,
      Frame frame) {
    ShellState state = frame.state();
    values.stream()
        .filter(value -> value.assignment().elements().isPresent())
        .forEach(value -> assign(value, state));
    if (state.options.contains(ShellState.Option.TRACE)) {
      List<String> shown = new ArrayList<>();
      values.forEach(v -> shown.add(v.assignment().name() + "=" + String.join(" ", v.texts())));
      shown.addAll(words);
      frame.streams().errors().write("+ " + String.join(" ", shown) + "\n");
    }
    if (words.isEmpty()) {
      return Task.of(state.substitutionStatus.orElse(0));
    }
    if (values.isEmpty()) {
      return dispatch(words, frame, simple.place());
    }
    before.keySet().forEach(state::export);
    return dispatch(words, frame, simple.place()).afterwards(() -> before.forEach(state::restore));
  }

  private Task<Integer> dispatch(List<String> words, Frame frame, Place place) {
    String name = words.getFirst();
    ShellState state = frame.state();
    Command function = state.functions.get(name);
    if (function != null) {
      return call(function, words.subList(1, words.size()), frame);
    }
    Optional<Builtins.Builtin> builtin = builtins.find(name);
    if (builtin.isPresent()) {
      return builtin.get().run(words.subList(1, words.size()), frame, place);
    }
    return external(words, frame, place);
  }

  /** {@code command name ...}: past the functions. */
  Task<Integer> withoutFunctions(List<String> words, Frame frame, Place place) {
    Optional<Builtins.Builtin> builtin = builtins.find(words.getFirst());
    return builtin.isPresent()
        ? builtin.get().run(words.subList(1, words.size()), frame, place)
        : external(words, frame, place);
  }

  private Task<Integer> call(Command function, List<String> arguments, Frame frame) {
    ShellState state = frame.state();
    List<String> outer = state.arguments;
    ShellState.Scope scope = new ShellState.Scope(new java.util.TreeMap<>());
    Frame inner = frame.deeper().inFunction();
    state.arguments = List.copyOf(arguments);
    state.scopes.push(scope);
    return interpreter
        .run(function, inner)
        .guarded(
            leaving ->
                leaving instanceof Leaving.Return(int code)
                    ? Optional.of(Task.of(code))
                    : Optional.empty())
        .afterwards(
            () -> {
              state.arguments = outer;
              state.scopes.remove(scope);
              scope.hidden().forEach(state::restore);
            });
  }

  /** Whether a word is something this can run without a host's file. */
  boolean isKnown(String word) {
    return builtins.find(word).isPresent() || isProgram(word);
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

  /** The words of a command that is one program, if they can be told before it runs. */
  Optional<List<String>> programAhead(Command command, Frame frame) {
    Command inner = command;
    while (inner instanceof Command.Sequence(_, List<Command> list) && list.size() == 1) {
      inner = list.getFirst();
    }
    if (!(inner instanceof Command.Simple simple) || simple.words().isEmpty()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    for (Word word : simple.words()) {
      Optional<List<String>> fields = pure(word, frame);
      if (fields.isEmpty() && words.isEmpty()) {
        return Optional.empty();
      }
      words.addAll(fields.orElse(List.of("...")));
    }
    if (words.isEmpty()
        || frame.state().functions.containsKey(words.getFirst())
        || builtins.find(words.getFirst()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(words);
  }

  /** A word's fields if nothing runs or changes by expanding it. */
  private Optional<List<String>> pure(Word word, Frame frame) {
    for (Word.Part part : word.parts()) {
      boolean pure =
          switch (part) {
            case Word.Literal _ -> true;
            case Word.Parameter parameter ->
                parameter.operator() == Word.Operator.VALUE && parameter.index().isEmpty();
            case Word.CommandSubstitution _, Word.ArithmeticExpansion _ -> false;
          };
      if (!pure) {
        return Optional.empty();
      }
    }
    Frame silent =
        frame.with(
            Streams.of(Streams.Stream.NOTHING, Streams.Stream.NOTHING, Streams.Stream.NOTHING));
    TaskMachine.Stop stop =
        new TaskMachine(() -> 0, 10_000).start(expander.fields(List.of(word), silent));
    return stop instanceof TaskMachine.Stop.Finished(Object value) && value instanceof List<?> list
        ? Optional.of(list.stream().map(String::valueOf).toList())
        : Optional.empty();
  }

  /** A program or script file in a process of its own. */
  Task<Integer> external(List<String> words, Frame frame, Place place) {
    ShellState state = frame.state();
    String name = words.getFirst();
    Optional<ShellHost.HostFile> file = hostFile(name, state.host);
    if (file.isEmpty() && name.matches("/etc/(rc\\.d/)?init\\.d/[^/]+")) {
      List<String> service = new ArrayList<>(List.of("service", ShellCommands.baseName(name)));
      service.addAll(words.subList(1, words.size()));
      return external(service, frame, place);
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
            external(
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
