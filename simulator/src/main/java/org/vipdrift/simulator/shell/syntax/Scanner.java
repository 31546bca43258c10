package org.vipdrift.simulator.shell.syntax;

import java.util.TreeMap;

/** A position in a script's text. */
final class Scanner {
  static final char END = '\0';

  private final String text;
  private final Place start;
  private final TreeMap<Integer, Integer> lineStarts = new TreeMap<>();
  private final TreeMap<Integer, Integer> hereTextEnds = new TreeMap<>();
  private int at;

  Scanner(String text, Place start) {
    this.text = text.replace("\0", "");
    this.start = start;
    int line = start.line();
    lineStarts.put(0, line);
    for (int i = 0; i < this.text.length(); i++) {
      if (this.text.charAt(i) == '\n') {
        lineStarts.put(i + 1, ++line);
      }
    }
  }

  boolean atEnd() {
    return at >= text.length();
  }

  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : END;
  }

  char next() {
    char c = peek();
    at++;
    return c;
  }

  boolean looksAt(String expected) {
    return text.startsWith(expected, at);
  }

  boolean skip(String expected) {
    if (!looksAt(expected)) {
      return false;
    }
    at += expected.length();
    return true;
  }

  /** Steps over a newline and the here-documents that begin after it. */
  void newline() {
    at = hereTextEnds.getOrDefault(at, at + 1);
  }

  int mark() {
    return at;
  }

  void reset(int mark) {
    at = mark;
  }

  String since(int mark) {
    return text.substring(mark, Math.min(at, text.length()));
  }

  Place place() {
    return place(at);
  }

  Place place(int offset) {
    var line = lineStarts.floorEntry(Math.max(0, offset));
    int before = line.getKey() == 0 ? start.column() - 1 : 0;
    return new Place(line.getValue(), offset - line.getKey() + 1 + before);
  }

  /** Takes the here-document that belongs to the current line out of the text that follows it. */
  HereText hereText(String delimiter, boolean stripTabs) {
    int newline = text.indexOf('\n', at);
    if (newline < 0) {
      return new HereText("", place(text.length()));
    }
    int from = hereTextEnds.getOrDefault(newline, newline + 1);
    StringBuilder body = new StringBuilder();
    int position = from;
    while (position < text.length()) {
      int end = text.indexOf('\n', position);
      int next = end < 0 ? text.length() : end + 1;
      String line = text.substring(position, end < 0 ? text.length() : end);
      if (stripTabs) {
        line = line.replaceFirst("^\t+", "");
      }
      position = next;
      if (line.equals(delimiter)) {
        break;
      }
      body.append(line).append('\n');
    }
    hereTextEnds.put(newline, position);
    return new HereText(body.toString(), place(from));
  }

  record HereText(String text, Place place) {}
}
