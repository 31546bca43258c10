package org.vipdrift.model.nginx;

/** A name of a {@code server} block; the kinds are tried in this order. */
public sealed interface ServerName {
  /** A whole name, in lower case; it may be empty. */
  record Exact(String name) implements ServerName {}

  /**
   * {@code *.example.org} or {@code .example.org}: longest first.
   *
   * @param suffix with its leading dot
   * @param bare whether the name without anything before the suffix matches too
   */
  record Suffix(String suffix, boolean bare) implements ServerName {}

  /**
   * {@code www.*}: longest first.
   *
   * @param prefix with its trailing dot
   */
  record Prefix(String prefix) implements ServerName {}

  /** {@code ~regex}: in the order of the file. */
  record Regex(String pattern) implements ServerName {}
}
