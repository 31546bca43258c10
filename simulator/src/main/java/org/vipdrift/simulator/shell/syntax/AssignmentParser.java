package org.vipdrift.simulator.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.simulator.shell.syntax.Command.Assignment;

/** Reads {@code name=value}, {@code name+=value}, {@code name[i]=value} and {@code name=(...)}. */
final class AssignmentParser {
  private final Scanner scanner;
  private final WordReader words;
  private final ShellParser parser;

  AssignmentParser(Scanner scanner, WordReader words, ShellParser parser) {
    this.scanner = scanner;
    this.words = words;
    this.parser = parser;
  }

  /** Empty, and nothing read, if no assignment begins here. */
  Optional<Assignment> read() {
    int mark = scanner.mark();
    Optional<Assignment> assignment = attempt();
    if (assignment.isEmpty()) {
      scanner.reset(mark);
    }
    return assignment;
  }

  private Optional<Assignment> attempt() {
    int mark = scanner.mark();
    if (!WordReader.isNameStart(scanner.peek())) {
      return Optional.empty();
    }
    while (WordReader.isNamePart(scanner.peek())) {
      scanner.next();
    }
    String name = scanner.since(mark);
    Optional<Word> index = Optional.empty();
    if (scanner.peek() == '[') {
      int ahead = 1;
      while (scanner.peek(ahead) != ']') {
        if (scanner.peek(ahead) == Scanner.END || " \n=".indexOf(scanner.peek(ahead)) >= 0) {
          return Optional.empty();
        }
        ahead++;
      }
      scanner.next();
      index = Optional.of(words.arithmetic(s -> s.peek() == ']'));
      scanner.next();
    }
    boolean append = scanner.skip("+=");
    if (!append && !scanner.skip("=")) {
      return Optional.empty();
    }
    if (scanner.peek() == '(') {
      Place open = scanner.place();
      scanner.next();
      return Optional.of(
          new Assignment(name, index, append, Word.quoted(""), Optional.of(elements(open))));
    }
    return Optional.of(new Assignment(name, index, append, words.word(), Optional.empty()));
  }

  private List<Word> elements(Place open) {
    List<Word> elements = new ArrayList<>();
    while (true) {
      parser.skipNewlines();
      if (scanner.skip(")")) {
        return elements;
      }
      Word word = words.word();
      if (word.parts().isEmpty()) {
        throw new ShellSyntaxException(open, "an array's ( is not closed");
      }
      elements.addAll(BraceExpansion.expand(word));
    }
  }
}
