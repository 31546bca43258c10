package org.vipdrift.simulator.shell.syntax;

import java.util.List;
import java.util.Optional;

/** A shell word before expansion. */
public record Word(Place place, List<Part> parts) {
  public Word {
    parts = List.copyOf(parts);
  }

  /** A word of one quoted text. */
  public static Word quoted(String text) {
    return new Word(Place.START, List.of(new Literal(text, true)));
  }

  /** The text if nothing in it is expanded. */
  public Optional<String> literal() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (!(part instanceof Literal literal)) {
        return Optional.empty();
      }
      text.append(literal.text());
    }
    return Optional.of(text.toString());
  }

  /** A piece of a word. */
  public sealed interface Part {
    /** Whether it stood in quotes, so that neither splitting nor patterns apply to its result. */
    boolean quoted();
  }

  /** Text that stands for itself. */
  public record Literal(String text, boolean quoted) implements Part {}

  /**
   * A parameter expansion.
   *
   * @param name a variable's name, a digit, or one of {@code @*#?$!-0}
   * @param index the subscript, for an array
   * @param operands none, one, or two (substitution, substring)
   */
  public record Parameter(
      Place place,
      String name,
      Optional<Word> index,
      Operator operator,
      List<Word> operands,
      boolean quoted)
      implements Part {
    public Parameter {
      operands = List.copyOf(operands);
    }
  }

  /** {@code $(...)} or backticks. */
  public record CommandSubstitution(Command body, boolean quoted) implements Part {}

  /** {@code $((...))}. */
  public record ArithmeticExpansion(Place place, Word expression, boolean quoted) implements Part {}

  /** What is done to a parameter's value. */
  public enum Operator {
    VALUE,
    LENGTH,
    INDIRECT,
    DEFAULT_IF_UNSET,
    DEFAULT_IF_EMPTY,
    ASSIGN_IF_UNSET,
    ASSIGN_IF_EMPTY,
    ERROR_IF_UNSET,
    ERROR_IF_EMPTY,
    ALTERNATIVE_IF_SET,
    ALTERNATIVE_IF_NOT_EMPTY,
    REMOVE_SHORTEST_PREFIX,
    REMOVE_LONGEST_PREFIX,
    REMOVE_SHORTEST_SUFFIX,
    REMOVE_LONGEST_SUFFIX,
    REPLACE_FIRST,
    REPLACE_ALL,
    REPLACE_PREFIX,
    REPLACE_SUFFIX,
    SUBSTRING,
    UPPER_FIRST,
    UPPER_ALL,
    LOWER_FIRST,
    LOWER_ALL
  }
}
