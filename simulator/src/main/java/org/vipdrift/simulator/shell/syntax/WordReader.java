package org.vipdrift.simulator.shell.syntax;

import java.util.List;
import java.util.Optional;
import org.vipdrift.simulator.shell.syntax.Word.ArithmeticExpansion;
import org.vipdrift.simulator.shell.syntax.Word.CommandSubstitution;
import org.vipdrift.simulator.shell.syntax.Word.Operator;
import org.vipdrift.simulator.shell.syntax.Word.Parameter;

/** Reads words: quotes, escapes and the expansions in them. */
final class WordReader {
  private static final String METACHARACTERS = " \t\n|&;()<>";

  private final Scanner scanner;
  private final ShellParser parser;
  private final ParameterReader parameters;

  WordReader(Scanner scanner, ShellParser parser) {
    this.scanner = scanner;
    this.parser = parser;
    this.parameters = new ParameterReader(scanner, parser, this);
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
    WordCollector collector = new WordCollector(scanner.place());
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
    WordCollector collector = new WordCollector(scanner.place());
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

  Word parts(Stop stop, boolean inDouble) {
    WordCollector collector = new WordCollector(scanner.place());
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

  private void escapedInDouble(WordCollector collector) {
    char c = scanner.peek();
    if (c == '\n') {
      scanner.next();
    } else if (c != Scanner.END && "$`\"\\".indexOf(c) >= 0) {
      collector.add(scanner.next(), true);
    } else {
      collector.add('\\', true);
    }
  }

  private void singleQuoted(WordCollector collector) {
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

  private void doubleQuoted(WordCollector collector) {
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

  private void expansion(WordCollector collector, boolean quoted) {
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
      collector.add(parameters.braced(place, quoted));
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

  private void ansiQuoted(WordCollector collector) {
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

  static boolean isNameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  static boolean isNamePart(char c) {
    return isNameStart(c) || c >= '0' && c <= '9';
  }

  String name() {
    int mark = scanner.mark();
    while (isNamePart(scanner.peek())) {
      scanner.next();
    }
    return scanner.since(mark);
  }
}
