package org.vipdrift.simulator.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.vipdrift.simulator.shell.ShellState.Option;
import org.vipdrift.simulator.shell.Task.Leaving;
import org.vipdrift.simulator.shell.syntax.Command;
import org.vipdrift.simulator.shell.syntax.Place;
import org.vipdrift.simulator.shell.syntax.Unsupported;
import org.vipdrift.simulator.shell.syntax.Word;

/** Turns the commands of a script into tasks: lists, loops, branches, pipelines, subshells. */
final class Interpreter {
  /** What a shell takes to fork itself. */
  static final Duration FORK = Duration.ofMillis(1);

  private final ShellHost host;
  private final ShellCommands commands;
  private final ShellLimits limits;
  private final Expander expander = new Expander(this::substitution);
  private final Redirections redirections = new Redirections(expander);
  private final Conditions conditions = new Conditions(expander);
  private final Branches branches = new Branches(this, expander);
  private final Loops loops = new Loops(this, expander);
  private final CommandRunner runner;

  Interpreter(ShellHost host, ShellCommands commands, ShellLimits limits) {
    this.host = host;
    this.commands = commands;
    this.limits = limits;
    this.runner = new CommandRunner(this, expander, redirections);
  }

  ShellCommands commands() {
    return commands;
  }

  /** Whether a word can be executed without a file of the host. */
  boolean isProgram(String word) {
    return runner.programs().isProgram(word);
  }

  /** Whether a {@code #!} line names a shell this can stand in for. */
  boolean isShell(String interpreter) {
    return interpreter.matches("(/usr)?/bin/(env +)?(ba|da|z|k)?sh( +-[a-z]+)*|/usr/bin/env .*sh");
  }

  void unsupported(ShellState state, Place place, String construct) {
    host.unsupported(new Unsupported(state.fileName, place.line(), place.column(), construct));
  }

  /** A whole script in a process of its own, with its exit trap. */
  Task<Integer> main(ShellProgram.Script script, ShellState state) {
    for (String word : script.interpreter().split(" +")) {
      if (word.startsWith("-")) {
        word.chars().skip(1).forEach(c -> Builtins.option((char) c, true, state));
      }
    }
    return wait(FORK).then(_ -> script(script.body(), state));
  }

  /** A script's text in the given process. */
  Task<Integer> script(Command body, ShellState state) {
    return script(body, state, 0);
  }

  Task<Integer> script(Command body, ShellState state, int depth) {
    return script(body, state, depth, OptionalInt.empty());
  }

  private Task<Integer> script(Command body, ShellState state, int depth, OptionalInt process) {
    Frame frame = new Frame(state, state.streams, false, 0, depth, process);
    return leavingProcess(lines(body, frame), state)
        .then(
            code -> {
              String trap = state.traps.getOrDefault("EXIT", "");
              if (trap.isEmpty()) {
                return Task.of(code);
              }
              state.traps.remove("EXIT");
              return leavingProcess(evaluate(trap, frame.forking()), state).map(_ -> code);
            });
  }

  /** A failed expansion gives up the rest of its line, and the script goes on with the next. */
  private Task<Integer> lines(Command body, Frame frame) {
    return body instanceof Command.Sequence(_, List<Command> list) && list.size() > 1
        ? lines(list, 0, frame)
        : run(body, frame);
  }

  private Task<Integer> lines(List<Command> list, int from, Frame frame) {
    int line = list.get(from).place().line();
    int end = from;
    while (end < list.size() && list.get(end).place().line() == line) {
      end++;
    }
    int next = end;
    Task<Integer> unit =
        sequence(list.subList(from, end), 0, frame.forking())
            .guarded(
                leaving ->
                    leaving instanceof Leaving.Aborted(int code)
                        ? Optional.of(status(code, frame.state()))
                        : Optional.empty());
    return next == list.size() ? unit : unit.then(_ -> lines(list, next, frame));
  }

  private static Task<Integer> leavingProcess(Task<Integer> body, ShellState state) {
    return body.guarded(
        leaving ->
            Optional.of(
                Task.of(
                    switch (leaving) {
                      case Leaving.Exit(int code) -> code;
                      case Leaving.Return(int code) -> code;
                      case Leaving.Aborted(int code) -> code;
                      case Leaving.Break _, Leaving.Continue _ -> state.status;
                    })));
  }

  /** A subshell in its own, already made process. */
  Task<Integer> detached(Command body, ShellState child, boolean program) {
    return script(body, child, 0, program ? OptionalInt.of(child.pid) : OptionalInt.empty());
  }

