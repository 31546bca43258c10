package org.vipdrift.model.config.keepalived;

/**
 * A piece of a line after comments, conditions, parameters and sequences are dealt with: one brace,
 * or text without a brace outside quotes.
 *
 * @param column where the text starts, counted from 1
 * @param verbatim whether the text stands in the file as it is, so that columns can be counted in
 *     it
 */
record Line(String text, String file, int number, int column, boolean verbatim) {
  boolean opens() {
    return text.equals("{");
  }

  boolean closes() {
    return text.equals("}");
  }
}
