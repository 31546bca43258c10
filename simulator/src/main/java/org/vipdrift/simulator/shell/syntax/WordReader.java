package org.vipdrift.simulator.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.simulator.shell.syntax.Word.ArithmeticExpansion;
import org.vipdrift.simulator.shell.syntax.Word.CommandSubstitution;
import org.vipdrift.simulator.shell.syntax.Word.Literal;
import org.vipdrift.simulator.shell.syntax.Word.Operator;
import org.vipdrift.simulator.shell.syntax.Word.Parameter;
import org.vipdrift.simulator.shell.syntax.Word.Part;

/** Reads words: quotes, escapes and the expansions in them. */
final class WordReader {
  private static final String METACHARACTERS = " \t\n|&;()<>";

  private final Scanner scanner;
  private final ShellParser parser;

  WordReader(Scanner scanner, ShellParser parser) {
    this.scanner = scanner;
    this.parser = parser;
  }

  /** When a word is over. */
  @FunctionalInterface
  interface Stop {
    boolean here(Scanner scanner);
  }

  /** A word of a command; empty parts if none begins here. */
  Word word() {
    return parts(s -> METACHARACTERS.indexOf(s.peek()) >= 0, false);
  }

  /** The pattern after {@code =~}, in which parentheses and bars stand for themselves. */
  Word regularExpression() {
    int[] depth = {0};
    return parts(
        s -> {
          char c = s.peek();
          if (c == '(') {
            depth[0]++;
          } else if (c == ')' && depth[0]-- == 0) {
            return true;
          }
          return c == '\n' || (c == ' ' || c == '\t') && depth[0] == 0;
        },
        false);
  }

  /** The text of a here-document, expanded like a double-quoted text but with plain quotes. */
  Word hereText() {
    Collector collector = new Collector(scanner.place());
    while (!scanner.atEnd()) {
      char c = scanner.peek();
      if (c == '\\' && "$`\\\n".indexOf(scanner.peek(1)) >= 0) {
        scanner.next();
        escapedInDouble(collector);
      } else if (c == '$' || c == '`') {
        expansion(collector, true);
      } else {
        collector.add(scanner.next(), true);
      }
    }
    return collector.word();
  }

