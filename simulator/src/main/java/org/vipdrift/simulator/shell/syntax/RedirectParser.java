package org.vipdrift.simulator.shell.syntax;

import java.util.List;
import org.vipdrift.simulator.shell.syntax.Command.Direction;
import org.vipdrift.simulator.shell.syntax.Command.Redirect;

/** Reads redirections, here-documents included. */
final class RedirectParser {
  private final Scanner scanner;
  private final WordReader words;

  RedirectParser(Scanner scanner, WordReader words) {
    this.scanner = scanner;
    this.words = words;
  }

  boolean isNext() {
    int digits = 0;
    while (scanner.peek(digits) >= '0' && scanner.peek(digits) <= '9') {
      digits++;
    }
    char c = scanner.peek(digits);
    if (c == '<' || c == '>') {
      return digits <= 2;
    }
    return digits == 0 && scanner.looksAt("&>");
  }

  void read(List<Redirect> redirects) {
    Place place = scanner.place();
    int mark = scanner.mark();
    while (scanner.peek() >= '0' && scanner.peek() <= '9') {
      scanner.next();
    }
    String digits = scanner.since(mark);
    String operator = operator(place);
    int descriptor =
        digits.isEmpty() ? (operator.startsWith("<") ? 0 : 1) : Integer.parseInt(digits);
    skipBlanks();
    Word target = words.word();
    if (target.parts().isEmpty()) {
      throw new ShellSyntaxException(place, "a redirection without its target");
    }
    redirects.add(
        switch (operator) {
          case "<<", "<<-" -> hereDocument(place, descriptor, operator.equals("<<-"), target);
          default -> new Redirect(place, descriptor, direction(operator, target), target);
        });
  }

  private String operator(Place place) {
    for (String operator :
        List.of("&>>", "&>", "<<<", "<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">")) {
      if (scanner.skip(operator)) {
        if (scanner.peek() == '(' && operator.length() == 1) {
          throw new ShellSyntaxException(place, "process substitution is not simulated");
        }
        return operator;
      }
    }
    throw new ShellSyntaxException(place, "a redirection that is not simulated");
  }

  private static Direction direction(String operator, Word target) {
    return switch (operator) {
      case "&>>" -> Direction.APPEND_BOTH;
      case "&>" -> Direction.WRITE_BOTH;
      case "<<<" -> Direction.HERE_STRING;
      case "<>" -> Direction.READ_WRITE;
      case "<" -> Direction.READ;
      case ">>" -> Direction.APPEND;
      case ">&" ->
          target.literal().map(text -> text.matches("[0-9]+-?|-")).orElse(true)
              ? Direction.DUPLICATE
              : Direction.WRITE_BOTH;
      case "<&" -> Direction.DUPLICATE;
      default -> Direction.WRITE;
    };
  }

  private Redirect hereDocument(Place place, int descriptor, boolean stripTabs, Word delimiter) {
    boolean plain =
        delimiter.parts().stream()
            .anyMatch(part -> !(part instanceof Word.Literal) || part.quoted());
    String end =
        delimiter
            .literal()
            .orElseThrow(
                () ->
                    new ShellSyntaxException(place, "a here-document's end must be a plain word"));
    Scanner.HereText body = scanner.hereText(end, stripTabs);
    Word text =
        plain
            ? new Word(body.place(), List.of(new Word.Literal(body.text(), true)))
            : ShellParser.hereText(body.text(), body.place());
    return new Redirect(place, descriptor, Direction.HERE_TEXT, text);
  }

  private void skipBlanks() {
    while (scanner.peek() == ' ' || scanner.peek() == '\t') {
      scanner.next();
    }
  }
}
