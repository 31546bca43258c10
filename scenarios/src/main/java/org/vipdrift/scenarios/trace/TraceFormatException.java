package org.vipdrift.scenarios.trace;

/** A trace file says something that is not a trace, at a line and column counted from 1. */
public final class TraceFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final long line;
  private final int column;

  public TraceFormatException(String file, long line, int column, String problem) {
    super(file + ":" + line + ":" + column + ": " + problem);
    this.file = file;
    this.line = line;
    this.column = column;
  }

  public String file() {
    return file;
  }

  public long line() {
    return line;
  }

  public int column() {
    return column;
  }
}
