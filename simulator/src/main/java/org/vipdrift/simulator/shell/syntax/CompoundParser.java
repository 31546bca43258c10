package org.vipdrift.simulator.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.simulator.shell.syntax.Command.Branch;
import org.vipdrift.simulator.shell.syntax.Command.Clause;
import org.vipdrift.simulator.shell.syntax.Command.Ending;

/** Reads compound commands. */
final class CompoundParser {
  private final Scanner scanner;
  private final WordReader words;
  private final ShellParser parser;
  private final ConditionParser conditions;

  CompoundParser(Scanner scanner, WordReader words, ShellParser parser) {
    this.scanner = scanner;
    this.words = words;
    this.parser = parser;
    this.conditions = new ConditionParser(scanner, words, parser);
  }

  /** Empty if no compound command begins here. */
  Optional<Command> compound(Place place, String ahead) {
    if (scanner.looksAt("((")) {
      Optional<Command> arithmetic = arithmetic(place);
      if (arithmetic.isPresent()) {
        return arithmetic;
      }
    }
    if (scanner.peek() == '(') {
      scanner.next();
      Command body = body(place, "(");
      expect(')', place);
      return Optional.of(new Command.Subshell(place, body));
    }
    return switch (ahead) {
      case "{" -> Optional.of(group(place));
      case "if" -> Optional.of(conditional(place));
      case "for" -> Optional.of(loopOverWords(place));
      case "while", "until" -> Optional.of(loop(place, ahead));
      case "case" -> Optional.of(choice(place));
      case "function" -> {
        scanner.skip("function");
        parser.skipBlanks();
        yield Optional.of(function(place, words.word()));
      }
      case "[[" -> {
        scanner.skip("[[");
        yield Optional.of(new Command.Conditional(place, conditions.read(place)));
      }
      case "select", "coproc" ->
          throw new ShellSyntaxException(place, "'" + ahead + "' is not simulated");
      default -> Optional.empty();
    };
  }

  /** The rest of a function's definition, after its name. */
  Command function(Place place, Word nameWord) {
    String name =
        nameWord.literal().orElseThrow(() -> new ShellSyntaxException(place, "a function's name"));
    if (name.isEmpty()) {
      throw new ShellSyntaxException(place, "a function without a name");
    }
    parser.skipBlanks();
    if (scanner.peek() == '(') {
      scanner.next();
      parser.skipBlanks();
      expect(')', place);
    }
    parser.skipNewlines();
    Place bodyPlace = scanner.place();
    Command body =
        parser.nested(
            () ->
                compound(bodyPlace, parser.wordAhead())
                    .orElseThrow(
                        () -> new ShellSyntaxException(bodyPlace, "a function's body is missing")));
    return new Command.Function(place, name, body);
  }

  private Optional<Command> arithmetic(Place place) {
    int mark = scanner.mark();
    scanner.skip("((");
    try {
      Word expression = words.arithmetic(s -> s.peek() == ')');
      if (scanner.skip("))")) {
        return Optional.of(new Command.Arithmetic(place, expression));
      }
    } catch (ShellSyntaxException notArithmetic) {
      // Two subshells, one in the other, begin alike.
    }
    scanner.reset(mark);
    return Optional.empty();
  }

  private void expect(char c, Place open) {
    parser.skipBlanks();
    if (scanner.atEnd()) {
      throw new ShellSyntaxException(open, "unexpected end of file: " + c + " is missing");
    }
    if (scanner.peek() != c) {
      throw parser.unexpected();
    }
    scanner.next();
  }

  /** A list that must not be empty. */
  private Command body(Place open, String opening) {
    return parser.nested(
        () -> {
          parser.skipNewlines();
          Command.Sequence body = parser.list();
          if (body.commands().isEmpty()) {
            throw scanner.atEnd()
                ? new ShellSyntaxException(
                    open, "unexpected end of file: '" + opening + "' is not closed")
                : parser.unexpected();
          }
          return body;
        });
  }

  private Command group(Place place) {
    scanner.skip("{");
    Command body = body(place, "{");
    parser.expectWord("}", place, "{");
    return body;
  }

