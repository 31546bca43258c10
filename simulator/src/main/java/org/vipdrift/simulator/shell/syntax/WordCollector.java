package org.vipdrift.simulator.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import org.vipdrift.simulator.shell.syntax.Word.Literal;
import org.vipdrift.simulator.shell.syntax.Word.Part;

/** Puts neighbouring characters of one kind together. */
final class WordCollector {
  private final Place place;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private boolean quoted;

  WordCollector(Place place) {
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
