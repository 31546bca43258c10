package org.vipdrift.model.haproxy.settings;

/** How a pattern is compared with a sample. */
public enum MatchMethod {
  /** The sample exists. */
  FOUND,
  BOOLEAN,
  INTEGER,
  IP,
  BINARY,
  LENGTH,
  STRING,
  SUBSTRING,
  SUBDIRECTORY,
  DOMAIN,
  END,
  BEGINNING,
  EXPRESSION
}
