package org.vipdrift.model.config.haproxy;

import java.util.List;
import org.vipdrift.model.config.SourceSpan;

/**
 * A line that says something.
 *
 * @param words at least one
 * @param span from the first word to the last
 */
record Line(List<Word> words, SourceSpan span) {
  Line {
    words = List.copyOf(words);
  }

  int size() {
    return words.size();
  }

  /** The text of a word, empty where there is none: HAProxy does not tell the two apart. */
  String text(int index) {
    return index < words.size() ? words.get(index).text() : "";
  }

  boolean has(int index) {
    return !text(index).isEmpty();
  }

  boolean is(int index, String text) {
    return text(index).equals(text);
  }

  /** Where a word stands, or the line's last word if there is none. */
  SourceSpan span(int index) {
    return words.get(Math.min(index, words.size() - 1)).span();
  }

  /** The line without its first words. */
  Line from(int index) {
    return index == 0 || index >= size()
        ? this
        : new Line(words.subList(index, size()), span(index).to(span));
  }

  /** The texts of the words from an index on. */
  List<String> texts(int from) {
    return words.stream().skip(from).map(Word::text).toList();
  }

  /** The words from an index on as one text. */
  String joined(int from) {
    return String.join(" ", texts(from));
  }
}