  /** An arithmetic text up to its end, expanded like a double-quoted text. */
  Word arithmetic(Stop end) {
    Collector collector = new Collector(scanner.place());
    int depth = 0;
    while (true) {
      if (scanner.atEnd()) {
        throw new ShellSyntaxException(
            scanner.place(), "unexpected end of file in an arithmetic expression");
      }
      char c = scanner.peek();
      if (depth == 0 && end.here(scanner)) {
        return collector.word();
      }
      if (c == '$' || c == '`') {
        expansion(collector, true);
        continue;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      scanner.next();
      if (c != '"' && c != '\'') {
        collector.add(c, true);
      }
    }
  }

  private Word parts(Stop stop, boolean inDouble) {
    Collector collector = new Collector(scanner.place());
    while (!scanner.atEnd() && !stop.here(scanner)) {
      char c = scanner.peek();
      switch (c) {
        case '\\' -> {
          scanner.next();
          if (inDouble) {
            escapedInDouble(collector);
          } else if (scanner.peek() == '\n') {
            scanner.newline();
          } else if (!scanner.atEnd()) {
            collector.add(scanner.next(), true);
          } else {
            collector.add('\\', true);
          }
        }
        case '"' -> doubleQuoted(collector);
        case '\'' -> {
          if (inDouble) {
            collector.add(scanner.next(), true);
          } else {
            singleQuoted(collector);
          }
        }
        case '$', '`' -> expansion(collector, inDouble);
        default -> collector.add(scanner.next(), inDouble);
      }
    }
    return collector.word();
  }

  private void escapedInDouble(Collector collector) {
    char c = scanner.peek();
    if (c == '\n') {
      scanner.next();
    } else if (c != Scanner.END && "$`\"\\".indexOf(c) >= 0) {
      collector.add(scanner.next(), true);
    } else {
      collector.add('\\', true);
    }
  }

  private void singleQuoted(Collector collector) {
    Place open = scanner.place();
    scanner.next();
    collector.mark();
    while (scanner.peek() != '\'') {
      if (scanner.atEnd()) {
        throw new ShellSyntaxException(open, "unexpected end of file: ' is not closed");
      }
      collector.add(scanner.next(), true);
    }
    scanner.next();
  }

  private void doubleQuoted(Collector collector) {
    Place open = scanner.place();
    scanner.next();
    collector.mark();
    while (scanner.peek() != '"') {
      if (scanner.atEnd()) {
        throw new ShellSyntaxException(open, "unexpected end of file: \" is not closed");
      }
      char c = scanner.peek();
      if (c == '\\') {
        scanner.next();
        escapedInDouble(collector);
      } else if (c == '$' || c == '`') {
        expansion(collector, true);
      } else {
        collector.add(scanner.next(), true);
      }
    }
    scanner.next();
  }

  private void expansion(Collector collector, boolean quoted) {
    Place place = scanner.place();
    if (scanner.peek() == '`') {
      collector.add(new CommandSubstitution(backticks(place), quoted));
      return;
    }
    scanner.next();
    char c = scanner.peek();
    if (scanner.looksAt("((")) {
      int mark = scanner.mark();
      scanner.skip("((");
      Optional<Word> expression = arithmeticOrNothing();
      if (expression.isPresent()) {
        scanner.skip("))");
        collector.add(new ArithmeticExpansion(place, expression.get(), quoted));
        return;
      }
      scanner.reset(mark);
    }
    if (c == '(') {
      scanner.next();
      collector.add(new CommandSubstitution(parser.substitution(place), quoted));
    } else if (c == '[') {
      scanner.next();
      Word expression = arithmetic(s -> s.peek() == ']');
      scanner.next();
      collector.add(new ArithmeticExpansion(place, expression, quoted));
    } else if (c == '{') {
      scanner.next();
      collector.add(braced(place, quoted));
    } else if (c == '\'' && !quoted) {
      ansiQuoted(collector);
    } else if (c == '"' && !quoted) {
      doubleQuoted(collector);
    } else if (isNameStart(c)) {
      collector.add(plain(place, name(), quoted));
    } else if (c != Scanner.END && "@*#?$!-0123456789".indexOf(c) >= 0) {
      collector.add(plain(place, String.valueOf(scanner.next()), quoted));
    } else {
      collector.add('$', true);
    }
  }

  /** Empty if what began like arithmetic is a subshell in a command substitution. */
  private Optional<Word> arithmeticOrNothing() {
    try {
      return parser.nested(
          () -> {
            Word expression = arithmetic(s -> s.peek() == ')');
            return scanner.looksAt("))") ? Optional.of(expression) : Optional.<Word>empty();
          });
    } catch (ShellSyntaxException notArithmetic) {
      return Optional.empty();
    }
  }

  private static Parameter plain(Place place, String name, boolean quoted) {
    return new Parameter(place, name, Optional.empty(), Operator.VALUE, List.of(), quoted);
  }

  private Command backticks(Place place) {
    scanner.next();
    Place inner = scanner.place();
    StringBuilder text = new StringBuilder();
    while (scanner.peek() != '`') {
      if (scanner.atEnd()) {
        throw new ShellSyntaxException(place, "unexpected end of file: ` is not closed");
      }
      char c = scanner.next();
      if (c == '\\' && "$`\\".indexOf(scanner.peek()) >= 0) {
        c = scanner.next();
      }
      text.append(c);
    }
    scanner.next();
    return parser.nested(() -> parser.inner(text.toString(), inner));
  }

  private void ansiQuoted(Collector collector) {
    Place open = scanner.place();
    scanner.next();
    collector.mark();
    while (scanner.peek() != '\'') {
      if (scanner.atEnd()) {
        throw new ShellSyntaxException(open, "unexpected end of file: $' is not closed");
      }
      char c = scanner.next();
      if (c != '\\') {
        collector.add(c, true);
        continue;
      }
      switch (scanner.next()) {
        case 'n' -> collector.add('\n', true);
        case 't' -> collector.add('\t', true);
        case 'r' -> collector.add('\r', true);
        case 'e' -> collector.add('\u001b', true);
        case '\\' -> collector.add('\\', true);
        case '\'' -> collector.add('\'', true);
        case '"' -> collector.add('"', true);
        default ->
            throw new ShellSyntaxException(open, "an escape of $'...' that is not simulated");
      }
    }
    scanner.next();
  }

  private Part braced(Place place, boolean quoted) {
    boolean length = scanner.peek() == '#' && scanner.peek(1) != '}';
    boolean indirect = scanner.peek() == '!' && isNameStart(scanner.peek(1));
    if (length || indirect) {
      scanner.next();
    }
    String name = parameterName(place);
    Optional<Word> index = Optional.empty();
    if (scanner.peek() == '[') {
      scanner.next();
      index = Optional.of(parts(s -> s.peek() == ']', false));
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
        Word from = arithmetic(s -> s.peek() == ':' || s.peek() == '}');
        yield scanner.skip(":") ? List.of(from, arithmetic(s -> s.peek() == '}')) : List.of(from);
      }
      case REPLACE_FIRST, REPLACE_ALL, REPLACE_PREFIX, REPLACE_SUFFIX -> {
        Word pattern = parts(s -> s.peek() == '/' || s.peek() == '}', false);
        yield scanner.skip("/")
            ? List.of(pattern, parts(s -> s.peek() == '}', quoted))
            : List.of(pattern);
      }
      case REMOVE_SHORTEST_PREFIX,
          REMOVE_LONGEST_PREFIX,
          REMOVE_SHORTEST_SUFFIX,
          REMOVE_LONGEST_SUFFIX ->
          List.of(parts(s -> s.peek() == '}', false));
      case DEFAULT_IF_UNSET,
          DEFAULT_IF_EMPTY,
          ASSIGN_IF_UNSET,
          ASSIGN_IF_EMPTY,
          ERROR_IF_UNSET,
          ERROR_IF_EMPTY,
          ALTERNATIVE_IF_SET,
          ALTERNATIVE_IF_NOT_EMPTY ->
          List.of(parts(s -> s.peek() == '}', quoted));
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
    if (isNameStart(c)) {
      return name();
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

  static boolean isNameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  static boolean isNamePart(char c) {
    return isNameStart(c) || c >= '0' && c <= '9';
  }

  private String name() {
    int mark = scanner.mark();
    while (isNamePart(scanner.peek())) {
      scanner.next();
    }
    return scanner.since(mark);
  }

  /** Puts neighbouring characters of one kind together. */
  private static final class Collector {
    private final Place place;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean quoted;

    Collector(Place place) {
      this.place = place;
    }

    /** Remembers that a quote began, so that an empty one still makes a word. */
    void mark() {
      flush();
      parts.add(new Literal("", true));
    }

    void add(char c, boolean isQuoted) {
      if (isQuoted != quoted) {
        flush();
      }
      quoted = isQuoted;
      text.append(c);
    }

    void add(Part part) {
      flush();
      parts.add(part);
    }

    private void flush() {
      if (!text.isEmpty()) {
        parts.add(new Literal(text.toString(), quoted));
        text.setLength(0);
      }
    }

    Word word() {
      flush();
      return new Word(place, parts);
    }
  }
}
