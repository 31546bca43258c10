package org.vipdrift.simulator.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.vipdrift.simulator.shell.syntax.Command.AndOr;
import org.vipdrift.simulator.shell.syntax.Command.Background;
import org.vipdrift.simulator.shell.syntax.Command.Broken;
import org.vipdrift.simulator.shell.syntax.Command.Pipeline;
import org.vipdrift.simulator.shell.syntax.Command.Redirect;
import org.vipdrift.simulator.shell.syntax.Command.Redirected;
import org.vipdrift.simulator.shell.syntax.Command.Sequence;
import org.vipdrift.simulator.shell.syntax.Command.Simple;

/**
 * Reads a script: lists, pipelines and simple commands; the compound ones are {@link
 * CompoundParser}'s.
 */
public final class ShellParser {
  private static final int MAX_DEPTH = 60;

  private static final List<String> CLOSING_WORDS =
      List.of("then", "fi", "do", "done", "else", "elif", "esac", "}");

  private final Scanner scanner;
  private final WordReader words;
  private final RedirectParser redirects;
  private final CompoundParser compounds;
  private int depth;

  private ShellParser(String text, Place start, int depth) {
    this.scanner = new Scanner(text, start);
    this.words = new WordReader(scanner, this);
    this.redirects = new RedirectParser(scanner, words);
    this.compounds = new CompoundParser(scanner, words, this);
    this.depth = depth;
  }

  /** Reads a whole script; from the first syntax error on it is a {@link Broken}. */
  public static Sequence parse(String text) {
    return new ShellParser(text, Place.START, 0).program();
  }

  /** Reads the text of a here-document. */
  static Word hereText(String text, Place place) {
    return new ShellParser(text, place, 0).words.hereText();
  }

  private Sequence program() {
    List<Command> commands = new ArrayList<>();
    try {
      skipNewlines();
      commands.addAll(list().commands());
    } catch (UnfinishedList unfinished) {
      commands.addAll(unfinished.commands);
      commands.add(new Broken(unfinished.cause.place(), unfinished.cause.getMessage()));
    } catch (ShellSyntaxException broken) {
      commands.add(new Broken(broken.place(), broken.getMessage()));
    }
    return new Sequence(Place.START, commands);
  }

  /** A script inside a script, of which nothing runs if it is wrong. */
  Command inner(String text, Place place) {
    ShellParser parser = new ShellParser(text, place, depth);
    parser.skipNewlines();
    Command body = parser.list();
    if (!parser.scanner.atEnd()) {
      throw parser.unexpected();
    }
    return body;
  }

  /** The rest of {@code $(...)}. */
  Command substitution(Place open) {
    return nested(
        () -> {
          skipNewlines();
          Command body = list();
          if (scanner.peek() != ')') {
            throw scanner.atEnd()
                ? new ShellSyntaxException(open, "unexpected end of file: $( is not closed")
                : unexpected();
          }
          scanner.next();
          return body;
        });
  }

  <T> T nested(Supplier<T> reading) {
    if (++depth > MAX_DEPTH) {
      throw new ShellSyntaxException(scanner.place(), "nested deeper than " + MAX_DEPTH);
    }
    try {
      return reading.get();
    } finally {
      depth--;
    }
  }

  ShellSyntaxException unexpected() {
    if (scanner.atEnd()) {
      return new ShellSyntaxException(scanner.place(), "unexpected end of file");
    }
    String near = scanner.peek() == '\n' ? "newline" : wordAhead();
    return new ShellSyntaxException(
        scanner.place(), "unexpected '" + (near.isEmpty() ? scanner.peek() + "" : near) + "'");
  }

  /** Commands up to a closing word, a closing parenthesis, {@code ;;} or the end. */
  Sequence list() {
    Place place = scanner.place();
    List<Command> commands = new ArrayList<>();
    boolean outermost = depth == 0;
    int wholeLines = 0;
    try {
      while (!listEnds()) {
        Command command = andOr();
        skipBlanks();
        if (scanner.peek() == '&' && scanner.peek(1) != '&') {
          scanner.next();
          command = new Background(command.place(), command);
          skipBlanks();
          if (scanner.peek() == ';' && scanner.peek(1) != ';') {
            throw unexpected();
          }
        } else if (scanner.peek() == ';' && ";&".indexOf(scanner.peek(1)) < 0) {
          scanner.next();
        } else if (scanner.peek() != '\n' && !listEnds()) {
          throw unexpected();
        }
        commands.add(command);
        skipBlanks();
        if (scanner.peek() == '\n') {
          wholeLines = commands.size();
        }
        skipNewlines();
      }
      if (outermost && !scanner.atEnd()) {
        throw unexpected();
      }
    } catch (ShellSyntaxException broken) {
      if (outermost) {
        throw new UnfinishedList(commands.subList(0, wholeLines), broken);
      }
      throw broken;
    }
    return new Sequence(place, commands);
  }

