package org.vipdrift.simulator.shell.syntax;

import java.util.List;
import org.vipdrift.simulator.shell.syntax.Command.Condition;

/** Reads what stands in {@code [[ ]]}. */
final class ConditionParser {
  private final Scanner scanner;
  private final WordReader words;
  private final ShellParser parser;

  ConditionParser(Scanner scanner, WordReader words, ShellParser parser) {
    this.scanner = scanner;
    this.words = words;
    this.parser = parser;
  }

  /** Reads up to and including {@code ]]}. */
  Condition read(Place open) {
    Condition condition = either(open);
    parser.skipNewlines();
    if (!parser.wordAhead().equals("]]")) {
      throw scanner.atEnd()
          ? new ShellSyntaxException(open, "unexpected end of file: [[ is not closed")
          : parser.unexpected();
    }
    scanner.skip("]]");
    return condition;
  }

  private Condition either(Place open) {
    Condition left = both(open);
    parser.skipNewlines();
    while (scanner.skip("||")) {
      left = new Condition.Either(left, both(open));
      parser.skipNewlines();
    }
    return left;
  }

  private Condition both(Place open) {
    Condition left = primary(open);
    parser.skipNewlines();
    while (scanner.skip("&&")) {
      left = new Condition.Both(left, primary(open));
      parser.skipNewlines();
    }
    return left;
  }

  private Condition primary(Place open) {
    return parser.nested(
        () -> {
          parser.skipNewlines();
          if (parser.wordAhead().equals("!")) {
            scanner.next();
            return new Condition.Not(primary(open));
          }
          if (scanner.skip("(")) {
            Condition inner = either(open);
            parser.skipNewlines();
            if (!scanner.skip(")")) {
              throw parser.unexpected();
            }
            return inner;
          }
          String ahead = parser.wordAhead();
          if (ahead.matches("-[a-zA-Z]")) {
            int mark = scanner.mark();
            scanner.skip(ahead);
            parser.skipBlanks();
            if (!parser.wordAhead().equals("]]") && !binaryFollows()) {
              return new Condition.Unary(ahead, operand());
            }
            scanner.reset(mark);
          }
          return binary();
        });
  }

  private boolean binaryFollows() {
    return List.of("=", "==", "!=", "=~").contains(parser.wordAhead());
  }

  private Condition binary() {
    Word left = operand();
    parser.skipBlanks();
    if (scanner.peek() == '<' || scanner.peek() == '>') {
      String operator = String.valueOf(scanner.next());
      parser.skipBlanks();
      return new Condition.Binary(left, operator, operand());
    }
    String operator = parser.wordAhead();
    if (!operator.matches("==?|!=|=~|-(eq|ne|lt|le|gt|ge|nt|ot|ef)")) {
      return new Condition.Unary("-n", left);
    }
    scanner.skip(operator);
    parser.skipBlanks();
    return new Condition.Binary(
        left, operator, operator.equals("=~") ? words.regularExpression() : operand());
  }

  private Word operand() {
    if (parser.wordAhead().equals("]]")) {
      throw parser.unexpected();
    }
    Word word = words.word();
    if (word.parts().isEmpty()) {
      throw parser.unexpected();
    }
    return word;
  }
}
