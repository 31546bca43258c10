package org.vipdrift.simulator.shell;

import java.util.List;
import org.vipdrift.simulator.shell.syntax.Command;

/** Turns {@code if} and {@code case} into tasks. */
final class Branches {
  private final Interpreter interpreter;
  private final Expander expander;

  Branches(Interpreter interpreter, Expander expander) {
    this.interpreter = interpreter;
    this.expander = expander;
  }

  Task<Integer> conditional(Command.If conditional, Frame frame) {
    return branch(conditional, 0, frame);
  }

  private Task<Integer> branch(Command.If conditional, int index, Frame frame) {
    if (index == conditional.branches().size()) {
      return conditional
          .otherwise()
          .map(body -> interpreter.run(body, frame))
          .orElseGet(() -> Interpreter.status(0, frame.state()));
    }
    Command.Branch branch = conditional.branches().get(index);
    return interpreter
        .run(branch.condition(), frame.test())
        .then(
            code ->
                code == 0
                    ? interpreter.run(branch.body(), frame)
                    : branch(conditional, index + 1, frame));
  }

  Task<Integer> choice(Command.Case choice, Frame frame) {
    return expander
        .text(choice.subject(), frame)
        .then(subject -> clause(choice.clauses(), 0, subject, false, frame));
  }

  private Task<Integer> clause(
      List<Command.Clause> clauses, int index, String subject, boolean fallen, Frame frame) {
    if (index == clauses.size()) {
      return Interpreter.status(0, frame.state());
    }
    Command.Clause clause = clauses.get(index);
    Task<Boolean> matches =
        fallen
            ? Task.of(true)
            : Task.each(clause.patterns(), word -> expander.pattern(word, frame))
                .map(patterns -> patterns.stream().anyMatch(p -> p.matches(subject)));
    return matches.then(
        yes -> {
          if (!yes) {
            return clause(clauses, index + 1, subject, false, frame);
          }
          frame.state().status = 0;
          Task<Integer> body = interpreter.run(clause.body(), frame);
          return switch (clause.ending()) {
            case BREAK -> body;
            case FALL_THROUGH ->
                body.then(
                    code ->
                        index + 1 == clauses.size()
                            ? Task.of(code)
                            : clause(clauses, index + 1, subject, true, frame));
            case TEST_NEXT -> body.then(_ -> clause(clauses, index + 1, subject, false, frame));
          };
        });
  }
}