  private boolean listEnds() {
    skipBlanks();
    char c = scanner.peek();
    return scanner.atEnd()
        || c == ')'
        || scanner.looksAt(";;")
        || scanner.looksAt(";&")
        || CLOSING_WORDS.contains(wordAhead());
  }

  private Command andOr() {
    Command left = pipeline();
    while (true) {
      skipBlanks();
      boolean and = scanner.looksAt("&&");
      if (!and && !scanner.looksAt("||")) {
        return left;
      }
      Place place = scanner.place();
      scanner.next();
      scanner.next();
      skipNewlines();
      left = new AndOr(place, left, and, pipeline());
    }
  }

  private Command pipeline() {
    skipBlanks();
    Place place = scanner.place();
    boolean negated = false;
    while (wordAhead().equals("!")) {
      scanner.next();
      negated = !negated;
      skipBlanks();
    }
    if (wordAhead().equals("time")) {
      scanner.skip("time");
      skipBlanks();
    }
    List<Command> stages = new ArrayList<>();
    stages.add(command());
    skipBlanks();
    while (scanner.peek() == '|' && scanner.peek(1) != '|') {
      scanner.next();
      if (scanner.peek() == '&') {
        throw new ShellSyntaxException(scanner.place(), "|& is not simulated");
      }
      skipNewlines();
      stages.add(command());
      skipBlanks();
    }
    return stages.size() == 1 && !negated
        ? stages.getFirst()
        : new Pipeline(place, negated, stages);
  }

  private Command command() {
    return nested(
        () -> {
          skipBlanks();
          Place place = scanner.place();
          Optional<Command> compound = compounds.compound(place, wordAhead());
          if (compound.isEmpty()) {
            return simple(place);
          }
          List<Redirect> found = new ArrayList<>();
          skipBlanks();
          while (redirects.isNext()) {
            redirects.read(found);
            skipBlanks();
          }
          return found.isEmpty() ? compound.get() : new Redirected(place, compound.get(), found);
        });
  }

  private Command simple(Place place) {
    List<Command.Assignment> assignments = new ArrayList<>();
    List<Word> found = new ArrayList<>();
    List<Redirect> redirections = new ArrayList<>();
    while (true) {
      skipBlanks();
      if (redirects.isNext()) {
        redirects.read(redirections);
        continue;
      }
      Optional<Command.Assignment> assignment =
          found.isEmpty() ? new AssignmentParser(scanner, words, this).read() : Optional.empty();
      if (assignment.isPresent()) {
        assignments.add(assignment.get());
        continue;
      }
      Word word = words.word();
      if (word.parts().isEmpty()) {
        break;
      }
      found.addAll(BraceExpansion.expand(word));
      skipBlanks();
      if (found.size() == 1 && scanner.peek() == '(' && assignments.isEmpty()) {
        return compounds.function(place, word);
      }
    }
    if (assignments.isEmpty() && found.isEmpty() && redirections.isEmpty()) {
      throw unexpected();
    }
    return new Simple(place, assignments, found, redirections);
  }

  /** Blanks, escaped newlines and comments. */
  void skipBlanks() {
    while (true) {
      char c = scanner.peek();
      if (c == ' ' || c == '\t' || c == '\r' && scanner.peek(1) != '\n') {
        scanner.next();
      } else if (scanner.looksAt("\\\n")) {
        scanner.next();
        scanner.newline();
      } else if (c == '#') {
        while (!scanner.atEnd() && scanner.peek() != '\n') {
          scanner.next();
        }
      } else {
        return;
      }
    }
  }

  void skipNewlines() {
    skipBlanks();
    while (scanner.peek() == '\n') {
      scanner.newline();
      skipBlanks();
    }
  }

  /** The unquoted word at this place, without reading it; used to see reserved words. */
  String wordAhead() {
    int length = 0;
    while (true) {
      char c = scanner.peek(length);
      if (c == Scanner.END || " \t\r\n|&;()<>".indexOf(c) >= 0) {
        break;
      }
      if (c == '"' || c == '\'' || c == '\\' || c == '$' || c == '`') {
        return "";
      }
      length++;
    }
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(scanner.peek(i));
    }
    return word.toString();
  }

  void expectWord(String expected, Place open, String opening) {
    skipBlanks();
    if (!wordAhead().equals(expected)) {
      throw scanner.atEnd()
          ? new ShellSyntaxException(
              open, "unexpected end of file: '" + opening + "' has no '" + expected + "'")
          : unexpected();
    }
    scanner.skip(expected);
  }

  /** Keeps the lines before a syntax error: a shell has run them by then. */
  private static final class UnfinishedList extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Command> commands;
    private final transient ShellSyntaxException cause;

    UnfinishedList(List<Command> commands, ShellSyntaxException cause) {
      super(cause.getMessage(), null, false, false);
      this.commands = List.copyOf(commands);
      this.cause = cause;
    }
  }
}
