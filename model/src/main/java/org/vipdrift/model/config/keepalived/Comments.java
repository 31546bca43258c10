package org.vipdrift.model.config.keepalived;

/** Cuts comments off a line. */
final class Comments {
  private Comments() {}

  /**
   * The index where the comment of a line starts, or its length. A {@code #} or {@code !} starts
   * one anywhere outside double quotes, even inside a word or after a backslash.
   */
  static int start(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '#' || c == '!')) {
        return i;
      }
    }
    return line.length();
  }
}
