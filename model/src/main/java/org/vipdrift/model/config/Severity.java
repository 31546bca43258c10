package org.vipdrift.model.config;

/** How bad a {@link Problem} is. */
public enum Severity {
  /** The program that owns the file refuses to run with it. */
  ERROR,
  /** The program complains, or we do, and runs on. */
  WARNING,
  /** Worth knowing; nothing is wrong. */
  NOTE
}