  Task<Integer> executeWords(List<String> words, ShellState state) {
    return leavingProcess(
        runner
            .programs()
            .run(
                words,
                new Frame(state, state.streams, false, 0, 0, OptionalInt.of(state.pid)),
                Place.START),
        state);
  }

  static Task<ShellReply.Answered> wait(Duration duration) {
    return Task.await(new ShellStep.Sleeping(duration));
  }

  /** {@code eval}, traps and {@code sh -c}. */
  Task<Integer> evaluate(String text, Frame frame) {
    return run(ShellProgram.script(frame.state().scriptName, text).body(), frame.deeper());
  }

  Task<Integer> run(Command command, Frame frame) {
    return Task.defer(() -> dispatch(command, frame));
  }

  private Task<Integer> dispatch(Command command, Frame frame) {
    ShellState state = frame.state();
    return switch (command) {
      case Command.Simple simple -> runner.run(simple, frame).then(code -> finished(code, frame));
      case Command.Pipeline pipeline ->
          pipeline(pipeline, frame).then(code -> finished(code, pipeline.negated(), frame));
      case Command.AndOr(_, Command left, boolean and, Command right) ->
          run(left, frame.test())
              .then(code -> (code == 0) == and ? run(right, frame.forking()) : Task.of(code));
      case Command.Sequence(_, List<Command> list) -> sequence(list, 0, frame);
      case Command.Background background -> background(background, frame);
      case Command.If conditional -> branches.conditional(conditional, frame.forking());
      case Command.For loop -> loops.overWords(loop, frame.forking());
      case Command.ArithmeticFor loop -> loops.arithmetic(loop, frame.forking());
      case Command.Loop loop -> loops.conditional(loop, frame.forking());
      case Command.Case choice -> branches.choice(choice, frame.forking());
      case Command.Function(_, String name, Command body) -> {
        state.functions.put(name, body);
        yield status(0, state);
      }
      case Command.Subshell(_, Command body) ->
          fork(body, frame).then(code -> finished(code, frame));
      case Command.Arithmetic(_, Word expression) ->
          aborting(expander.arithmetic(expression, frame).map(value -> value != 0 ? 0 : 1))
              .then(code -> finished(code, frame));
      case Command.Conditional(_, Command.Condition condition) ->
          aborting(conditions.test(condition, frame).map(holds -> holds ? 0 : 1))
              .then(code -> finished(code, frame));
      case Command.Redirected(_, Command inner, var redirects) ->
          redirections
              .apply(redirects, frame)
              .then(
                  streams ->
                      streams.isEmpty()
                          ? finished(1, frame)
                          : run(inner, frame.forking().with(streams.get())));
      case Command.Broken(Place place, String message) -> {
        frame.complain("line " + place.line() + ": syntax error: " + message);
        yield Task.raise(new Leaving.Exit(2));
      }
    };
  }

  private static Task<Integer> aborting(Task<Integer> task) {
    return task.guarded(
        leaving ->
            leaving instanceof Leaving.Aborted(int code)
                ? Optional.of(Task.of(code))
                : Optional.empty());
  }

  static Task<Integer> status(int code, ShellState state) {
    state.status = code;
    return Task.of(code);
  }

  private static Task<Integer> finished(int code, Frame frame) {
    return finished(code, false, frame);
  }

  private static Task<Integer> finished(int code, boolean negated, Frame frame) {
    frame.state().status = code;
    if (code != 0
        && !negated
        && !frame.tested()
        && frame.state().options.contains(Option.EXIT_ON_ERROR)) {
      return Task.raise(new Leaving.Exit(code));
    }
    return Task.of(code);
  }

  private Task<Integer> sequence(List<Command> list, int index, Frame frame) {
    if (index >= list.size()) {
      return Task.of(list.isEmpty() ? 0 : frame.state().status);
    }
    boolean last = index == list.size() - 1;
    // A frame whose process is already made may only lend it to the only command.
    Frame inner = list.size() == 1 ? frame : frame.forking();
    Task<Integer> command = run(list.get(index), inner.with(currentStreams(frame)));
    return last ? command : command.then(_ -> sequence(list, index + 1, frame));
  }

  /**
   * What {@code exec >file} has changed holds for all that runs directly on the shell's streams.
   */
  private static Streams currentStreams(Frame frame) {
    return frame.state().redirected(frame.streams());
  }

  private Task<Integer> fork(Command body, Frame frame) {
    ShellState state = frame.state();
    int pid =
        frame
            .process()
            .orElseGet(
                () ->
                    host.processStarted(
                        state.pid, ShellState.shortName(state.scriptName), state.commandLine));
    ShellState child = state.fork(pid);
    Task<Integer> task =
        wait(FORK).then(_ -> subshellBody(body, child, frame.deeper(), OptionalInt.empty()));
    return frame.process().isPresent() ? task : task.afterwards(() -> host.processEnded(pid));
  }

