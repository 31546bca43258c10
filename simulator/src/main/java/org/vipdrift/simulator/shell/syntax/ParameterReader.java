package org.vipdrift.simulator.shell.syntax;

import java.util.List;
import java.util.Optional;
import org.vipdrift.simulator.shell.syntax.Word.Operator;
import org.vipdrift.simulator.shell.syntax.Word.Parameter;
import org.vipdrift.simulator.shell.syntax.Word.Part;

/** Reads expansions of parameters in braces: their names, operators and operands. */
final class ParameterReader {
  private final Scanner scanner;
  private final ShellParser parser;
  private final WordReader words;

  ParameterReader(Scanner scanner, ShellParser parser, WordReader words) {
    this.scanner = scanner;
    this.parser = parser;
    this.words = words;
  }

  /** What follows <code>${</code>, up to its closing brace. */
  Part braced(Place place, boolean quoted) {
    boolean length = scanner.peek() == '#' && scanner.peek(1) != '}';
    boolean indirect = scanner.peek() == '!' && WordReader.isNameStart(scanner.peek(1));
    if (length || indirect) {
      scanner.next();
    }
    String name = parameterName(place);
    Optional<Word> index = Optional.empty();
    if (scanner.peek() == '[') {
      scanner.next();
      index = Optional.of(words.parts(s -> s.peek() == ']', false));
      expect(']', place);
    }
    if (length || indirect) {
      expect('}', place);
      Operator operator = length ? Operator.LENGTH : Operator.INDIRECT;
      return new Parameter(place, name, index, operator, List.of(), quoted);
    }
    Operator operator = operator(place);
    Optional<Word> subscript = index;
    return parser.nested(
        () -> {
          List<Word> operands = operands(operator, quoted);
          expect('}', place);
          return new Parameter(place, name, subscript, operator, operands, quoted);
        });
  }

  private List<Word> operands(Operator operator, boolean quoted) {
    return switch (operator) {
      case VALUE, LENGTH, INDIRECT, UPPER_FIRST, UPPER_ALL, LOWER_FIRST, LOWER_ALL -> List.of();
      case SUBSTRING -> {
        Word from = words.arithmetic(s -> s.peek() == ':' || s.peek() == '}');
        yield scanner.skip(":")
            ? List.of(from, words.arithmetic(s -> s.peek() == '}'))
            : List.of(from);
      }
      case REPLACE_FIRST, REPLACE_ALL, REPLACE_PREFIX, REPLACE_SUFFIX -> {
        Word pattern = words.parts(s -> s.peek() == '/' || s.peek() == '}', false);
        yield scanner.skip("/")
            ? List.of(pattern, words.parts(s -> s.peek() == '}', quoted))
            : List.of(pattern);
      }
      case REMOVE_SHORTEST_PREFIX,
          REMOVE_LONGEST_PREFIX,
          REMOVE_SHORTEST_SUFFIX,
          REMOVE_LONGEST_SUFFIX ->
          List.of(words.parts(s -> s.peek() == '}', false));
      case DEFAULT_IF_UNSET,
          DEFAULT_IF_EMPTY,
          ASSIGN_IF_UNSET,
          ASSIGN_IF_EMPTY,
          ERROR_IF_UNSET,
          ERROR_IF_EMPTY,
          ALTERNATIVE_IF_SET,
          ALTERNATIVE_IF_NOT_EMPTY ->
          List.of(words.parts(s -> s.peek() == '}', quoted));
    };
  }

  private void expect(char c, Place open) {
    if (scanner.peek() != c) {
      throw new ShellSyntaxException(open, "bad substitution: " + c + " is missing");
    }
    scanner.next();
  }

  private String parameterName(Place place) {
    char c = scanner.peek();
    if (WordReader.isNameStart(c)) {
      return words.name();
    }
    if (Character.isDigit(c)) {
      int mark = scanner.mark();
      while (c >= '0' && c <= '9') {
        scanner.next();
        c = scanner.peek();
      }
      return scanner.since(mark);
    }
    if (c != Scanner.END && "@*#?$!-".indexOf(c) >= 0) {
      return String.valueOf(scanner.next());
    }
    throw new ShellSyntaxException(place, "bad substitution");
  }

  private Operator operator(Place place) {
    if (scanner.peek() == '}') {
      return Operator.VALUE;
    }
    record Symbol(String text, Operator operator) {}
    List<Symbol> symbols =
        List.of(
            new Symbol(":-", Operator.DEFAULT_IF_EMPTY),
            new Symbol(":=", Operator.ASSIGN_IF_EMPTY),
            new Symbol(":?", Operator.ERROR_IF_EMPTY),
            new Symbol(":+", Operator.ALTERNATIVE_IF_NOT_EMPTY),
            new Symbol("-", Operator.DEFAULT_IF_UNSET),
            new Symbol("=", Operator.ASSIGN_IF_UNSET),
            new Symbol("?", Operator.ERROR_IF_UNSET),
            new Symbol("+", Operator.ALTERNATIVE_IF_SET),
            new Symbol("##", Operator.REMOVE_LONGEST_PREFIX),
            new Symbol("#", Operator.REMOVE_SHORTEST_PREFIX),
            new Symbol("%%", Operator.REMOVE_LONGEST_SUFFIX),
            new Symbol("%", Operator.REMOVE_SHORTEST_SUFFIX),
            new Symbol("//", Operator.REPLACE_ALL),
            new Symbol("/#", Operator.REPLACE_PREFIX),
            new Symbol("/%", Operator.REPLACE_SUFFIX),
            new Symbol("/", Operator.REPLACE_FIRST),
            new Symbol(":", Operator.SUBSTRING),
            new Symbol("^^", Operator.UPPER_ALL),
            new Symbol("^", Operator.UPPER_FIRST),
            new Symbol(",,", Operator.LOWER_ALL),
            new Symbol(",", Operator.LOWER_FIRST));
    for (Symbol symbol : symbols) {
      if (scanner.skip(symbol.text())) {
        return symbol.operator();
      }
    }
    throw new ShellSyntaxException(place, "bad substitution");
  }
}
