package org.vipdrift.model.config;

/**
 * A stretch of a text file.
 *
 * @param file the name the file was read under
 * @param line the first line, counted from 1
 * @param column the first column, counted from 1
 * @param endLine the last line
 * @param endColumn the column after the last character
 */
public record SourceSpan(String file, int line, int column, int endLine, int endColumn) {
  /** A stretch of one line. */
  public static SourceSpan of(SourcePosition start, int length) {
    return new SourceSpan(
        start.file(), start.line(), start.column(), start.line(), start.column() + length);
  }

  public SourcePosition start() {
    return new SourcePosition(file, line, column);
  }

  /** From the start of this span to the end of another in the same file; else this span. */
  public SourceSpan to(SourceSpan last) {
    boolean ordered =
        last.endLine > endLine || last.endLine == endLine && last.endColumn >= endColumn;
    return last.file.equals(file) && ordered
        ? new SourceSpan(file, line, column, last.endLine, last.endColumn)
        : this;
  }

  @Override
  public String toString() {
    return start().toString();
  }
}
