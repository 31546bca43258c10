package org.vipdrift.simulator.shell.syntax;

import java.util.List;
import java.util.Optional;

/** A command of the shell language. */
public sealed interface Command {
  Place place();

  /** Assignments, words and redirections; any of them may be missing. */
  record Simple(
      Place place, List<Assignment> assignments, List<Word> words, List<Redirect> redirects)
      implements Command {
    public Simple {
      assignments = List.copyOf(assignments);
      words = List.copyOf(words);
      redirects = List.copyOf(redirects);
    }
  }

  /** {@code a | b}, possibly with {@code !} before it. */
  record Pipeline(Place place, boolean negated, List<Command> stages) implements Command {
    public Pipeline {
      stages = List.copyOf(stages);
    }
  }

  /** {@code left && right} or {@code left || right}. */
  record AndOr(Place place, Command left, boolean and, Command right) implements Command {}

  /** One after the other; nothing at all if empty. */
  record Sequence(Place place, List<Command> commands) implements Command {
    public Sequence {
      commands = List.copyOf(commands);
    }
  }

  /** {@code command &}. */
  record Background(Place place, Command command) implements Command {}

  /** {@code if}, with one branch for each {@code elif}. */
  record If(Place place, List<Branch> branches, Optional<Command> otherwise) implements Command {
    public If {
      branches = List.copyOf(branches);
    }
  }

  /** {@code for name in words}; without words over the arguments. */
  record For(Place place, String variable, Optional<List<Word>> words, Command body)
      implements Command {}

  /** {@code for ((start; condition; update))}. */
  record ArithmeticFor(Place place, Word start, Word condition, Word update, Command body)
      implements Command {}

  /** {@code while} or {@code until}. */
  record Loop(Place place, boolean until, Command condition, Command body) implements Command {}

  /** {@code case}. */
  record Case(Place place, Word subject, List<Clause> clauses) implements Command {
    public Case {
      clauses = List.copyOf(clauses);
    }
  }

  /** A function's definition. */
  record Function(Place place, String name, Command body) implements Command {}

  /** {@code ( ... )}. */
  record Subshell(Place place, Command body) implements Command {}

  /** {@code (( ... ))}. */
  record Arithmetic(Place place, Word expression) implements Command {}

  /** {@code [[ ... ]]}. */
  record Conditional(Place place, Condition condition) implements Command {}

  /** A compound command with redirections. */
  record Redirected(Place place, Command command, List<Redirect> redirects) implements Command {
    public Redirected {
      redirects = List.copyOf(redirects);
    }
  }

  /** Where the parser gave up: a shell prints this and ends with 2. */
  record Broken(Place place, String message) implements Command {}

  /** A condition and what is done if it holds. */
  record Branch(Command condition, Command body) {}

  /** A clause of {@code case}; {@code ;&} falls through, {@code ;;&} goes on testing. */
  record Clause(List<Word> patterns, Command body, Ending ending) {
    public Clause {
      patterns = List.copyOf(patterns);
    }
  }

  /** How a clause ends. */
  enum Ending {
    BREAK,
    FALL_THROUGH,
    TEST_NEXT
  }

  /**
   * {@code name=value}.
   *
   * @param append whether it was {@code +=}
   * @param elements the words in the parentheses of an array, then {@code value} is empty
   */
  record Assignment(
      String name,
      Optional<Word> index,
      boolean append,
      Word value,
      Optional<List<Word>> elements) {}

  /** A redirection; a here-document's text is its target. */
  record Redirect(Place place, int descriptor, Direction direction, Word target) {}

  /** The operators of redirections. */
  enum Direction {
    READ,
    WRITE,
    APPEND,
    READ_WRITE,
    DUPLICATE,
    WRITE_BOTH,
    APPEND_BOTH,
    HERE_TEXT,
    HERE_STRING
  }

  /** What stands in {@code [[ ]]}. */
  sealed interface Condition {
    /** {@code -f word}, or {@code -n} for a lone word. */
    record Unary(String operator, Word operand) implements Condition {}

    /** {@code left operator right}. */
    record Binary(Word left, String operator, Word right) implements Condition {}

    /** {@code ! condition}. */
    record Not(Condition condition) implements Condition {}

    /** {@code left && right}. */
    record Both(Condition left, Condition right) implements Condition {}

    /** {@code left || right}. */
    record Either(Condition left, Condition right) implements Condition {}
  }
}
