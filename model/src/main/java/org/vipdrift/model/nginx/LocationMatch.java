package org.vipdrift.model.nginx;

/**
 * Which paths a location takes.
 *
 * @param text path, pattern, or name with its at sign
 */
public record LocationMatch(Kind kind, String text) {
  /** What stands before the text. */
  public enum Kind {
    /** {@code =}. */
    EXACT,
    /** Nothing: the longest wins, unless a pattern matches. */
    PREFIX,
    /** {@code ^~}: the longest wins, and patterns are not tried. */
    PREFIX_FIRST,
    /** {@code ~}. */
    REGEX,
    /** {@code ~*}. */
    REGEX_CASELESS,
    /** {@code @name}: only by internal redirects. */
    NAMED,
    /** Not a location: a server's own level. */
    SERVER,
    /** Not a location: the inside of an {@code if}. */
    CONDITION
  }
}
