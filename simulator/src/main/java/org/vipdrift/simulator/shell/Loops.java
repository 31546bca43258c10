package org.vipdrift.simulator.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.vipdrift.simulator.shell.Task.Leaving;
import org.vipdrift.simulator.shell.syntax.Command;

/** Turns {@code for}, {@code while} and {@code until} into tasks, with break and continue. */
final class Loops {
  private final Interpreter interpreter;
  private final Expander expander;

  Loops(Interpreter interpreter, Expander expander) {
    this.interpreter = interpreter;
    this.expander = expander;
  }

  Task<Integer> overWords(Command.For loop, Frame frame) {
    Task<List<String>> values =
        loop.words()
            .map(words -> expander.fields(words, frame))
            .orElseGet(() -> Task.of(frame.state().arguments));
    return values.then(
        list -> {
          int[] next = {0};
          return loop(
              () -> {
                if (next[0] >= list.size()) {
                  return Task.of(false);
                }
                frame.state().set(loop.variable(), list.get(next[0]++));
                return Task.of(true);
              },
              loop.body(),
              () -> Task.of(0),
              frame,
              0);
        });
  }

  Task<Integer> arithmetic(Command.ArithmeticFor loop, Frame frame) {
    boolean endless = loop.condition().literal().map(String::isBlank).orElse(false);
    return expander
        .arithmetic(loop.start(), frame)
        .then(
            _ ->
                loop(
                    () ->
                        endless
                            ? Task.of(true)
                            : expander.arithmetic(loop.condition(), frame).map(v -> v != 0),
                    loop.body(),
                    () -> expander.arithmetic(loop.update(), frame).map(_ -> 0),
                    frame,
                    0));
  }

  /** {@code while} and {@code until}; the frame lends no process. */
  Task<Integer> conditional(Command.Loop loop, Frame frame) {
    return loop(
        () ->
            interpreter
                .run(loop.condition(), frame.test())
                .map(code -> (code == 0) != loop.until()),
        loop.body(),
        () -> Task.of(0),
        frame,
        0);
  }

  private Task<Integer> loop(
      Supplier<Task<Boolean>> condition,
      Command body,
      Supplier<Task<Integer>> update,
      Frame frame,
      int lastStatus) {
    return Task.defer(condition)
        .map(go -> go ? 0 : 1)
        .guarded(Loops::left)
        .then(
            entry -> {
              if (entry != 0) {
                return Interpreter.status(entry == 1 ? lastStatus : 0, frame.state());
              }
              Task<Integer> iteration =
                  interpreter.run(body, frame.inLoop()).map(_ -> 0).guarded(Loops::left);
              return iteration.then(
                  left ->
                      left != 0
                          ? Interpreter.status(0, frame.state())
                          : update
                              .get()
                              .then(
                                  _ -> loop(condition, body, update, frame, frame.state().status)));
            });
  }

  /** 2 for a break of this loop, 0 to go on with it. */
  private static Optional<Task<Integer>> left(Leaving leaving) {
    return switch (leaving) {
      case Leaving.Break(int loops) ->
          Optional.of(loops <= 1 ? Task.of(2) : Task.raise(new Leaving.Break(loops - 1)));
      case Leaving.Continue(int loops) ->
          Optional.of(loops <= 1 ? Task.of(0) : Task.raise(new Leaving.Continue(loops - 1)));
      case Leaving.Exit _, Leaving.Return _, Leaving.Aborted _ -> Optional.empty();
    };
  }
}
