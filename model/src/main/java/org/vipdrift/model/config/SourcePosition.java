package org.vipdrift.model.config;

import java.util.Comparator;

/**
 * A place in a text file.
 *
 * @param file the name the file was read under
 * @param line counted from 1
 * @param column counted from 1, in UTF-16 units
 */
public record SourcePosition(String file, int line, int column)
    implements Comparable<SourcePosition> {
  private static final Comparator<SourcePosition> ORDER =
      Comparator.comparing(SourcePosition::file)
          .thenComparingInt(SourcePosition::line)
          .thenComparingInt(SourcePosition::column);

  @Override
  public int compareTo(SourcePosition other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