  private Task<Integer> subshellBody(
      Command body, ShellState child, Frame frame, OptionalInt process) {
    child.streams = frame.streams();
    Frame inner =
        new Frame(child, frame.streams(), frame.tested(), frame.loops(), frame.depth(), process);
    return leavingProcess(run(body, inner), child);
  }

  private Task<String> substitution(Command body, Frame frame) {
    Streams.Sink sink = new Streams.Sink(limits.maxOutput());
    return stage(body, frame.deeper().with(frame.streams().with(1, sink)))
        .map(
            code -> {
              frame.state().status = code;
              frame.state().substitutionStatus = OptionalInt.of(code);
              return sink.text();
            });
  }

  /** A command in a child process; a single program takes that process over. */
  private Task<Integer> stage(Command command, Frame frame) {
    Stage stage = startStage(command, frame);
    return stage.task().get();
  }

  /** A child process that exists, and what it will do. */
  private record Stage(int pid, Supplier<Task<Integer>> task) {}

  private Stage startStage(Command command, Frame frame) {
    ShellState state = frame.state();
    Optional<List<String>> words = runner.programAhead(command, frame);
    String name = words.map(List::getFirst).orElse(state.scriptName);
    String commandLine = words.map(w -> String.join(" ", w)).orElse(state.commandLine);
    int pid = host.processStarted(state.pid, ShellState.shortName(name), commandLine);
    ShellState child = state.fork(pid);
    OptionalInt process = words.isPresent() ? OptionalInt.of(pid) : OptionalInt.empty();
    return new Stage(
        pid,
        () ->
            (words.isPresent() ? Task.of(0) : wait(FORK).map(_ -> 0))
                .then(_ -> subshellBody(command, child, frame, process))
                .afterwards(() -> host.processEnded(pid)));
  }

  private Task<Integer> pipeline(Command.Pipeline pipeline, Frame frame) {
    List<Command> stages = pipeline.stages();
    if (stages.size() == 1) {
      return run(stages.getFirst(), frame.test())
          .map(code -> pipeline.negated() ? (code == 0 ? 1 : 0) : code);
    }
    Frame inner = frame.forking().deeper();
    List<Stage> started = new ArrayList<>();
    Streams.Stream input = frame.streams().input();
    for (int i = 0; i < stages.size(); i++) {
      Streams streams = frame.streams().with(0, input);
      if (i < stages.size() - 1) {
        Streams.Sink pipe = new Streams.Sink(limits.maxOutput());
        streams = streams.with(1, pipe);
        input = new Pipe(pipe);
      }
      started.add(startStage(stages.get(i), inner.with(streams)));
    }
    return Task.each(started, stage -> stage.task().get())
        .afterwards(() -> started.forEach(stage -> host.processEnded(stage.pid())))
        .map(
            codes -> {
              int code = codes.getLast();
              if (frame.state().options.contains(Option.PIPE_FAILS)) {
                code = codes.stream().filter(c -> c != 0).reduce((_, b) -> b).orElse(0);
              }
              frame
                  .state()
                  .setArray("PIPESTATUS", codes.stream().map(String::valueOf).toList(), false);
              return pipeline.negated() ? (code == 0 ? 1 : 0) : code;
            });
  }

  /** The reading end of a pipe whose writer is done by the time it is read. */
  private static final class Pipe implements Streams.Stream {
    private final Streams.Sink sink;
    private Optional<Streams.Source> source = Optional.empty();

    Pipe(Streams.Sink sink) {
      this.sink = sink;
    }

    private Streams.Source source() {
      if (source.isEmpty()) {
        source = Optional.of(new Streams.Source(sink.text()));
      }
      return source.get();
    }

    @Override
    public Optional<String> line() {
      return source().line();
    }

    @Override
    public String rest() {
      return source().rest();
    }
  }

  private Task<Integer> background(Command.Background background, Frame frame) {
    ShellState state = frame.state();
    Optional<List<String>> words = runner.programAhead(background.command(), frame);
    String name = words.map(List::getFirst).orElse(state.scriptName);
    String commandLine = words.map(w -> String.join(" ", w)).orElse(state.commandLine);
    int pid = host.processStarted(state.pid, ShellState.shortName(name), commandLine);
    ShellState child = state.fork(pid);
    child.streams = frame.streams().with(0, Streams.Stream.NOTHING);
    state.lastBackgroundPid = pid;
    host.startDetached(ShellRun.detached(this, background.command(), child, words.isPresent()));
    return status(0, state);
  }
}