  private Command conditional(Place place) {
    List<Branch> branches = new ArrayList<>();
    Optional<Command> otherwise = Optional.empty();
    scanner.skip("if");
    while (true) {
      Command condition = body(place, "if");
      parser.expectWord("then", place, "if");
      branches.add(new Branch(condition, body(place, "then")));
      parser.skipBlanks();
      if (parser.wordAhead().equals("elif")) {
        scanner.skip("elif");
        continue;
      }
      if (parser.wordAhead().equals("else")) {
        scanner.skip("else");
        otherwise = Optional.of(body(place, "else"));
      }
      parser.expectWord("fi", place, "if");
      return new Command.If(place, branches, otherwise);
    }
  }

  private Command loop(Place place, String keyword) {
    scanner.skip(keyword);
    Command condition = body(place, keyword);
    Command body = doBody(place, keyword);
    return new Command.Loop(place, keyword.equals("until"), condition, body);
  }

  private Command doBody(Place place, String keyword) {
    parser.skipNewlines();
    parser.expectWord("do", place, keyword);
    Command body = body(place, "do");
    parser.expectWord("done", place, keyword);
    return body;
  }

  private Command loopOverWords(Place place) {
    scanner.skip("for");
    parser.skipBlanks();
    if (scanner.skip("((")) {
      Word start = words.arithmetic(s -> s.peek() == ';');
      scanner.next();
      Word condition = words.arithmetic(s -> s.peek() == ';');
      scanner.next();
      Word update = words.arithmetic(s -> s.peek() == ')');
      if (!scanner.skip("))")) {
        throw parser.unexpected();
      }
      parser.skipBlanks();
      scanner.skip(";");
      return new Command.ArithmeticFor(place, start, condition, update, doBody(place, "for"));
    }
    String variable =
        words
            .word()
            .literal()
            .filter(name -> name.matches("[A-Za-z_][A-Za-z_0-9]*"))
            .orElseThrow(() -> new ShellSyntaxException(place, "'for' without a variable's name"));
    parser.skipNewlines();
    Optional<List<Word>> over = Optional.empty();
    if (parser.wordAhead().equals("in")) {
      scanner.skip("in");
      over = Optional.of(wordList());
    }
    parser.skipBlanks();
    if (scanner.peek() == ';' && scanner.peek(1) != ';') {
      scanner.next();
    }
    return new Command.For(place, variable, over, doBody(place, "for"));
  }

  private List<Word> wordList() {
    List<Word> list = new ArrayList<>();
    while (true) {
      parser.skipBlanks();
      Word word = words.word();
      if (word.parts().isEmpty()) {
        return list;
      }
      list.addAll(BraceExpansion.expand(word));
    }
  }

  private Command choice(Place place) {
    scanner.skip("case");
    parser.skipBlanks();
    Word subject = words.word();
    parser.skipNewlines();
    parser.expectWord("in", place, "case");
    List<Clause> clauses = new ArrayList<>();
    while (true) {
      parser.skipNewlines();
      if (parser.wordAhead().equals("esac")) {
        scanner.skip("esac");
        return new Command.Case(place, subject, clauses);
      }
      if (scanner.atEnd()) {
        throw new ShellSyntaxException(place, "unexpected end of file: 'case' has no 'esac'");
      }
      clauses.add(clause(place));
    }
  }

  private Clause clause(Place place) {
    scanner.skip("(");
    List<Word> patterns = new ArrayList<>();
    do {
      parser.skipBlanks();
      Word pattern = words.word();
      if (pattern.parts().isEmpty()) {
        throw parser.unexpected();
      }
      patterns.add(pattern);
      parser.skipBlanks();
    } while (scanner.skip("|"));
    expect(')', place);
    Command body =
        parser.nested(
            () -> {
              parser.skipNewlines();
              return parser.list();
            });
    Ending ending =
        scanner.skip(";;&")
            ? Ending.TEST_NEXT
            : scanner.skip(";&") ? Ending.FALL_THROUGH : Ending.BREAK;
    if (ending == Ending.BREAK) {
      scanner.skip(";;");
    }
    return new Clause(patterns, body, ending);
  }
}
