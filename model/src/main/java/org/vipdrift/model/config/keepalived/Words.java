package org.vipdrift.model.config.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.SourcePosition;
import org.vipdrift.model.config.SourceSpan;

/** Splits a line into words. */
final class Words {
  private Words() {}

  /**
   * Words divided by blanks; a double quote ends a word, and starts one that reaches to the next
   * quote.
   */
  static List<Word> split(Line line) {
    List<Word> words = new ArrayList<>();
    String text = line.text();
    int i = 0;
    while (i < text.length()) {
      if (Character.isWhitespace(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      StringBuilder word = new StringBuilder();
      boolean quoted = text.charAt(i) == '"';
      if (quoted) {
        i = quotedPart(text, i, word);
      } else {
        while (i < text.length() && !endsWord(text.charAt(i))) {
          word.append(text.charAt(i++));
        }
      }
      words.add(new Word(word.toString(), quoted, span(line, start, i)));
    }
    return words;
  }

  private static boolean endsWord(char c) {
    return Character.isWhitespace(c) || c == '"';
  }

  private static int quotedPart(String text, int open, StringBuilder word) {
    int i = open + 1;
    while (i < text.length() && text.charAt(i) != '"') {
      if (text.charAt(i) == '\\' && i + 1 < text.length()) {
        i = Escapes.read(text, i, word);
      } else {
        word.append(text.charAt(i++));
      }
    }
    return Math.min(text.length(), i + 1);
  }

  static SourceSpan span(Line line, int from, int to) {
    int column = line.column() + (line.verbatim() ? from : 0);
    return SourceSpan.of(
        new SourcePosition(line.file(), line.number(), column), line.verbatim() ? to - from : 1);
  }

  static SourceSpan span(Line line) {
    return span(line, 0, line.text().length());
  }

  /** The arguments inside a quoted command: blanks divide, single quotes hold together. */
  static List<String> command(String text) {
    List<String> words = new ArrayList<>();
    Optional<StringBuilder> word = Optional.empty();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0 ? c == quote : c == '\'' || c == '"') {
        quote = quote == 0 ? c : 0;
        word = Optional.of(word.orElseGet(StringBuilder::new));
      } else if (quote == 0 && Character.isWhitespace(c)) {
        word.ifPresent(w -> words.add(w.toString()));
        word = Optional.empty();
      } else {
        word = Optional.of(word.orElseGet(StringBuilder::new).append(c));
      }
    }
    word.ifPresent(w -> words.add(w.toString()));
    return words;
  }
}
