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
import org.vipdrift.simulator.shell.syntax.Word;

/** Runs simple commands: assignments, functions, builtins, programs and script files. */
final class CommandRunner {
  private static final List<String> DECLARATIONS =
      List.of("local", "export", "readonly", "declare", "typeset");

  private final Interpreter interpreter;
  private final Expander expander;
  private final Redirections redirections;
  private final Builtins builtins;
  private final Programs programs;

  CommandRunner(Interpreter interpreter, Expander expander, Redirections redirections) {
    this.interpreter = interpreter;
    this.expander = expander;
    this.redirections = redirections;
    this.builtins = new Builtins(interpreter, this);
    this.programs = new Programs(interpreter, builtins);
  }

  Programs programs() {
    return programs;
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
    return programs.run(words, frame, place);
  }

  /** {@code command name ...}: past the functions. */
  Task<Integer> withoutFunctions(List<String> words, Frame frame, Place place) {
    Optional<Builtins.Builtin> builtin = builtins.find(words.getFirst());
    return builtin.isPresent()
        ? builtin.get().run(words.subList(1, words.size()), frame, place)
        : programs.run(words, frame, place);
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
    return builtins.find(word).isPresent() || programs.isProgram(word);
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
}
